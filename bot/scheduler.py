"""Prepares each digest when its period is over, exactly once, however many processes watch."""

import asyncio
import contextlib
from enum import Enum

import structlog

from bot.board.digest import gather, is_due, posts, viewer_for
from bot.config import Config
from bot.periods import Period, last_period
from bot.ports import Clock, Database
from bot.refs import ChannelRef
from bot.workers import Bell

LOOK_SECONDS = 30.0
"""How often it looks at the clock, which may be set or sleep in between."""

log = structlog.get_logger()


class Prepared(Enum):
    """What came of preparing a digest."""

    POSTED = "posted"
    SILENT = "silent"
    BEFORE = "before"


async def prepare(
    database: Database, config: Config, destination: ChannelRef, period: Period, clock: Clock
) -> Prepared:
    """Store a channel's digest and queue its posts, unless that was done before.

    The reading comes first and stops nobody; a crash repeats it, and one transaction does the rest.
    """
    async with database.reading() as store:
        digest = await gather(store, config, viewer_for(config, destination), period)
    now = clock.now()
    async with database.transaction() as store:
        row = await store.add_digest(digest, destination, now)
        if row is None:
            return Prepared.BEFORE
        await store.audit("prepared_digest", None, None, now, f"digest {row}")
        await store.enqueue(posts(digest, row, destination), now)
    return Prepared.SILENT if digest.is_silent else Prepared.POSTED


class Scheduler:
    """Watches the schedule. After a downtime it prepares the latest missed period, and no other."""

    def __init__(self, database: Database, config: Config, clock: Clock, bell: Bell) -> None:
        self._database = database
        self._config = config
        self._clock = clock
        self._bell = bell
        self._done: dict[ChannelRef, Period] = {}

    async def run(self, stopping: asyncio.Event) -> None:
        """Until `stopping`."""
        while not stopping.is_set():
            await self.look()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), LOOK_SECONDS)

    async def look(self) -> None:
        """Prepare what is due by now."""
        settings = self._config.digest
        if not settings.to:
            return
        period = last_period(settings.schedule, self._config.zone, self._clock.now())
        for destination in settings.to:
            if self._done.get(destination) != period:
                await self._prepare(destination, period)
                self._done[destination] = period

    async def _prepare(self, destination: ChannelRef, period: Period) -> None:
        async with self._database.reading() as store:
            due = await is_due(store, destination, period)
        if not due:
            return
        came = await prepare(self._database, self._config, destination, period, self._clock)
        log.info("digest_prepared", destination=str(destination), came=came.value)
        self._bell.ring()
