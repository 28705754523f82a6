"""Quackback: a board's CSV file, or the archive of a whole workspace, which has each vote.

https://github.com/QuackbackIO/quackback: domains/export/entities; quackback-docs: import-export.mdx
"""

from collections.abc import Iterator
from functools import partial
from typing import IO, BinaryIO, cast
from zipfile import ZipFile, is_zipfile

from bot.refs import AccountRef
from bot.transfer.boards import cleaning
from bot.transfer.boards.board import BoardIdea, BoardVote, Item, Post, Source, items
from bot.transfer.boards.canny import STATUSES
from bot.transfer.boards.documents import member_file
from bot.transfer.boards.sheets import Row, rows, sheet
from bot.transfer.problems import Problem

_NEEDED = ("title", "content", "status")


def read(file: BinaryIO, source: Source) -> Iterator[Item | Problem]:
    """Everything in a file of either form."""
    if not is_zipfile(file):
        yield from items(partial(sheet, file, _NEEDED, partial(_row, source)), source.realm)
        return
    with ZipFile(file) as archive:
        yield from items(partial(_posts, archive, source), source.realm)
        with member_file(archive, "post_votes.csv") as votes:
            for row in rows(votes, ("id", "post_id", "voter_email")):
                yield row if isinstance(row, Problem) else _vote(source, *row)


def _posts(archive: ZipFile, source: Source) -> Iterator[Post | Problem]:
    with member_file(archive, "posts.csv") as file:
        yield from sheet(_binary(file), ("id", *_NEEDED), partial(_without_count, source))


def _row(source: Source, line: int, row: Row) -> Post:
    created = row.get("created_at", "")
    known = row.get("id")
    words = (row.get("board", ""), *row.get("tags", "").split(","))
    idea = BoardIdea(
        line,
        cleaning.key(known) if known else cleaning.key(row["title"], created),
        cleaning.wording(row["title"], row["content"], source.area(*words)),
        source.status(row["status"] or "open", STATUSES),
        cleaning.moment(created),
    )
    return Post(idea, counted=cleaning.count(row.get("vote_count", "")))


def _without_count(source: Source, line: int, row: Row) -> Post:
    return _row(source, line, {**row, "vote_count": ""})


def _vote(source: Source, line: int, row: Row) -> Item | Problem:
    """By whoever has the address; each vote without one is somebody else's."""
    try:
        at = cleaning.moment(row.get("created_at", ""))
    except ValueError as error:
        return Problem(line, f"A vote {error}.")
    if not row["id"] or not row["post_id"]:
        return Problem(line, "A vote has no id, or is for no post.")
    email = row["voter_email"]
    user = cleaning.person(email) if email else cleaning.key(row["id"])
    return BoardVote(line, cleaning.key(row["post_id"]), AccountRef(source.realm, user), at=at)


def _binary(file: IO[bytes]) -> BinaryIO:
    return cast(BinaryIO, file)
