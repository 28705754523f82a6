"""The playground with a recording bot, hands to move its clock, and a browser."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, ClientSession, CookieJar

from adapters.playground.adapter import PlaygroundAdapter, open_playground
from adapters.playground.chat import Chat
from adapters.web import WebServer
from bot.config import Connection, playground_config
from bot.events import Event
from bot.messages import Action, Button, Field, Form, Message
from bot.ports import Menu, MenuItem, SendPost
from bot.refs import ChannelRef, MessageRef
from bot.results import Answer

NAME = "playground"
INBOX = ChannelRef(NAME, "product-inbox")
IDEAS = ChannelRef(NAME, "ideas")
MENU = Menu(
    (MenuItem("suggest", "[title]", "Suggest an idea"),),
    (MenuItem("turn_into_idea", "", "Turn into idea"),),
)
PATIENCE = 5.0
"""Seconds until a test that waits for something fails."""


class Hands:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return 1_000.0 + self.seconds


@dataclass
class RecordingBot:
    """A sink: what it heard, and what it answers."""

    heard: list[Event] = field(default_factory=list)
    answer: Answer | None = None
    before: Callable[[Event], Awaitable[None]] | None = None
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, event: Event) -> Answer | None:
        self.heard.append(event)
        self._more.set()
        if self.before:
            await self.before(event)
        return self.answer

    async def until(self, count: int) -> list[Event]:
        """What it heard, once that is so many events."""
        async with asyncio.timeout(PATIENCE):
            while len(self.heard) < count:
                self._more.clear()
                await self._more.wait()
        return self.heard

    @property
    def last(self) -> Any:  # noqa: ANN401 - tests know which event they caused
        return self.heard[-1]


@dataclass
class World:
    """Everything a test needs."""

    adapter: PlaygroundAdapter
    bot: RecordingBot
    hands: Hands
    browser: ClientSession
    url: str
    folder: Path

    @property
    def chat(self) -> Chat:
        return self.adapter._community.chat

    async def post(self, address: str, **body: object) -> tuple[int, dict[str, Any]]:
        """POST as the page does; Ana unless said otherwise."""
        headers = {"Origin": self.url}
        asked = {"person": "ana", **body}
        async with self.browser.post(f"/api/{address}", json=asked, headers=headers) as response:
            return response.status, await response.json()

    async def do(self, address: str, **body: object) -> dict[str, Any]:
        """POST something that must not be refused."""
        status, answer = await self.post(address, **body)
        assert status == 200, answer
        return answer

    async def state(self, person: str = "ana") -> dict[str, Any]:
        async with self.browser.get("/api/state", params={"person": person}) as response:
            assert response.status == 200
            found: dict[str, Any] = await response.json()
            return found

    async def say(self, text: str, **body: object) -> str:
        """Somebody's message; its id."""
        await self.do("message", **{"channel": "general", "thread": None, "text": text, **body})
        (row,) = await self.chat._all("SELECT max(id) AS last FROM messages")
        return f"{row['last']:06}"

    async def card(self, *actions: str, channel: ChannelRef = IDEAS) -> MessageRef:
        """A message of the bot with these buttons."""
        buttons = tuple(Button(action, Action.parse(action)) for action in actions)
        self.hands.seconds += 1
        nonce = f"card{self.hands.seconds}"
        sending = SendPost(channel, Message((("A card",),), buttons=buttons))
        posted = await self.adapter.send(sending, nonce)
        assert posted is not None
        return posted


def form(name: str = "suggest", **field: Any) -> Form:  # noqa: ANN401 - a field's own arguments
    return Form(Action(name), "Suggest an idea", (Field("title", "Title", **field),))


async def changes(response: ClientResponse, count: int) -> list[dict[str, Any]]:
    """The next events of a stream."""
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(PATIENCE):
        while len(found) < count:
            line = await response.content.readline()
            if line.startswith(b"data: "):
                found.append(json.loads(line.removeprefix(b"data: ")))
    return found


def settings(folder: Path) -> Connection:
    return playground_config(folder).connections[NAME]


@asynccontextmanager
async def opened(
    folder: Path, hands: Hands, *, sample: bool = False
) -> AsyncIterator[PlaygroundAdapter]:
    """The adapter alone."""
    adapter = await open_playground(
        NAME,
        settings(folder),
        folder,
        MENU,
        hands,
        (INBOX,),
        sample=sample,
        monotonic=hands.monotonic,
        retry_seconds=0.0,
    )
    try:
        yield adapter
    finally:
        await adapter.aclose()


@asynccontextmanager
async def running(adapter: PlaygroundAdapter, bot: RecordingBot) -> AsyncIterator[None]:
    """The adapter with the bot listening."""
    task = asyncio.create_task(adapter.run(bot))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def browsing(adapter: PlaygroundAdapter) -> AsyncIterator[tuple[ClientSession, str]]:
    """A browser that came in by the entrance."""
    server = WebServer(0, adapter.routes())
    await server.start()
    try:
        async with ClientSession(server.url, cookie_jar=CookieJar(unsafe=True)) as browser:
            async with browser.get(adapter.entrance, allow_redirects=False) as response:
                assert response.status == 303
            yield browser, server.url
    finally:
        await server.stop()
