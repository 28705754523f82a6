"""What the rows measure on: databases full of made-up ideas, made once a run, and events."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

from bench.filling import NAME, PEOPLE, fill
from bench.made_up import Language
from bot.cli.parts import SystemClock, build
from bot.config import Config, playground_config
from bot.dispatch import Dispatch
from bot.refs import AccountRef, ChannelRef
from storage.database import SqlDatabase, open_database


@dataclass(frozen=True, slots=True)
class Scale:
    """How large and how often. `few` ideas are what `many` are compared with."""

    many: int = 100_000
    few: int = 1_000
    rounds: int = 200
    votes: int = 1_000
    starts: int = 5


class Envelope(TypedDict):
    """What every human event carries."""

    key: str
    at: datetime
    account: AccountRef
    name: str
    channel: ChannelRef


@dataclass(slots=True)
class Shelf:
    """A database with ideas in it, and the bot's core over it."""

    file: Path
    config: Config
    database: SqlDatabase
    dispatch: Dispatch


@dataclass(slots=True)
class Lab:
    """Opens each database once; everything is gone when the run ends."""

    scale: Scale
    folder: Path
    closing: AsyncExitStack
    language: Language = field(default_factory=lambda: Language(voice=1))
    _shelves: dict[int, Shelf] = field(default_factory=dict)
    _keys: "count[int]" = field(default_factory=count)

    async def shelf(self, ideas: int) -> Shelf:
        """The database with so many ideas."""
        if ideas not in self._shelves:
            self._shelves[ideas] = await self._open(ideas)
        return self._shelves[ideas]

    async def _open(self, ideas: int) -> Shelf:
        folder = self.folder / str(ideas)
        folder.mkdir()
        config = playground_config(folder)
        url = config.storage.url.get_secret_value()
        await (await open_database(url)).close()
        file = folder / "soundingboard.sqlite"
        fill(file, ideas)
        database = await open_database(url)
        self.closing.push_async_callback(database.close)
        dispatch = build(config, database, {}, SystemClock()).dispatch
        return Shelf(file, config, database, dispatch)

    def envelope(self) -> Envelope:
        """A new event of the next of the people, in a listened channel."""
        number = next(self._keys)
        return {
            "key": f"event-{number}",
            "at": datetime.now(UTC),
            "account": AccountRef(NAME, f"p{number % PEOPLE}"),
            "name": f"Person {number % PEOPLE}",
            "channel": ChannelRef(NAME, "general"),
        }


@asynccontextmanager
async def lab(scale: Scale) -> AsyncIterator[Lab]:
    """A place to measure in, for one run."""
    with TemporaryDirectory(prefix="bench-") as folder:
        async with AsyncExitStack() as closing_stack:
            yield Lab(scale, Path(folder), closing_stack)
