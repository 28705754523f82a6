"""The queue as its operator sees it: ids, verbs and errors, never people's text."""

from datetime import datetime

from sqlalchemy import and_, func, literal, not_, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ports import Backlog, QueueLine
from storage.schema import queue

_WAITING = queue.c.done_at.is_(None)
_DEAD = queue.c.verdict == "dead"
# A direct message that was refused went to a thread instead, a private answer that came too late
# became a direct message: sent now, they would come twice.
_REPLACED = or_(
    and_(queue.c.kind == "direct", queue.c.thread.is_not(None)), queue.c.kind == "followup"
)


class Overview:
    """What waits, what died, and another chance for it. Each call is a transaction of its own."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._writer = writer
        self._reader = reader

    async def backlog(self) -> list[Backlog]:
        """Rows that wait and rows that died, by connection and kind (one statement)."""
        connection, kind = func.coalesce(queue.c.connection, ""), queue.c.kind
        counted = union_all(
            *(
                select(connection, kind, literal(dead), func.count(), func.min(queue.c.due_at))
                .where(which)
                .group_by(queue.c.connection, kind)
                for dead, which in ((False, _WAITING), (True, _DEAD))
            )
        )
        async with self._reader.connect() as reading:
            return [Backlog(*row) for row in await reading.execute(counted)]

    async def lines(self, *, dead: bool, limit: int) -> list[QueueLine]:
        """The first rows that wait, the next due first, or the last that died."""
        order = queue.c.id.desc() if dead else queue.c.due_at
        columns = (
            queue.c.id, queue.c.kind, queue.c.lane, queue.c.subject_kind, queue.c.subject_id,
            queue.c.due_at, queue.c.attempts, queue.c.error,
        )  # fmt: skip
        rows = select(*columns).where(_DEAD if dead else _WAITING).order_by(order).limit(limit)
        async with self._reader.connect() as reading:
            found = (await reading.execute(rows)).all()
        return [
            QueueLine(
                row.id,
                row.kind,
                row.lane,
                f"{row.subject_kind} {row.subject_id}" if row.subject_kind else "",
                row.due_at,
                row.attempts,
                row.error or "",
            )
            for row in found
        ]

    async def retry(self, row: int | None, now: datetime) -> int:
        """Let a dead row, or all of them, wait again as if new; how many there were.

        Its `merge_key` goes: an edit of the same posting may be waiting, and two do no harm.
        """
        again = update(queue).where(_DEAD, not_(_REPLACED)).values(
            done_at=None, verdict=None, error=None, attempts=0, first_try_at=None,
            leased_until=None, merge_key=None, due_at=now,
        )  # fmt: skip
        if row is not None:
            again = again.where(queue.c.id == row)
        async with self._writer.begin() as writing:
            return (await writing.execute(again)).rowcount
