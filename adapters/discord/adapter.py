"""Discord servers as one of the bot's connections: the `Adapter` port over discord.py."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import discord
import structlog

from adapters.discord.answers import Answers
from adapters.discord.calls import Refused, SlowDown, Unreachable
from adapters.discord.client import REFUSED, Login, build_client, run_client
from adapters.discord.commands import commands
from adapters.discord.community import Community
from adapters.discord.listener import ANSWER_SECONDS, Listener
from adapters.discord.needs import intents_of, needs
from adapters.discord.news import News
from adapters.discord.people import People
from adapters.discord.reading import Reading
from adapters.discord.registering import register
from adapters.discord.sending import Sender
from bot.config import Config
from bot.dispatch import Route, menu_of
from bot.errors import DeliveryError, NotConnected
from bot.events import ReadMessage
from bot.ports import Clock, Menu, Pace, Sending, Sink
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef

PACE = Pace(post_seconds=1.0, edits_per_minute=120, directs_per_minute=10)
"""Discord names no numbers, and discord.py keeps to what its answers say. Many direct messages to
people who never wrote get a bot quarantined, so these go slowly."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Running:
    community: Community
    people: People
    reading: Reading
    sender: Sender


class DiscordAdapter:
    """One login. An interaction is answered, or deferred, after `answer` seconds at the latest;
    `ready_seconds` is how long one more server is waited for."""

    def __init__(
        self,
        connection: str,
        config: Config,
        routes: Sequence[Route],
        clock: Clock,
        *,
        answer: float = ANSWER_SECONDS,
        ready_seconds: float = 2.0,
    ) -> None:
        self._connection = connection
        self._config = config
        self._settings = config.connections[connection]
        self._routes = routes
        self._clock = clock
        self._answer = answer
        self._ready_seconds = ready_seconds
        self._at: _Running | None = None

    @property
    def pace(self) -> Pace:
        """Discord's limits on us."""
        return PACE

    @property
    def is_connected(self) -> bool:
        """Whether its servers are known, and things can be sent."""
        return self._at is not None

    async def workspace(self) -> str:
        """The bot's own id; NotConnected when the token is refused."""
        if self._at is not None:
            return self._at.community.bot
        client = self._build()
        try:
            await client.login(self._token)
            return str(client.application_id)
        except discord.LoginFailure:
            raise NotConnected(REFUSED) from None
        finally:
            await client.close()

    async def run(self, sink: Sink) -> None:
        """Receive until cancelled; NotConnected when Discord does not let us any more."""
        client = self._build()
        running = self._start(client)
        menu = menu_of(self._routes)
        answers = Answers(client)
        at, people = running.community, running.people
        listener = Listener(at, people, answers, sink, self._routes, self._answer)
        news = News(at, people, running.sender.parked, sink, self._clock)
        news.attach()
        client.hear("interaction", listener.interaction)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(run_client(client, self._token))
                tasks.create_task(self._begin(running, menu))
                tasks.create_task(_watch(running.community))
        except* NotConnected as group:
            raise group.exceptions[0] from None
        finally:
            self._at = None

    async def send(
        self, sending: Sending, nonce: str, since: datetime | None = None
    ) -> MessageRef | None:
        """Deliver; what may have been sent before is recognised by its nonce."""
        return await self._connected.sender.send(sending, nonce, since)

    async def read_message(self, ref: MessageRef) -> ReadMessage | None:
        """A person's message as it is now, or None."""
        return await self._connected.reading.message(ref)

    async def read_thread(self, thread: ThreadRef) -> tuple[ReadMessage, ...] | None:
        """People's messages in a thread, oldest first, or None."""
        return await self._connected.reading.thread(thread)

    async def can_see(self, account: AccountRef, channel: ChannelRef) -> bool:
        """Whether an account may read a channel."""
        return await self._connected.people.may_see(account, channel)

    @property
    def _connected(self) -> _Running:
        if self._at is None:
            raise DeliveryError("not connected")
        return self._at

    @property
    def _token(self) -> str:
        token = self._settings.token
        return token.get_secret_value() if token else ""

    def _build(self) -> Login:
        intents = intents_of(needs(self._config, self._connection))
        return build_client(self._settings, intents, self._ready_seconds)

    def _start(self, client: Login) -> _Running:
        wanted = needs(self._config, self._connection)
        community = Community(self._connection, self._settings, wanted.team_channels, client)
        sender = Sender(community, Answers(client))
        return _Running(community, People(community), Reading(community), sender)

    async def _begin(self, running: _Running, menu: Menu) -> None:
        """Once the servers are known: their commands, and what waited may leave."""
        await running.community.client.ready()
        self._at = running
        try:
            await register(running.community, commands(menu))
        except (Refused, SlowDown, Unreachable) as error:
            log.warning("commands_not_written", error=str(error))


async def _watch(community: Community) -> None:
    await community.lost.wait()
    raise NotConnected(REFUSED)
