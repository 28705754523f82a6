"""A connection whose events go to the test instead of the bot."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

from adapters.discord.adapter import DiscordAdapter
from adapters.discord.listener import ANSWER_SECONDS
from bot.events import Event
from bot.ports import Sink
from bot.results import Answer
from handlers.routes import ROUTES
from tests.adapters.discord.company import Company

PATIENCE = 5.0
"""Seconds until a test that waits for an event fails."""
Kind = TypeVar("Kind", bound=Event)


@dataclass
class Heard:
    """A sink. It does not take the next `failures` events, as if the database were locked."""

    failures: int = 0
    refused: list[Event] = field(default_factory=list)
    taken: "asyncio.Queue[Event]" = field(default_factory=asyncio.Queue)

    async def __call__(self, event: Event) -> Answer | None:
        if self.failures:
            self.failures -= 1
            self.refused.append(event)
            raise OSError("database is locked")
        self.taken.put_nowait(event)
        return None

    async def next(self, kind: type[Kind]) -> Kind:
        """The next event of this kind; those of others are passed over."""
        async with asyncio.timeout(PATIENCE):
            while not isinstance(event := await self.taken.get(), kind):
                pass
        return event


@asynccontextmanager
async def listening(company: Company) -> AsyncIterator[Heard]:
    """The community's connection without the company's bot, which has stopped."""
    heard = Heard()
    async with instead(company, heard):
        yield heard


@asynccontextmanager
async def instead(
    company: Company, sink: Sink, answer: float = ANSWER_SECONDS
) -> AsyncIterator[DiscordAdapter]:
    """The community's connection, which another bot has taken over."""
    await company.stop()
    adapter = DiscordAdapter(
        "fans",
        company.config,
        ROUTES,
        company.clock,
        answer=answer,
        ready_seconds=0,
        again=(0.0,) * 3,
    )
    running = asyncio.create_task(adapter.run(sink))
    try:
        await company.server.connected()
        async with asyncio.timeout(PATIENCE):
            await adapter.current.wait()
        yield adapter
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
