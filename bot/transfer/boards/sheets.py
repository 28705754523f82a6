"""CSV files of other boards."""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from bot.transfer.boards.board import Post
from bot.transfer.cells import tables
from bot.transfer.problems import Problem, Unreadable

Row = dict[str, str]


def rows(
    file: Iterable[bytes], needed: tuple[str, ...], aliases: dict[str, str] | None = None
) -> Iterator[tuple[int, Row] | Problem]:
    """The rows by column in small letters, under our name for it where it has several."""
    checked = False
    try:
        for row in tables(file):
            if isinstance(row, Problem):
                yield row
                continue
            named = {_named(column, aliases or {}): cell for column, cell in row[1].items()}
            missing = [column for column in needed if column not in named]
            if missing and not checked:
                raise Unreadable(
                    f'This file has no column "{missing[0]}". Does it come from that board?'
                )
            checked = True
            yield row[0], named
    except Unreadable:
        raise
    except ValueError as error:
        raise Unreadable(str(error)) from None


def sheet(
    file: BinaryIO,
    needed: tuple[str, ...],
    read: Callable[[int, Row], Post | None],
    aliases: dict[str, str] | None = None,
) -> Iterator[Post | Problem]:
    """The posts of a file from its beginning; `read` raises ValueError for a bad row."""
    file.seek(0)
    for row in rows(file, needed, aliases):
        if isinstance(row, Problem):
            yield row
            continue
        try:
            post = read(*row)
        except ValueError as error:
            yield Problem(row[0], f"This post {error}.")
        else:
            if post:
                yield post


def _named(column: str, aliases: dict[str, str]) -> str:
    plain = column.strip().casefold().replace(" ", "_")
    return aliases.get(plain, plain)
