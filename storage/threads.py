"""Threads: how long they are, and which of them were offered to the moderators."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, select, update

from bot.refs import ThreadRef
from bot.summaries import Heard, Thread
from storage.part import Part
from storage.schema import threads

THREADS = select(
    threads.c.id, threads.c.ref, threads.c.messages, threads.c.last_at, threads.c.permalink
)


def to_thread(row: Row[Any]) -> Thread:
    """The thread in a row of `THREADS`."""
    return Thread(row.id, row.ref, row.messages, row.last_at, row.permalink)


class Threads(Part):
    """What has been heard of threads."""

    async def hear(self, heard: Sequence[Heard]) -> None:
        """Add replies to the threads they are in; one that is new has its opening, too."""
        new = self._insert(threads)
        later = new.excluded.last_at > threads.c.last_at
        adding = new.on_conflict_do_update(
            index_elements=["ref"],
            set_={
                "messages": threads.c.messages + new.excluded.messages - 1,
                "last_at": case((later, new.excluded.last_at), else_=threads.c.last_at),
            },
        )
        rows = [
            {
                "ref": one.thread,
                "connection": one.thread.connection,
                "messages": one.replies + 1,
                "last_at": one.last_at,
                "permalink": one.permalink,
            }
            for one in sorted(heard, key=lambda one: str(one.thread))
        ]
        if rows:
            await self._connection.execute(adding, rows)

    async def thread(self, thread: int) -> Thread | None:
        """A thread by its row."""
        row = await self._row(THREADS.where(threads.c.id == thread))
        return to_thread(row) if row else None

    async def thread_at(self, ref: ThreadRef) -> Thread | None:
        """A thread, if we have heard of it."""
        row = await self._row(THREADS.where(threads.c.ref == ref))
        return to_thread(row) if row else None

    async def offer_threads(
        self,
        connections: tuple[str, ...],
        least: int,
        quiet: tuple[datetime, datetime],
        at: datetime,
    ) -> list[Thread]:
        """Mark as offered, and return, the threads of these connections with `least` messages or
        more whose last one came between the two times. Each is returned once in its life."""
        due = (
            threads.c.offered_at.is_(None),
            threads.c.connection.in_(connections),
            threads.c.messages >= least,
            threads.c.last_at.between(*quiet),
        )
        offered = update(threads).where(*due).values(offered_at=at)
        rows = await self._rows(offered.returning(*THREADS.selected_columns))
        return sorted((to_thread(row) for row in rows), key=lambda thread: thread.id)
