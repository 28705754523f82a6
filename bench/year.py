"""A year of a busy board: ideas that came and were decided, and ten votes for each, by when."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bench.filling import PEOPLE

END = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
"""When the digest's week is over."""
VOTES_EACH = 10
_WEEKS = 52
_STATUSES = {"new": 60, "under_review": 10, "planned": 10, "shipped": 10, "declined": 10}
"""Of a hundred ideas."""


def live_through(file: Path, ideas: int) -> None:
    """Spread a filled database's ideas over a year, vote for them, and decide about some."""
    random = Random(1)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(
            "UPDATE ideas SET created_at = ?, status = ?, public_status = ?, votes = ?,"
            " job = CASE WHEN number % 3 = 0 THEN job ELSE '' END WHERE number = ?",
            _ideas(random, ideas),
        )
        connection.executemany(
            "INSERT INTO votes (idea, account, source, active, changed_at, heard_at)"
            " VALUES (?, ?, 'button', 1, ?, ?)",
            _votes(random, ideas),
        )
        connection.execute(
            "INSERT INTO decisions (idea, previous, status, reason, by, correction, at, told_at)"
            " SELECT number, 'new', status, CASE WHEN number % 2 THEN 'Because.' ELSE '' END, 1, 0,"
            " datetime(created_at, '+10 days') || '.000000', created_at FROM ideas"
            " WHERE status IN ('planned', 'shipped', 'declined')"
        )
        connection.execute("ANALYZE")


def _ideas(random: Random, ideas: int) -> Iterator[tuple[str, str, str, int, int]]:
    for number in range(1, ideas + 1):
        (status,) = random.choices([*_STATUSES], [*_STATUSES.values()])
        yield _moment(random), status, status, VOTES_EACH, number


def _votes(random: Random, ideas: int) -> Iterator[tuple[int, int, str, str]]:
    for number in range(1, ideas + 1):
        for person in random.sample(range(1, PEOPLE + 1), VOTES_EACH):
            moment = _moment(random)
            yield number, person, moment, moment


def _moment(random: Random) -> str:
    """A time in the year before the end, as SQLite keeps it."""
    back = timedelta(seconds=random.randrange(_WEEKS * 7 * 86_400))
    return (END - back).strftime("%Y-%m-%d %H:%M:%S.000000")
