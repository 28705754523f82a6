"""What is queued: outgoing things as rows, rows as work again. Refs and ids only."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, assert_never

from sqlalchemy import (
    ColumnElement,
    Insert,
    Row,
    Text,
    bindparam,
    case,
    cast,
    insert,
    literal,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.postings import Posting, PostingKind
from bot.refs import ChannelRef, Emoji, MessageRef
from bot.results import Direct, Edit, Followup, Job, Outgoing, Post, React, Subject
from storage.ideas import whole
from storage.part import Part, upsert_on
from storage.schema import UNTRIED, accounts, postings, queue
from storage.types import Moment, RowId

Work = Post | Posting | Direct | Followup | React | Job

# Rows inserted together have the same columns.
_SUBJECT = "subject_kind", "subject_id", "under_kind", "under_id"
_PLACE = "channel", "thread", "account", "message", "emoji", "handle", "length"
_EMPTY: dict[str, Any] = dict.fromkeys((*_SUBJECT, *_PLACE))


def to_row(work: Post | Direct | Followup | React | Job, at: datetime) -> dict[str, Any]:
    """The row of a new delivery or job."""
    due = at
    match work:
        case Post(channel, subject, thread, mention, under):
            row = _delivery("post", channel.connection, str(channel), _subject(subject))
            row |= {"channel": channel, "thread": thread, "account": mention}
            if under:
                row |= {"under_kind": under.kind, "under_id": under.id}
        case Direct(account, connection, subject, fallback):
            row = _delivery("direct", connection, f"dm:{account}", _subject(subject))
            row |= {"account": account, "thread": fallback}
        case Followup(handle, account, connection, subject):
            row = _delivery("followup", connection, f"to:{account}", _subject(subject))
            row |= {"account": account, "handle": handle}
        case React(message, channel, emoji):
            row = _delivery("react", channel.connection, str(channel), {})
            row |= {"channel": channel, "message": message, "emoji": emoji}
        case Job(kind, subject_id, delay, message, thread, account, handle, length):
            lane = f"job:{kind}:{subject_id or thread or message}"
            place = thread or message  # what it reads, on a connection that may be down
            budget = f"{place.connection}:job" if place else "job"
            row = {"kind": "job", "connection": None, "lane": lane, "budget": budget}
            row |= _subject(Subject(kind, subject_id))
            row |= {"message": message, "thread": thread, "account": account, "handle": handle}
            row |= {"length": length}
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
            under = Subject(row.under_kind, row.under_id) if row.under_kind else None
            return Post(row.channel, subject, row.thread, row.account, under)
        case "direct":
            subject = Subject(row.subject_kind, row.subject_id)
            return Direct(row.account, row.connection, subject, row.thread)
        case "followup":
            subject = Subject(row.subject_kind, row.subject_id)
            return Followup(row.handle, row.account, row.connection, subject)
        case "edit":
            kind = PostingKind(row.subject_kind)
            return Posting(row.subject_id, kind, row.message, row.channel)
        case "react":
            return React(row.message, row.channel, Emoji(row.emoji))
        case _:
            return Job(
                row.subject_kind,
                row.subject_id,
                message=row.message,
                thread=row.thread,
                account=row.account,
                handle=row.handle,
                length=row.length,
            )


def edits(connection: AsyncConnection, at: datetime, *which: ColumnElement[bool]) -> Insert:
    """Queue an edit of each of these postings, unless one waits that nobody has tried yet.

    One that is being sent may show what was true before: it does not count.
    """
    return _edits(connection.dialect.name, literal(at, Moment), *which)


@cache  # to build it takes longer than to run it
def _edits_of_subject(dialect: str, *, named: bool) -> Insert:
    """The same for the postings of a subject (`named`: an idea, and all merged into it), given
    `edited`, `kinds` and the time `now`."""
    subject = bindparam("edited", type_=RowId)
    its = postings.c.subject.in_(whole(subject)) if named else postings.c.subject == subject
    shown = postings.c.kind.in_(bindparam("kinds", expanding=True))
    return _edits(dialect, bindparam("now", type_=Moment), its, shown)


def _edits(dialect: str, now: ColumnElement[Any], *which: ColumnElement[bool]) -> Insert:
    reader = select(accounts.c.ref).where(accounts.c.id == postings.c.account)
    row: dict[str, ColumnElement[Any]] = {
        "kind": literal("edit"),
        "connection": postings.c.connection,
        "lane": cast(postings.c.channel, Text),
        "budget": postings.c.connection + ":edit",
        "subject_kind": cast(postings.c.kind, Text),
        "subject_id": postings.c.subject,
        "channel": postings.c.channel,
        "account": reader.scalar_subquery(),
        "message": postings.c.message,
        "merge_key": cast(postings.c.message, Text),
        "due_at": case((postings.c.quiet_until > now, postings.c.quiet_until), else_=now),
        "created_at": now,
    }
    queued = upsert_on(dialect, queue).from_select(list(row), select(*row.values()).where(*which))
    return queued.on_conflict_do_nothing(index_elements=["merge_key"], index_where=UNTRIED)


class Outgoings(Part):
    """The queue's filling side."""

    async def posted(self, channel: ChannelRef, subject: Subject) -> MessageRef | None:
        """Our latest post of a subject in a channel, for as long as its queue row is kept."""
        there = queue.c.kind == "post", queue.c.channel == channel, queue.c.posted.is_not(None)
        its = queue.c.subject_kind == subject.kind, queue.c.subject_id == subject.id
        latest = select(queue.c.posted).where(*there, *its).order_by(queue.c.id.desc()).limit(1)
        posted: MessageRef | None = await self._value(latest)
        return posted

    async def is_to_be_posted(self, subject: Subject) -> bool:
        """Whether a post of a subject is queued, and not sent yet."""
        its = queue.c.subject_kind == subject.kind, queue.c.subject_id == subject.id
        waiting = select(queue.c.id).where(queue.c.kind == "post", queue.c.done_at.is_(None), *its)
        return await self._any(waiting.limit(1))

    async def enqueue(self, outgoing: tuple[Outgoing, ...], at: datetime) -> None:
        """Queue what others will see (one statement, one more for each `Edit`). A pending edit of
        the same posting is kept, not stacked; it is due at most 6 times a minute."""
        new = [to_row(one, at) for one in outgoing if not isinstance(one, Edit)]
        if new:
            await self._connection.execute(insert(queue), new)
        for edit in outgoing:
            if isinstance(edit, Edit):
                again = _edits_of_subject(self._connection.dialect.name, named=edit.named)
                which = {"edited": edit.id, "kinds": edit.kinds, "now": at}
                await self._connection.execute(again, which)
