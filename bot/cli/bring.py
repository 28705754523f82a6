"""`soundingboard import FILE`: what was exported here, or from another board."""

import argparse
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.cli.parts import opened
from bot.cli.progress import Progress
from bot.config import Config
from bot.ideas import IdeaStatus
from bot.transfer.boards.board import Source
from bot.transfer.boards.boards import BOARDS
from bot.transfer.problems import Problem, Unreadable
from bot.transfer.records import records
from storage.database import SqlDatabase
from storage.transfer.boards import bring_board
from storage.transfer.counts import Counts
from storage.transfer.inward import bring

OURS = "soundingboard"
SOURCES = (OURS, *BOARDS)


async def import_file(config: Config, _folder: Path, options: argparse.Namespace) -> int:
    """Bring a file in. Exit code 1 when some of its rows could not be, 2 when none of it could."""
    try:
        source = None if options.source == OURS else _source(config, options)
        async with opened(config) as database:
            counts = await _brought(database, options.file, source)
    except Unreadable as problem:
        return _refused(str(problem))
    except OSError as error:
        return _refused(f"{options.file} cannot be read: {error.strerror}.")
    print(_summary(counts))
    return 1 if counts.problems else 0


async def _brought(database: SqlDatabase, file: Path, source: Source | None) -> Counts:
    progress = Progress("Importing:")
    hear = partial(_hear, progress)
    try:
        with file.open("rb") as opened_file:
            if source is None:
                return await bring(database, records(opened_file), hear)
            items = BOARDS[source.name](opened_file, source)
            return await bring_board(database, items, source, datetime.now(UTC), hear)
    finally:
        progress.clear()


def _hear(progress: Progress, counts: Counts, problems: list[Problem]) -> None:
    if problems:
        progress.clear()
    for problem in problems:
        print(f"Line {problem.line:,}: {problem.text}", file=sys.stderr)
    progress.at(counts.rows)


def _summary(counts: Counts) -> str:
    said = [f"Brought in {counts.new:,} row{'' if counts.new == 1 else 's'}."]
    if counts.same:
        said.append(f"{counts.same:,} were here already.")
    if counts.problems:
        said.append(f"{counts.problems:,} could not be brought in, see above; the rest is here.")
    if counts.untold:
        lines = ", ".join(f"{line:,}" for line in counts.untold[:10])
        more = " and more" if len(counts.untold) > 10 else ""
        said.append(
            f"Nobody had been told yet of the decisions in line {lines}{more}, and nobody will be: "
            "answer those ideas again."
        )
    return " ".join(said)


def _refused(why: str) -> int:
    print(f"soundingboard: {why}", file=sys.stderr)
    return 2


def _source(config: Config, options: argparse.Namespace) -> Source:
    """What is to be known about the other board."""
    known = list(config.connections)
    name = options.connection or next(iter(known), "")
    if name not in known:
        raise Unreadable(
            f"There is no connection {name!r}. Choose one with --connection: {', '.join(known)}."
        )
    statuses = dict(options.status or ())
    return Source(options.source, name, config.capture.areas, statuses)


def status(text: str) -> tuple[str, IdeaStatus]:
    """`In Beta=in_progress`: what a status of another board means here."""
    theirs, _, ours = text.rpartition("=")
    if not theirs.strip() or ours not in list(IdeaStatus):
        known = ", ".join(one for one in IdeaStatus if one is not IdeaStatus.WITHDRAWN)
        raise argparse.ArgumentTypeError(f'write it as "In Beta=in_progress"; we know {known}.')
    return theirs, IdeaStatus(ours)
