"""The real bot with its playground, which kills itself: `python -m tests.crash.child`.

Only the seams that `build` takes are wrapped: the database, the adapter and the clock.
"""

import argparse
import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from adapters.playground.adapter import open_playground
from adapters.web import WebServer
from bot.cli.parts import build, opened
from bot.config import playground_config
from bot.dispatch import menu_of
from bot.ports import Adapter, Database, Sending
from bot.refs import MessageRef
from bot.store import Store
from handlers.routes import ROUTES


@dataclass(frozen=True)
class Ahead:
    """The machine's clock, some seconds ahead."""

    seconds: float

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.seconds)


@dataclass(frozen=True)
class Trap:
    """Kills the process the first time it comes to a point with something named `what` in hand."""

    point: str
    what: str

    def at(self, point: str, hand: Collection[str]) -> None:
        if point == self.point and self.what in hand:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Through:
    """Hands everything on to what it wraps."""

    inner: Any
    trap: Trap

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever is there
        return getattr(self.inner, name)


@dataclass
class WatchedStore(Through):
    """Knows what it was asked for."""

    calls: set[str] = field(default_factory=set)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever is there
        self.calls.add(name)
        return super().__getattr__(name)


class WatchedDatabase(Through):
    """Comes to a point before and after each commit, with the names of the calls in it."""

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Store]:
        async with self.inner.transaction() as inner:
            store = WatchedStore(inner, self.trap)
            yield cast(Store, store)
            self.trap.at("before commit", store.calls)
        self.trap.at("after commit", store.calls)


@dataclass
class WatchedAdapter(Through):
    """Comes to a point before and after each delivery, with the name of its kind: `SendPost`, and
    `SendPost 2` for the second of them in this process."""

    sends: Counter[str] = field(default_factory=Counter)

    async def send(
        self, sending: Sending, nonce: str, since: datetime | None = None
    ) -> MessageRef | None:
        kind = type(sending).__name__
        self.sends[kind] += 1
        names = {kind, f"{kind} {self.sends[kind]}"}
        self.trap.at("before delivery", names)
        sent: MessageRef | None = await self.inner.send(sending, nonce, since)
        self.trap.at("after delivery", names)
        return sent


async def run(folder: Path, clock: Ahead, trap: Trap) -> None:
    """The bot in this folder, until SIGTERM or the trap."""
    config = playground_config(folder)
    settings = config.connections["playground"]
    menu, inboxes = menu_of(ROUTES), config.product.inboxes
    adapter = await open_playground(
        "playground", settings, folder, menu, clock, inboxes, sample=False
    )
    server = WebServer(0, adapter.routes())
    async with opened(config) as database:
        watched = cast(Database, WatchedDatabase(database, trap))
        adapters = {"playground": cast(Adapter, WatchedAdapter(adapter, trap))}
        bot = build(config, watched, adapters, clock)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, bot.app.stop)
        await server.start()
        print(server.url + adapter.entrance, flush=True)  # noqa: T201 - the test waits for it
        await bot.run()
        await server.stop()
    await adapter.aclose()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--ahead", type=float, default=0.0)
    parser.add_argument("--kill", nargs=2, default=("", ""), metavar=("POINT", "WHAT"))
    options = parser.parse_args()
    asyncio.run(run(Path.cwd(), Ahead(options.ahead), Trap(*options.kill)))
