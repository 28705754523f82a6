"""The playground with the whole bot, real SQLite files, a browser's requests and a moving clock.

What the queue holds is delivered and worked off here, one row at a time, in simulated time: the
platform's pace and the minutes that decisions and drafts wait are kept, but nobody waits for them.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientResponse, ClientSession, CookieJar

from adapters.playground.adapter import PlaygroundAdapter, open_playground
from adapters.playground.chat import Chat
from adapters.playground.render import Json, actions
from adapters.playground.rows import BOT, ChatMessage
from adapters.web import WebServer
from bench.clock import MovingClock
from bench.passing import Passing
from bot.cli.parts import Bot, build, opened
from bot.config import Config, playground_config
from bot.dispatch import menu_of
from bot.events import Event
from bot.ports import Database
from bot.results import Answer
from handlers.routes import ROUTES

NAME = "playground"
BOARD, INBOX = "ideas", "product-inbox"


class Refusal(Exception):
    """The playground did not let somebody do something; the text is what it said."""


@dataclass(slots=True)
class Playground:
    """A running community. `deed_seconds` is the time that passes before each thing people do."""

    config: Config
    adapter: PlaygroundAdapter
    bot: Bot
    database: Database
    clock: MovingClock
    browser: ClientSession
    url: str
    deed_seconds: float = 1.0
    events: int = 0

    @property
    def chat(self) -> Chat:
        """What stands in the channels."""
        return self.adapter.community.chat

    async def receive(self, event: Event) -> Answer | None:
        """The sink: counts, and hands on."""
        self.events += 1
        return await self.bot.dispatch(event)

    async def do(self, deed: str, person: str, **body: object) -> Json:
        """What the page would ask for, and the answer; Refusal when there is none."""
        self.clock.move(self.deed_seconds)
        origin = {"Origin": self.url}
        asked = {"person": person, **body}
        async with self.browser.post(f"/api/{deed}", json=asked, headers=origin) as response:
            answer: Json = await response.json()
        if answer["kind"] == "error":
            raise Refusal(answer["text"])
        return answer

    async def say(self, person: str, channel: str, text: str, thread: str | None = None) -> str:
        """Somebody's message; its id."""
        answer = await self.do("message", person, channel=channel, thread=thread, text=text)
        return str(answer["message"])

    async def react(self, person: str, message: str, emoji: str) -> None:
        """Somebody's reaction."""
        await self.do("react", person, message=message, emoji=emoji, added=True)

    async def button(self, message: str, beginning: str) -> str:
        """The action of a button on a message, by how it begins; Refusal when there is none."""
        found = await self.chat.message(message)
        pressed = action({"content": found.content}, beginning) if found else None
        if pressed is None:
            raise Refusal(f"there is no button {beginning}")
        return pressed

    @asynccontextmanager
    async def page(self, person: str) -> AsyncIterator[AsyncIterator[Json]]:
        """An open page of somebody's, with the private notices that come later, in order."""
        async with self.browser.get("/api/state", params={"person": person}) as response:
            after = str((await response.json())["seq"])
        query = {"person": person, "after": after}
        async with self.browser.get("/api/stream", params=query) as stream:
            yield _notices(stream)

    async def heard(self) -> None:
        """Until the bot was told of everything that was written."""
        while True:
            changed = self.chat.changed
            if all(event.repeat for event in await self.chat.undelivered()):
                return
            await changed.wait()

    async def pass_time(self, seconds: float) -> None:
        """Everything due within so many seconds is delivered and done at its time."""
        await self.heard()
        await Passing(self.bot, self.database, self.clock).pass_time(seconds)

    async def look(self) -> None:
        """What the bot does by itself every half a minute: long threads, and the schedule."""
        await self.bot.threads.flush()
        await self.bot.threads.offer()
        await self.bot.scheduler.look()

    async def cards(self, channel: str) -> list[ChatMessage]:
        """The bot's own cards of a channel, oldest first."""
        history = await self.chat.history((channel,), 100_000)
        return [each for each in history if each.author == BOT and each.root is None]


@asynccontextmanager
async def playground(folder: Path) -> AsyncIterator[Playground]:
    """A new community in a folder, listening until the block ends."""
    config, clock = playground_config(folder), MovingClock()
    settings = config.connections[NAME]
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(opened(config))
        adapter = await open_playground(
            NAME,
            settings,
            folder,
            menu_of(ROUTES),
            clock,
            config.product.inboxes,
            sample=False,
            monotonic=clock.monotonic,
        )
        stack.push_async_callback(adapter.aclose)
        server = WebServer(0, adapter.routes())
        await server.start()
        stack.push_async_callback(server.stop)
        jar = CookieJar(unsafe=True)  # an address of bare numbers gets its cookie back
        browser = await stack.enter_async_context(ClientSession(server.url, cookie_jar=jar))
        await (await browser.get(adapter.entrance)).release()
        bot = build(config, database, {NAME: adapter}, clock)
        await database.bind(NAME, await adapter.workspace())
        running = Playground(config, adapter, bot, database, clock, browser, server.url)
        task = asyncio.create_task(adapter.run(running.receive))
        stack.push_async_callback(_ended, task)
        yield running


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _notices(stream: ClientResponse) -> AsyncIterator[Json]:
    async for line in stream.content:
        event = json.loads(line.removeprefix(b"data: ")) if line.startswith(b"data: ") else {}
        if "notice" in event:
            yield event["notice"]


def action(shown: Json, beginning: str) -> str | None:
    """The first button of what was shown whose action begins so."""
    found = actions(shown["content"]) if "content" in shown else ()
    return next((each for each in sorted(found) if each.startswith(beginning)), None)
