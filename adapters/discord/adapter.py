"""Discord servers as one of the bot's connections: the `Adapter` port over discord.py."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from adapters.discord.again import AGAIN_SECONDS, until_taken
from adapters.discord.answers import Answers
from adapters.discord.calls import NO_TOKEN, Refused, SlowDown, Unreachable
from adapters.discord.catching_up import CatchUp
from adapters.discord.client import REFUSED, Login, build_client, run_client
from adapters.discord.commands import commands
from adapters.discord.community import Community
from adapters.discord.examine import examine
from adapters.discord.listener import ANSWER_SECONDS, Listener
from adapters.discord.needs import intents_of, needs
from adapters.discord.news import News
from adapters.discord.people import People
from adapters.discord.reading import Reading
from adapters.discord.registering import register
from adapters.discord.sending import Sender
from adapters.discord.sessions import Sessions
from bot.config import Config
from bot.dispatch import Route, menu_of
from bot.errors import NotConnected
from bot.events import ReadMessage
from bot.findings import Verdict
from bot.ports import Clock, Pace, Sending, Sink
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
    answers: Answers
    sender: Sender


class DiscordAdapter:
    """One login. An interaction is answered, or deferred, after `answer` seconds at the latest;
    `ready_seconds` is how long one more server is waited for; what the bot does not take it is told
    again after each of the pauses `again`."""

    def __init__(
        self,
        connection: str,
        config: Config,
        routes: Sequence[Route],
        clock: Clock,
        *,
        answer: float = ANSWER_SECONDS,
        ready_seconds: float = 2.0,
        again: Sequence[float] = AGAIN_SECONDS,
    ) -> None:
        self._connection = connection
        self._config = config
        self._settings = config.connections[connection]
        self._routes = routes
        self._clock = clock
        self._answer = answer
        self._ready_seconds = ready_seconds
        self._again = again
        self._at: _Running | None = None
        self._sessions = Sessions(clock)

    @property
    def current(self) -> asyncio.Event:
        """Set while nothing is left to look up, of what happened when we were not told."""
        return self._sessions.current

    @property
    def pace(self) -> Pace:
        """Discord's limits on us."""
        return PACE

    async def workspace(self) -> str:
        """The bot's own id; NotConnected when the token is refused."""
        if self._at is not None:
            return self._at.community.bot
        client = self._build()
        try:
            return await self._enter(client)
        finally:
            await client.close()

    async def run(self, sink: Sink) -> None:
        """Receive until cancelled; NotConnected when Discord does not let us any more."""
        client = self._build()
        try:
            await self._enter(client)
            await self._run(client, sink)
        finally:
            await client.close()

    async def _enter(self, client: Login) -> str:
        """Use the token and look around, as `soundingboard check` does; the bot's own id. What is
        wrong is found before IDENTIFY, of which a day has not many."""
        found = await examine(client, self._config, self._connection)
        for finding in found.findings:
            if finding.verdict is not Verdict.RIGHT:
                log.warning("to_look_at", part=finding.part, text=finding.text)
        if found.refused or found.identity is None:
            raise NotConnected(found.refused or "Discord did not say who we are")
        return found.identity.bot_user

    async def _run(self, client: Login, sink: Sink) -> None:
        running = self._start(client)
        at, people = running.community, running.people
        answers, sender = running.answers, running.sender
        listener = Listener(at, people, answers, sender.shown, sink, self._routes, self._answer)
        voting = self._config.voting.emoji
        news = News(at, people, sender.parked, voting, sink, self._clock, self._again)
        news.attach()
        listener.attach()
        client.hear("guild_join", partial(self._joined, running))
        client.hear("guild_available", partial(self._came, running))
        self._sessions.attach(client)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(run_client(client, self._token))
                tasks.create_task(self._follow(running, sink, tasks))
                tasks.create_task(_watch(running.community))
        except* NotConnected as group:
            raise group.exceptions[0] from None
        finally:
            self._at = None
            self._sessions.ended()

    async def send(
        self, sending: Sending, nonce: str, since: datetime | None = None
    ) -> MessageRef | None:
        """Deliver; what may have been sent before is recognised by its nonce."""
        return await self._connected.sender.send(sending, nonce, since)

    async def read_message(self, ref: MessageRef) -> ReadMessage | None:
        """A person's message as it is now, or None."""
        with _token_in_use(self._connected) as at:
            return await at.reading.message(ref)

    async def read_thread(self, thread: ThreadRef) -> tuple[ReadMessage, ...] | None:
        """People's messages in a thread, oldest first, or None."""
        with _token_in_use(self._connected) as at:
            return await at.reading.thread(thread)

    async def can_see(self, account: AccountRef, place: ChannelRef | ThreadRef) -> bool:
        """Whether an account may read a channel, or a thread in it."""
        with _token_in_use(self._connected) as at:
            return await at.people.may_see(account, place)

    async def _came(self, running: _Running, _guild: object) -> None:
        """A server that was away tells nothing of before; what refused us may take us now."""
        running.sender.parked.free()
        self._sessions.look_again()

    async def _joined(self, running: _Running, guild: object) -> None:
        """A server that the bot is added to gets its commands, too."""
        await self._came(running, guild)
        await self._offer(running.community)

    async def _offer(self, at: Community) -> None:
        wanted = commands(menu_of(self._routes))
        try:
            await until_taken(lambda: register(at, wanted), self._again)
        except (Refused, SlowDown, Unreachable) as error:
            log.warning("commands_not_written", error=str(error))

    @property
    def _connected(self) -> _Running:
        if self._at is None:
            raise NotConnected("not connected")
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
        answers = Answers(client)
        sender = Sender(community, answers)
        return _Running(community, People(community), Reading(community), answers, sender)

    async def _follow(self, running: _Running, sink: Sink, tasks: asyncio.TaskGroup) -> None:
        """Once the servers are known: what waited may leave, commands are written, and what was
        missed is looked up; that again in every later session."""
        at = running.community
        catch_up = CatchUp(at, running.people, self._config, sink, self._clock, self._again)
        since = await self._sessions.next()
        self._at = running
        tasks.create_task(self._offer(at))
        while True:
            await catch_up.run(since)
            since = await self._sessions.next()


@contextmanager
def _token_in_use(running: _Running) -> Iterator[_Running]:
    """NotConnected when Discord does not take our token any more, which ends the connection."""
    try:
        yield running
    except Refused as refused:
        if refused.status != NO_TOKEN:
            raise
        running.community.lost.set()
        raise NotConnected(REFUSED) from None


async def _watch(community: Community) -> None:
    await community.lost.wait()
    raise NotConnected(REFUSED)
