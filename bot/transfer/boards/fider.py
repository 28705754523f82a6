"""Fider: the CSV file of its posts, or its backup, which knows who voted.

https://github.com/getfider/fider: app/pkg/csv, app/pkg/backup, app/models/enum/post_status.go
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO
from zipfile import ZipFile, is_zipfile

from bot.ideas import IdeaStatus
from bot.refs import AccountRef
from bot.transfer.boards import cleaning
from bot.transfer.boards.board import BoardIdea, BoardVote, Item, Post, Source, items
from bot.transfer.boards.documents import member_file, objects
from bot.transfer.boards.sheets import sheet
from bot.transfer.problems import Problem

_STATUSES = {
    "open": IdeaStatus.NEW,
    "started": IdeaStatus.IN_PROGRESS,
    "completed": IdeaStatus.SHIPPED,
    "declined": IdeaStatus.DECLINED,
    "planned": IdeaStatus.PLANNED,
    "duplicate": IdeaStatus.NEW,
}
_NUMBERED = ("open", "started", "completed", "declined", "planned", "duplicate", "deleted")
"""A backup has the status as a number."""


def read(file: BinaryIO, source: Source) -> Iterator[Item | Problem]:
    """Everything in a file of either form."""
    if is_zipfile(file):
        with ZipFile(file) as backup:
            yield from items(partial(_backup_posts, backup, source), source.realm)
            yield from _backup_votes(backup, source)
    else:
        posts = partial(sheet, file, ("number", "title", "status"), partial(_row, source))
        yield from items(posts, source.realm)


def _row(source: Source, line: int, row: dict[str, str]) -> Post | None:
    return _post(source, line, row, row.get("original_number", ""), _counted(row))


def _counted(row: dict[str, str]) -> int:
    return cleaning.count(row.get("votes_count") or row.get("total_votes") or "")


def _post(source: Source, line: int, row: dict[str, str], into: str, counted: int) -> Post | None:
    """A deleted post is none."""
    if row["status"] == "deleted":
        return None
    status = source.status(row["status"], _STATUSES)
    if row.get("is_approved") == "False":
        status = IdeaStatus.HELD
    tags = row.get("tags", "").split(",")
    idea = BoardIdea(
        line,
        cleaning.key(row["number"]),
        cleaning.wording(row["title"], row.get("description", ""), source.area(*tags)),
        status,
        cleaning.moment(row.get("created_at", "")),
        answer=cleaning.reply(row.get("response", "")),
        answered_at=cleaning.moment(row.get("responded_at", "")),
    )
    return Post(idea, counted=counted, into=into and cleaning.key(into))


def _table(backup: ZipFile, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table as text; Fider writes a title of digits as a number."""
    with member_file(backup, f"{name}.json") as file:
        for place, row in objects(file):
            yield place, {key: "" if value is None else str(value) for key, value in row.items()}


def _numbers(backup: ZipFile) -> dict[str, str]:
    """Posts point at each other by id and are known by number."""
    return {row.get("id", ""): row.get("number", "") for _, row in _table(backup, "posts")}


def _backup_posts(backup: ZipFile, source: Source) -> Iterator[Post | Problem]:
    numbers = _numbers(backup)
    for place, row in _table(backup, "posts"):
        status = row.get("status", "")
        named = _NUMBERED[int(status)] if status in map(str, range(7)) else status
        row |= {"status": named, "responded_at": row.get("response_date", "")}
        original = row.get("original_id", "")
        try:
            post = _post(source, place, row, numbers.get(original, original), 0)
        except (KeyError, ValueError) as error:
            yield Problem(place, f"Post {row.get('number', '')} {_what(error)}.")
        else:
            if post:
                yield post


def _backup_votes(backup: ZipFile, source: Source) -> Iterator[Item | Problem]:
    numbers = _numbers(backup)
    names = {row.get("id", ""): row.get("name", "") for _, row in _table(backup, "users")}
    for place, row in _table(backup, "post_votes"):
        user = row.get("user_id", "")
        post = numbers.get(row.get("post_id", ""), "")
        try:
            at = cleaning.moment(row.get("created_at", ""))
        except ValueError as error:
            yield Problem(place, f"A vote {error}.")
            continue
        if not user or not post:
            yield Problem(place, "A vote is for no post in this backup, or by nobody.")
            continue
        voter = AccountRef(source.realm, user)
        yield BoardVote(place, cleaning.key(post), voter, names.get(user, ""), at)


def _what(error: Any) -> str:  # noqa: ANN401 - two kinds of errors
    return f"has no {error.args[0]}" if isinstance(error, KeyError) else str(error)
