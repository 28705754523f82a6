"""Ideas are found by the words of today's `words_in`: what earlier versions stored in another way
(Chinese, Japanese and Thai as whole sentences, "don't" as two words) is stored again."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.ideas import Wording
from storage.search import SEARCH_TABLES

revision = "0006"
down_revision = "0005"

_AT_ONCE = 1_000
_SAID = ("title", "body", "job", "obstacle", "area")
_IDEAS = sa.table("ideas", *map(sa.column, ("number", *_SAID)))


def upgrade() -> None:
    search = SEARCH_TABLES[op.get_bind().dialect.name]
    for statement in search.drop(sa.select(_IDEAS.c.number)):
        op.execute(statement)
    last = 0
    while rows := _after(last):
        words = [search.row(row.number, _wording(row)) for row in rows]
        op.get_bind().execute(search.put, words)
        last = rows[-1].number


def _wording(row: sa.Row[Any]) -> Wording:
    return Wording(row.title, row.body, row.job, row.obstacle, row.area)


def _after(number: int) -> Sequence[sa.Row[Any]]:
    some = sa.select(_IDEAS).where(_IDEAS.c.number > number).order_by(_IDEAS.c.number)
    return op.get_bind().execute(some.limit(_AT_ONCE)).all()
