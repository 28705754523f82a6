"""The whole bot over its adapters, as a test has it: real but for the passing of time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from typing import Self

from aiohttp import ClientSession

from adapters.slack.client import open_session
from bench.passing import Movable, Passing
from bot.cli.parts import Bot, build, opened
from bot.config import Config
from bot.errors import NotConnected
from bot.ports import Adapter, Database


@dataclass(frozen=True)
class RunningBot:
    """From `start` to `stop`; what it has queued stays. Slack's calls share the `session`."""

    bot: Bot
    database: Database
    session: ClientSession
    clock: Movable
    tasks: Mapping[str, "asyncio.Task[None]"]
    _stack: AsyncExitStack

    @classmethod
    async def start(
        cls,
        config: Config,
        clock: Movable,
        adapters: Callable[[ClientSession], Mapping[str, Adapter]],
    ) -> Self:
        """Each adapter in a task of its own, by connection; they may not be connected yet."""
        async with AsyncExitStack() as stack:
            database = await stack.enter_async_context(opened(config))
            session = await stack.enter_async_context(open_session())
            made = adapters(session)
            bot = build(config, database, made, clock)
            tasks = {}
            for name, adapter in made.items():
                await database.bind(name, await adapter.workspace())
                tasks[name] = asyncio.create_task(adapter.run(bot.dispatch))
                stack.push_async_callback(_ended, tasks[name])
            return cls(bot, database, session, clock, tasks, stack.pop_all())

    async def stop(self) -> None:
        """The adapters end first."""
        await self._stack.aclose()

    async def pass_time(self, seconds: float, settled: Callable[[], Awaitable[None]]) -> None:
        """What was said is heard (`settled`), and what is due within so many seconds happens at its
        time."""
        passing = Passing(self.bot, self.database, self.clock)
        await settled()
        await passing.pass_time(seconds)
        await settled()
        await passing.pass_time(0)


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError, NotConnected):
        await task
