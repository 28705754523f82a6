"""The loop that empties the queue, for deliveries and for jobs alike."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.ports import Clock, Queue, QueueRow

LEASE_SECONDS = 60.0
"""How long a row belongs to the worker that took it; a crashed one's comes back after that."""
IDLE_SECONDS = 5.0
"""How often an idle worker looks for rows that another process queued."""
_SHORTEST_PAUSE = 0.01


@dataclass(frozen=True, slots=True)
class Held:
    """Lanes and budgets that must wait now, and when the first of them is free again."""

    names: frozenset[str]
    until: datetime | None


FREE = Held(frozenset(), None)


class Bell:
    """Wakes every worker that waits on it."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    @property
    def next(self) -> asyncio.Event:
        """Set when it rings. Take it before you look for work, so that no ring is missed."""
        return self._next

    def ring(self) -> None:
        """There may be something to do."""
        self._next.set()
        self._next = asyncio.Event()


async def work(
    queue: Queue,
    clock: Clock,
    bell: Bell,
    stopping: asyncio.Event,
    handle: Callable[[QueueRow], Awaitable[None]],
    *,
    jobs: bool,
    held: Callable[[], Held] = lambda: FREE,
) -> None:
    """Take rows and handle them, one at a time, until `stopping`; the row in hand is finished."""
    while not stopping.is_set():
        rung = bell.next
        waiting = held()
        row = await queue.take(jobs=jobs, held=waiting.names, now=clock.now(), lease=LEASE_SECONDS)
        if row:
            await handle(row)
            bell.ring()
            continue
        due = await queue.next_due(jobs=jobs, held=waiting.names)
        soonest = min((at for at in (due, waiting.until) if at), default=None)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(rung.wait(), _seconds(soonest, clock.now()))


def _seconds(until: datetime | None, now: datetime) -> float:
    if until is None:
        return IDLE_SECONDS
    return min(max((until - now).total_seconds(), _SHORTEST_PAUSE), IDLE_SECONDS)
