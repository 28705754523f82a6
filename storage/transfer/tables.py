"""Which table holds which kind of record, and how a row reads as one."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Row, Select, Table, select

from bot.postings import IDEA_CARDS
from bot.transfer.fields import words
from bot.transfer.kinds import KINDS, Kind, Values
from storage import schema

_ELSEWHERE = {("posting", "shows"): "kind", ("posting", "idea"): "subject"}
TABLES: dict[str, Table] = {
    "member": schema.members,
    "account": schema.accounts,
    "mute": schema.mutes,
    "block": schema.blocks,
    "optout": schema.optouts,
    "idea": schema.ideas,
    "merge": schema.merges,
    "vote": schema.votes,
    "follow": schema.follows,
    "mark": schema.marks,
    "escalation": schema.escalations,
    "decision": schema.decisions,
    "told": schema.told,
    "question": schema.questions,
    "posting": schema.postings,
    "audit": schema.audit,
}


def column(kind: Kind, field: str) -> Column[Any]:
    """The column a field is kept in."""
    return TABLES[kind.name].c[_ELSEWHERE.get((kind.name, field), field)]


def _query(kind: Kind) -> Select[Any]:
    order = [column(kind, field) for field in kind.identity]
    shown = [column(kind, field.name).label(field.name) for field in kind.fields]
    query = select(*shown).order_by(*order)
    if kind.name == "posting":  # and none of a summary, which is no record
        return query.where(schema.postings.c.kind.in_(IDEA_CARDS))
    return query


QUERIES = {kind.name: _query(kind) for kind in KINDS}
"""Every record of a kind, in its order."""


def to_values(kind: Kind, row: Row[Any]) -> dict[str, Any]:
    """The values in a row of its query; optional words are there or not, never empty."""
    values = dict(row._mapping)
    for field in kind.fields:
        if field.optional and field.read is words:
            values[field.name] = values[field.name] or None
    return values


def to_row(kind: Kind, values: Values) -> Mapping[str, object]:
    """The row to insert, by column."""
    return {column(kind, field).name: value for field, value in values.items()}
