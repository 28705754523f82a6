"""What a platform told us a while ago, by id."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
READ_SECONDS = 10.0
"""How long a reading may take before it is given up, to be begun again."""
MOST = 10_000
"""Things kept; the one remembered first goes first."""


class Memory(Generic[Thing]):
    """Each thing is kept for `seconds`."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self._seconds = seconds
        self._monotonic = monotonic
        self._kept: dict[str, tuple[Thing, float]] = {}
        self._reading: dict[str, asyncio.Task[Thing]] = {}

    async def of(self, name: str, read: Callable[[], Awaitable[Thing]]) -> Thing:
        """What is remembered, else what is read now: once, however many wait for it, and to the end
        even when nobody waits any more."""
        if name in self:
            return self._kept[name][0]
        if name not in self._reading:
            self._reading[name] = task = asyncio.create_task(self._read(name, read))
            task.add_done_callback(_told)
        return await asyncio.shield(self._reading[name])

    async def _read(self, name: str, read: Callable[[], Awaitable[Thing]]) -> Thing:
        task = asyncio.current_task()
        try:
            async with asyncio.timeout(READ_SECONDS):
                thing = await read()
            if self._reading.get(name) is task:  # it was not dropped meanwhile
                self.keep(name, thing)
            return thing
        finally:
            if self._reading.get(name) is task:
                del self._reading[name]

    def keep(self, name: str, thing: Thing) -> None:
        """Remember it from now on."""
        self._kept.pop(name, None)
        self._kept[name] = thing, self._monotonic() + self._seconds
        if len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]

    def get(self, name: str) -> Thing | None:
        """What is remembered."""
        return self._kept[name][0] if name in self else None

    def drop(self, name: str) -> None:
        """Forget it, and what is being read of it."""
        self._kept.pop(name, None)
        self._reading.pop(name, None)

    def __contains__(self, name: str) -> bool:
        return name in self._kept and self._kept[name][1] > self._monotonic()


def _told(task: asyncio.Task[Thing]) -> None:
    """Whoever waited was told what went wrong; perhaps nobody did."""
    if not task.cancelled():
        task.exception()
