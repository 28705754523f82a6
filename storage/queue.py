"""The queue's delivering side. Each call is a transaction of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    Update,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import QueueRow
from bot.postings import DIGESTS, KINDS, SHOWN, SUMMARIES, Posting
from bot.refs import AccountRef, ChannelRef, MessageRef
from bot.results import Direct, Followup, Post, Subject
from storage.checkpoint import checkpoint
from storage.outgoing import edits, to_row, to_work
from storage.overview import Overview
from storage.part import upsert
from storage.schema import (
    UNTRIED,
    accounts,
    answers,
    codes,
    digests,
    drafts,
    ideas,
    inbox,
    postings,
    queue,
    summaries,
    wrong_codes,
)
from storage.types import Moment

BETWEEN_EDITS = timedelta(seconds=10)
"""At most six a minute for each posting."""
AT_ONCE = 500
"""Rows removed in one transaction."""
_ERROR_LIMIT = 500

_one = queue.alias("one")
_earlier = queue.alias("earlier")
# The first row of each lane that was tried and is not done: nothing behind it may go.
_tried = (
    select(queue.c.lane, func.min(queue.c.id).label("first"))
    .where(queue.c.done_at.is_(None), queue.c.attempts > 0)
    .group_by(queue.c.lane)
    .subquery()
)


class SqlQueue(Overview):
    """The port `Queue`."""

    async def take(
        self, *, jobs: bool, held: frozenset[str], now: datetime, lease: float
    ) -> QueueRow | None:
        """Lease the next due row for `lease` seconds, first in its lane, whose lane and budget are
        not in `held`; jobs, or all the rest. A row whose lease has ended is taken again."""
        # A repeat that the platform recognises shows what the first attempt did.
        shown = func.coalesce(queue.c.version, _version(queue.c.subject_kind, queue.c.subject_id))
        leased = (
            update(queue)
            .where(queue.c.id == _next(jobs, held, now).scalar_subquery())
            .values(
                attempts=queue.c.attempts + 1,
                first_try_at=func.coalesce(queue.c.first_try_at, literal(now, Moment)),
                leased_until=now + timedelta(seconds=lease),
                version=shown,
            )
        )
        async with self._writer.begin() as connection:
            row = (await connection.execute(leased.returning(queue))).first()
        if row is None:
            return None
        return QueueRow(row.id, to_work(row), row.lane, row.budget, row.attempts, row.first_try_at)

    async def next_due(self, *, jobs: bool, held: frozenset[str]) -> datetime | None:
        """When the next row that is not `held` is due, or its lease ends."""
        ready = case(
            (_one.c.leased_until > _one.c.due_at, _one.c.leased_until), else_=_one.c.due_at
        )
        waits = or_(_tried.c.first.is_(None), _tried.c.first >= _one.c.id)
        rows = _one.outerjoin(_tried, _tried.c.lane == _one.c.lane)
        soonest = select(func.min(ready)).select_from(rows).where(_open(jobs, held), waits)
        async with self._reader.connect() as connection:
            due: datetime | None = await connection.scalar(soonest)
        return due

    async def sent(self, row: QueueRow, message: MessageRef | None, now: datetime) -> None:
        """Done. A card or a summary that was sent becomes a posting, to be kept up to date."""
        async with self._writer.begin() as connection:
            done = _done(row, "sent", now).values(posted=message).returning(queue.c.version)
            first = (await connection.execute(done)).first()
            match row.work:
                case Posting() if first:
                    await _edited(connection, row.work, now)
                case Post(channel, subject) if first and message and subject.kind in KINDS:
                    shown = _Shown(subject, message, channel)
                    await _posted(connection, shown, first.version, now)
                case Direct(account, name, subject) if first and message and subject.kind in KINDS:
                    shown = _Shown(subject, message, ChannelRef(name, message.container), account)
                    await _posted(connection, shown, first.version, now)

    async def dropped(self, row: QueueRow, now: datetime) -> None:
        """Done without sending: there was nothing left to say."""
        async with self._writer.begin() as connection:
            await connection.execute(_ours(_done(row, "dropped", now), row))

    async def later(self, row: QueueRow, error: str, due: datetime) -> None:
        """Try again at `due`; what follows in its lane waits."""
        again = update(queue).where(queue.c.id == row.id, queue.c.done_at.is_(None))
        retry = again.values(due_at=due, leased_until=None, error=error[:_ERROR_LIMIT])
        async with self._writer.begin() as connection:
            await connection.execute(_ours(retry, row))

    async def dead(self, row: QueueRow, error: str, now: datetime) -> None:
        """Leave the lane, keep the error. A `Direct` with a fallback becomes a `Post` there, a
        `Followup` a `Direct`."""
        buried = _ours(_done(row, "dead", now), row).values(error=error[:_ERROR_LIMIT])
        async with self._writer.begin() as connection:
            left = (await connection.execute(buried)).rowcount
            instead = _instead(row)
            if left and instead:
                await connection.execute(insert(queue).values(to_row(instead, now)))

    async def counts(self) -> dict[str, int]:
        """Rows by verdict, and those `waiting`."""
        verdict = func.coalesce(queue.c.verdict, "waiting")
        async with self._reader.connect() as connection:
            rows = await connection.execute(select(verdict, func.count()).group_by(verdict))
            return dict.fromkeys(("waiting", "sent", "dropped", "dead"), 0) | dict(rows.all())

    async def prune(self, now: datetime) -> None:
        """Forget codes after a day, event keys, drafts and a model's answers after 7, done rows
        after 30, 500 at a time; and make what was erased illegible on disk."""
        for table, since, days in (
            (inbox, inbox.c.at, 7),
            (drafts, drafts.c.at, 7),
            (answers, answers.c.at, 7),
            (codes, codes.c.at, 1),
            (wrong_codes, wrong_codes.c.at, 1),
            (queue, queue.c.done_at, 30),
        ):
            while await self._forget(table, since < now - timedelta(days=days)) == AT_ONCE:
                pass
        await checkpoint(self._writer)

    async def _forget(self, table: Table, old: ColumnElement[bool]) -> int:
        (key,) = table.primary_key
        some = select(key).where(old).limit(AT_ONCE)
        async with self._writer.begin() as connection:
            return (await connection.execute(delete(table).where(key.in_(some)))).rowcount


def _open(jobs: bool, held: frozenset[str]) -> ColumnElement[bool]:
    return and_(
        _one.c.done_at.is_(None),
        _one.c.kind == "job" if jobs else _one.c.kind != "job",
        _one.c.lane.not_in(held),
        _one.c.budget.not_in(held),
    )


def _next(jobs: bool, held: frozenset[str], now: datetime) -> Select[Any]:
    """The row to take; on PostgreSQL locked, and past those that others are taking."""
    free = or_(_one.c.leased_until.is_(None), _one.c.leased_until <= now)
    behind = exists().where(
        _earlier.c.lane == _one.c.lane,
        _earlier.c.id < _one.c.id,
        _earlier.c.done_at.is_(None),
        or_(_earlier.c.due_at <= now, _earlier.c.attempts > 0),
    )
    due = select(_one.c.id).where(_open(jobs, held), _one.c.due_at <= now, free, not_(behind))
    ordered = due.order_by(_one.c.due_at, _one.c.id).limit(1)
    return ordered.with_for_update(of=_one, skip_locked=True)


def _done(row: QueueRow, verdict: str, now: datetime) -> Update:
    undone = update(queue).where(queue.c.id == row.id, queue.c.done_at.is_(None))
    return undone.values(done_at=now, verdict=verdict, leased_until=None, handle=None)


def _instead(row: QueueRow) -> Post | Direct | None:
    """Another way to say what could not be delivered."""
    match row.work:
        case Direct(account, _, subject, fallback) if fallback:
            channel = ChannelRef(fallback.connection, fallback.channel)
            return Post(channel, subject, fallback, account)
        case Followup(_, account, connection, subject):
            return Direct(account, connection, subject)
        case _:
            return None


def _version(kind: ColumnElement[Any], subject: ColumnElement[Any]) -> ColumnElement[Any]:
    """How often an idea, a summary or a digest has changed what its postings show."""
    summary = select(summaries.c.version).where(summaries.c.id == subject)
    idea = select(ideas.c.version).where(ideas.c.number == subject)
    digest = select(digests.c.version).where(digests.c.id == subject)
    is_summary, is_digest = (
        kind.in_([SHOWN[each] for each in kinds]) for kinds in (SUMMARIES, DIGESTS)
    )
    return case(
        (is_summary, summary.scalar_subquery()),
        (is_digest, digest.scalar_subquery()),
        else_=idea.scalar_subquery(),
    )


def _ours(change: Update, row: QueueRow) -> Update:
    """Only while nobody else has taken the row since, after our lease ended."""
    return change.where(queue.c.attempts == row.attempts)


async def _edited(connection: AsyncConnection, posting: Posting, now: datetime) -> None:
    """Leave the posting alone for a while: later edits, and one queued meanwhile."""
    quiet = now + BETWEEN_EDITS
    shown = update(postings).where(postings.c.message == posting.message)
    await connection.execute(shown.values(quiet_until=quiet))
    next_edit = and_(queue.c.merge_key == str(posting.message), UNTRIED, queue.c.due_at < quiet)
    await connection.execute(update(queue).where(next_edit).values(due_at=quiet))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What was just sent of a subject, and to whom alone."""

    subject: Subject
    message: MessageRef
    channel: ChannelRef
    account: AccountRef | None = None


async def _posted(
    connection: AsyncConnection, shown: _Shown, version: int | None, now: datetime
) -> None:
    """Remember the posting; render it again if its subject has changed since it was leased."""
    reader = select(accounts.c.id).where(accounts.c.ref == shown.account).scalar_subquery()
    posting = upsert(connection, postings).values(
        subject=shown.subject.id,
        account=reader if shown.account else None,
        kind=KINDS[shown.subject.kind],
        message=shown.message,
        channel=shown.channel,
        connection=shown.channel.connection,
        quiet_until=now,
    )
    await connection.execute(posting.on_conflict_do_nothing())
    changed = _version(literal(shown.subject.kind), literal(shown.subject.id)) > version
    await connection.execute(edits(connection, now, postings.c.message == shown.message, changed))
