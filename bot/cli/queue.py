"""`soundingboard queue`: what waits to be delivered or done, and what was given up."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.cli import table
from bot.cli.parts import opened
from bot.config import Config
from bot.ports import QueueLine
from storage.database import SqlDatabase

MOST = 100
"""Rows shown at once."""
_HEADING = "row", "kind", "lane", "subject", "due", "attempts", "error"


async def queue(config: Config, _folder: Path, options: argparse.Namespace) -> int:
    """Print the rows, or let dead ones wait again; exit code 1 when there are none to retry."""
    async with opened(config) as database:
        if options.retry is not None:
            return await _retry(database, options.retry)
        lines = await database.queue.lines(dead=options.dead, limit=MOST)
        backlog = await database.queue.backlog()
    if lines:
        table.show([_HEADING, *(_cells(line, config) for line in lines)])
    if len(lines) == MOST:
        print(f"... these are {'the latest' if options.dead else 'the next'} {MOST}")
    dead = sum(part.rows for part in backlog if part.dead)
    print(f"{sum(part.rows for part in backlog) - dead} waiting, {dead} dead")
    return 0


async def _retry(database: SqlDatabase, which: str) -> int:
    row = None if which == "all" else int(which)
    again = await database.queue.retry(row, datetime.now(UTC))
    if not again:
        what = "no dead row" if row is None else f"no dead row {row}"
        print(f"There is {what} that can be tried again.", file=sys.stderr)
        return 1
    print("1 row waits again." if again == 1 else f"{again} rows wait again.")
    return 0


def _cells(line: QueueLine, config: Config) -> tuple[str, ...]:
    due = line.due.astimezone(config.zone).strftime("%Y-%m-%d %H:%M:%S")
    return (
        str(line.id), line.kind, line.lane, line.subject, due, str(line.attempts), line.error
    )  # fmt: skip
