"""The loop that empties the queue, for deliveries and for jobs alike."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from bot.ports import Clock, Queue, QueueRow

LEASE_SECONDS = 60.0
"""How long a row belongs to the worker that took it; a crashed one's comes back after that."""
IDLE_SECONDS = 5.0
"""How often an idle worker looks for rows that another process queued."""


class Bell:
    """Wakes every worker that waits on it."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """There may be something to do."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Until it rings, at most so long."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)


async def work(
    queue: Queue,
    clock: Clock,
    bell: Bell,
    stopping: asyncio.Event,
    handle: Callable[[QueueRow], Awaitable[None]],
    *,
    jobs: bool,
    held: Callable[[], frozenset[str]] = frozenset,
) -> None:
    """Take rows and handle them, one at a time, until `stopping`; the row in hand is finished."""
    while not stopping.is_set():
        row = await queue.take(jobs=jobs, held=held(), now=clock.now(), lease=LEASE_SECONDS)
        if row:
            await handle(row)
            bell.ring()
            continue
        await bell.wait(await _pause(queue, clock, jobs=jobs))


async def _pause(queue: Queue, clock: Clock, *, jobs: bool) -> float:
    due = await queue.next_due(jobs=jobs)
    if due is None:
        return IDLE_SECONDS
    return min(max((due - clock.now()).total_seconds(), 0.05), IDLE_SECONDS)
