"""What is queued: outgoing things as rows, rows as work again. Refs and ids only."""

from datetime import datetime, timedelta
from typing import Any, assert_never

from sqlalchemy import ColumnElement, Insert, Row, Text, case, cast, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ideas import Posting, PostingKind
from bot.refs import Emoji, IdeaNumber
from bot.results import Direct, Edit, Job, Outgoing, Post, React, Subject
from storage.part import Part, upsert
from storage.schema import UNTRIED, postings, queue
from storage.types import Moment

Work = Post | Posting | Direct | React | Job

# Rows inserted together have the same columns.
_EMPTY: dict[str, Any] = dict.fromkeys(
    ("subject_kind", "subject_id", "channel", "thread", "account", "message", "emoji")
)


def to_row(work: Post | Direct | React | Job, at: datetime) -> dict[str, Any]:
    """The row of a new delivery or job."""
    due = at
    match work:
        case Post(channel, subject, thread, mention):
            row = _delivery("post", channel.connection, str(channel), _subject(subject))
            row |= {"channel": channel, "thread": thread, "account": mention}
        case Direct(account, connection, subject, fallback):
            row = _delivery("direct", connection, f"dm:{account}", _subject(subject))
            row |= {"account": account, "thread": fallback}
        case React(message, channel, emoji):
            row = _delivery("react", channel.connection, str(channel), {})
            row |= {"channel": channel, "message": message, "emoji": emoji}
        case Job(kind, subject_id, delay, message):
            lane = f"job:{kind}:{subject_id}"
            row = {"kind": "job", "connection": None, "lane": lane, "budget": "job"}
            row |= _subject(Subject(kind, subject_id)) | {"message": message}
            due = at + timedelta(seconds=delay)
        case _:
            assert_never(work)
    return _EMPTY | row | {"due_at": due, "created_at": at}


def _delivery(kind: str, connection: str, lane: str, subject: dict[str, Any]) -> dict[str, Any]:
    budget = f"{connection}:{kind}"
    return {"kind": kind, "connection": connection, "lane": lane, "budget": budget} | subject


def _subject(subject: Subject) -> dict[str, Any]:
    return {"subject_kind": subject.kind, "subject_id": subject.id}


def to_work(row: Row[Any]) -> Work:
    """What a row stands for."""
    match row.kind:
        case "post":
            subject = Subject(row.subject_kind, row.subject_id)
            return Post(row.channel, subject, row.thread, row.account)
        case "direct":
            subject = Subject(row.subject_kind, row.subject_id)
            return Direct(row.account, row.connection, subject, row.thread)
        case "edit":
            kind = PostingKind(row.subject_kind)
            return Posting(IdeaNumber(row.subject_id), kind, row.message, row.channel)
        case "react":
            return React(row.message, row.channel, Emoji(row.emoji))
        case _:
            return Job(row.subject_kind, row.subject_id, message=row.message)


def edits(connection: AsyncConnection, at: datetime, *which: ColumnElement[bool]) -> Insert:
    """Queue an edit of each of these postings, unless one waits that nobody has tried yet.

    One that is being sent may show what was true before: it does not count.
    """
    now = literal(at, Moment)
    row: dict[str, ColumnElement[Any]] = {
        "kind": literal("edit"),
        "connection": postings.c.connection,
        "lane": cast(postings.c.channel, Text),
        "budget": postings.c.connection + ":edit",
        "subject_kind": cast(postings.c.kind, Text),
        "subject_id": postings.c.idea,
        "channel": postings.c.channel,
        "message": postings.c.message,
        "merge_key": cast(postings.c.message, Text),
        "due_at": case((postings.c.quiet_until > now, postings.c.quiet_until), else_=now),
        "created_at": now,
    }
    queued = upsert(connection, queue).from_select(list(row), select(*row.values()).where(*which))
    return queued.on_conflict_do_nothing(index_elements=["merge_key"], index_where=UNTRIED)


class Outgoings(Part):
    """The queue's filling side."""

    async def enqueue(self, outgoing: tuple[Outgoing, ...], at: datetime) -> None:
        """Queue what others will see (one statement, one more for each `Edit`). A pending edit of
        the same posting is kept, not stacked; it is due at most 6 times a minute."""
        new = [to_row(one, at) for one in outgoing if not isinstance(one, Edit)]
        if new:
            await self._connection.execute(insert(queue), new)
        for edit in outgoing:
            if isinstance(edit, Edit):
                shown = postings.c.idea == edit.idea, postings.c.kind.in_(edit.kinds)
                await self._run(edits(self._connection, at, *shown))
