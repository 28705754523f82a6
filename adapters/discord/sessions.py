"""The gateway's sessions: what a login was not told, and when that can be looked up.

A session that is resumed tells what was missed. Another one, and a server that was not available,
tell nothing of before (docs.discord.com/developers/events/gateway#resuming).
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.ports import Clock

UNNOTICED = timedelta(minutes=2)
"""How long a dead connection may look alive: two heartbeats, and some."""
_EVER = datetime.min.replace(tzinfo=UTC)
"""When a gap began of which that is not known."""


class Hears(Protocol):
    """A client, as far as its events go."""

    def hear(self, name: str, handler: Callable[..., Awaitable[None]]) -> None:
        """Call `handler` for an event of discord.py's."""
        ...


class Sessions:
    """Those of one connection, whatever client it has; `current` is set while nothing is left to
    look up."""

    def __init__(self, clock: Clock) -> None:
        self.current = asyncio.Event()
        self._clock = clock
        self._known = asyncio.Event()
        self._whole = False
        self._looking: datetime | None = None
        """When the gap began that is looked up now."""
        self._lost: datetime | None = _EVER
        """Since when nothing is told; it may still be."""
        self._since: datetime | None = None
        """Since when something was not told that never will be."""

    def attach(self, client: Hears) -> None:
        """Hear from now on."""
        client.hear("connect", self._begun)
        client.hear("ready", self._complete)
        client.hear("disconnect", self._disconnected)
        client.hear("resumed", self._resumed)

    async def next(self) -> datetime | None:
        """Return once there is something to look up and the servers are known: since when, as far
        as that is known. What the last one was about is looked up now."""
        self._looking = None
        self._settle()
        await self._known.wait()
        self._known.clear()
        self._looking, self._since = self._since or _EVER, None
        return None if self._looking == _EVER else self._looking

    def look_again(self) -> None:
        """A server is there of which nothing was told."""
        if self._whole:
            self.current.clear()
            self._known.set()

    def ended(self) -> None:
        """The client is gone, its session with it, and the look that it was at."""
        self._whole = False
        self._known.clear()
        lost = self._lost or self._clock.now() - UNNOTICED
        self._lost = min(lost, self._looking or lost)
        self.current.clear()

    async def _begun(self) -> None:
        self._whole = False
        self._since = min((at for at in (self._since, self._lost) if at), default=None)
        self._lost = None
        self.current.clear()

    async def _complete(self) -> None:
        self._whole = True
        self._known.set()

    async def _disconnected(self) -> None:
        self._lost = self._lost or self._clock.now() - UNNOTICED
        self.current.clear()

    async def _resumed(self) -> None:
        self._lost = None
        self._settle()

    def _settle(self) -> None:
        told = self._whole and self._lost is None
        if told and not self._looking and not self._known.is_set():
            self.current.set()
