"""The adapter alone, connected to one workspace of our Slack: what it hears is kept, what it is to
send is given to it."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest

from adapters.slack.adapter import SlackAdapter
from adapters.slack.client import open_session
from adapters.slack.manifest import manifest
from bot.config import parse
from bot.dispatch import menu_of
from bot.events import Event
from bot.messages import Message
from bot.ports import SendDirect, Sending, SendPost
from bot.refs import AccountRef, ChannelRef, MessageRef
from bot.results import Answer
from handlers.routes import ROUTES
from tests.adapters.slack.company import SlackClock
from tests.slack import model
from tests.slack.failures import Failure
from tests.slack.manifests import declared
from tests.slack.person import Person
from tests.slack.server import SlackServer
from tests.slack.watching import PATIENCE
from tests.slack.workspace import Workspace

HOME = "community"
NONCE = "sb1"
HELLO = Message((("Hello there",),))
Heard = TypeVar("Heard")
unheard = pytest.mark.parametrize("failure", [Failure.HANG, Failure.DROP])
"""Slack does what it is asked, and its answer is lost."""


@dataclass
class Office:
    """Ana and Mo are members of #general, where the adapter listens."""

    server: SlackServer
    workspace: Workspace
    ana: Person
    mo: Person
    general: model.Channel
    heard: list[Event] = field(default_factory=list)
    _adapter: SlackAdapter | None = None
    _task: "asyncio.Task[None] | None" = None
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)

    @classmethod
    def on(cls, server: SlackServer) -> "Office":
        """A workspace of its own, whose bot is not connected yet."""
        workspace = server.add_workspace("Customers")
        ana, mo = workspace.add_user("Ana"), workspace.add_user("Mo")
        return cls(server, workspace, ana, mo, workspace.add_channel("general", [ana, mo]))

    @property
    def adapter(self) -> SlackAdapter:
        assert self._adapter
        return self._adapter

    @property
    def clock(self) -> SlackClock:
        return SlackClock(self.server.clock)

    async def connect(self, more: str = "", rest: str = "") -> None:
        """The bot begins. `more` are keys of the connection, `rest` is the end of the
        configuration."""
        text = f"""
            [connections.{HOME}]
            platform = "slack"
            bot_token = "$BOT"
            app_token = "$APP"
            api_url = "{self.server.api_url}"
            listen = ["{self.general.id}"]
            {more}
            {rest}
            """
        at = self.workspace
        config = parse(text, {"BOT": at.bot_token, "APP": at.app_token}, Path("/nowhere"))
        declared(at.team.app, manifest(config, HOME, menu_of(ROUTES)))
        stack = self._running = AsyncExitStack()
        session = await stack.enter_async_context(open_session())
        self._adapter = SlackAdapter(HOME, config, session, self.clock)
        self._task = asyncio.create_task(self._adapter.run(self._hear))
        stack.push_async_callback(_ended, self._task)
        await at.connected(2)

    async def ends(self) -> None:
        """Wait for the bot to end by itself, and raise why."""
        assert self._task
        async with asyncio.timeout(PATIENCE):
            await asyncio.shield(self._task)

    async def leave(self) -> None:
        """The bot ends."""
        await self._running.aclose()

    async def _hear(self, event: Event) -> Answer | None:
        self.heard.append(event)
        return None

    def of(self, kind: type[Heard]) -> list[Heard]:
        """What was heard of this kind."""
        return [event for event in self.heard if isinstance(event, kind)]

    def said(self) -> list[str]:
        """All that the bot wrote in #general, threads too."""
        messages = self.general.room.messages.values()
        return [one.text for one in messages if one.app_id]

    def ref(self, message: model.Message) -> MessageRef:
        """A message as the bot names it."""
        return MessageRef(HOME, message.channel, message.ts)

    def channel(self, channel: model.Channel | None = None) -> ChannelRef:
        """A channel, #general unless it is another, as the bot names it."""
        return ChannelRef(HOME, (channel or self.general).id)

    def account(self, person: Person) -> AccountRef:
        """Somebody as the bot names them."""
        return AccountRef(f"slack:{self.workspace.id}", person.id)

    def post(self, message: Message = HELLO, thread: MessageRef | None = None) -> SendPost:
        """A message to #general."""
        return SendPost(self.channel(), message, thread)

    def direct(self, person: Person, message: Message = HELLO) -> SendDirect:
        """A message to somebody alone."""
        return SendDirect(self.account(person), message)

    async def send(self, sending: Sending, since: datetime | None = None) -> MessageRef | None:
        """Deliver, always as the same row."""
        return await self.adapter.send(sending, NONCE, since)

    async def send_unheard(self, sending: Sending, method: str, failure: Failure) -> datetime:
        """An attempt at which a method fails so that nobody knows what it did; when it was."""
        began = self.clock.now()
        calls = len(self.workspace.called(method))
        self.server.fail_next(method, failure)
        attempt = asyncio.create_task(self.send(sending))
        await self.workspace.until(lambda: len(self.workspace.called(method)) > calls)
        if failure is Failure.HANG:
            attempt.cancel()
        results = await asyncio.gather(attempt, return_exceptions=True)
        assert isinstance(results[0], BaseException), "it went well"
        return began


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.wait([task])
