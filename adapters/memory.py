"""What a platform told us a while ago, by id."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

Thing = TypeVar("Thing")
MOST = 10_000
"""Things kept; the one remembered first goes first."""


class Memory(Generic[Thing]):
    """Each thing is kept for `seconds`."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self._seconds = seconds
        self._monotonic = monotonic
        self._kept: dict[str, tuple[Thing, float]] = {}
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def of(self, name: str, read: Callable[[], Awaitable[Thing]]) -> Thing:
        """What is remembered, else what is read now: once, however many wait for it."""
        if name in self:
            return self._kept[name][0]
        lock = self._asking.setdefault(name, asyncio.Lock())
        async with lock:
            if name in self:
                return self._kept[name][0]
            thing = await read()
            if self._asking.get(name) is lock:  # it was not dropped meanwhile
                self.keep(name, thing)
            return thing

    def keep(self, name: str, thing: Thing) -> None:
        """Remember it from now on."""
        self._kept.pop(name, None)
        self._kept[name] = thing, self._monotonic() + self._seconds
        if len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]

    def drop(self, name: str) -> None:
        """Forget it, and what is being read of it."""
        self._kept.pop(name, None)
        self._asking.pop(name, None)

    def __contains__(self, name: str) -> bool:
        return name in self._kept and self._kept[name][1] > self._monotonic()
