"""Canny: the CSV file of its posts. Its columns are known from hearsay: see docs/import.md."""

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from bot.ideas import IdeaStatus
from bot.transfer.boards import cleaning
from bot.transfer.boards.board import BoardIdea, Item, Post, Source, items
from bot.transfer.boards.sheets import Row, sheet
from bot.transfer.problems import Problem

STATUSES = {
    "open": IdeaStatus.NEW,
    "under review": IdeaStatus.UNDER_REVIEW,
    "planned": IdeaStatus.PLANNED,
    "in progress": IdeaStatus.IN_PROGRESS,
    "complete": IdeaStatus.SHIPPED,
    "closed": IdeaStatus.DECLINED,
}
_ALIASES = {
    "post_id": "id",
    "post_title": "title",
    "description": "details",
    "post_details": "details",
    "vote_count": "votes",
    "score": "votes",
    "created_at": "created",
    "created_date": "created",
    "date": "created",
}


def read(file: BinaryIO, source: Source) -> Iterator[Item | Problem]:
    """Everything in a file."""
    posts = partial(sheet, file, ("title", "status"), partial(_row, source), _ALIASES)
    return items(posts, source.realm)


def _row(source: Source, line: int, row: Row) -> Post:
    created = row.get("created", "")
    known = row.get("id") or row.get("url")
    words = (row.get("category", ""), row.get("board", ""), *row.get("tags", "").split(","))
    idea = BoardIdea(
        line,
        cleaning.key(known) if known else cleaning.key(row["title"], created),
        cleaning.wording(row["title"], row.get("details", ""), source.area(*words)),
        source.status(row["status"] or "open", STATUSES),
        cleaning.moment(created),
    )
    return Post(idea, counted=cleaning.count(row.get("votes", "")))
