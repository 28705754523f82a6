"""The playground as one of the bot's connections: the `Adapter` port over the embedded chat."""

import asyncio
import time
from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe

from aiohttp import web

from adapters.playground import rules, seed
from adapters.playground.api import Api
from adapters.playground.chat import Chat
from adapters.playground.community import Community
from adapters.playground.deliveries import Deliveries
from adapters.playground.digests import Digests
from adapters.playground.interactions import Interactions
from adapters.playground.pages import Pages
from adapters.playground.render import REALM
from adapters.playground.rows import Channel
from adapters.playground.sample import TOPICS
from adapters.playground.sending import Sender
from bot.config import Connection
from bot.events import ReadMessage
from bot.people import Role
from bot.ports import Archive, Clock, Menu, Pace, SendFollowup, Sending, Sink
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef


class PlaygroundAdapter:
    """One embedded community. `retry_seconds`: the first wait before a failed event comes again."""

    def __init__(
        self,
        connection: str,
        settings: Connection,
        chat: Chat,
        menu: Menu,
        clock: Clock,
        inboxes: tuple[ChannelRef, ...],
        *,
        monotonic: rules.Monotonic = time.monotonic,
        retry_seconds: float = 0.5,
    ) -> None:
        self._inboxes = inboxes
        self._community = Community(connection, settings, chat, clock)
        self._sender = Sender(self._community, monotonic)
        self._deliveries = Deliveries(self._community, monotonic, retry_seconds)
        self._interactions = Interactions(chat, monotonic)
        self._api = Api(self._community, self._interactions, menu)
        self._token = token_urlsafe(32)

    @property
    def pace(self) -> Pace:
        """The playground's limits on us."""
        return rules.PACE

    @property
    def community(self) -> Community:
        """The people, channels and messages themselves, for whoever stages or inspects them."""
        return self._community

    @property
    def entrance(self) -> str:
        """The path that lets a browser in, good for this run."""
        return f"/?token={self._token}"

    def routes(self, archive: Archive | None = None) -> list[web.RouteDef]:
        """The page, its API and the past digests, for the web server to mount."""
        pages = Pages(self._token)
        digests = Digests(self._community, archive).routes(pages.guarded) if archive else []
        return [*pages.routes(), *self._api.routes(pages.guarded), *digests]

    async def workspace(self) -> str:
        """The community's random id."""
        return await self._community.chat.fact("workspace") or ""

    async def prepare(self, *, sample: bool) -> None:
        """Make the channels the configuration names and, in a new chat, the cast and its talk."""
        for channel in self._channels():
            await self._community.chat.add_channel(channel)
        await seed.found(self._community, sample=sample)

    def _channels(self) -> list[Channel]:
        """The configured channels; inboxes and the moderators' channel are not for everybody."""
        connection, settings = self._community.connection, self._community.settings
        needs: dict[str, Role] = {}
        here = [inbox.channel for inbox in self._inboxes if inbox.connection == connection]
        needs |= dict.fromkeys(here, Role.PRODUCT)
        if settings.moderators_channel:
            needs[settings.moderators_channel] = Role.MODERATOR
        board = (settings.board,) if settings.board else ()
        named = dict.fromkeys((*settings.listen, *board, *needs))
        return [Channel(each, each, TOPICS.get(each, ""), needs.get(each)) for each in named]

    async def run(self, sink: Sink) -> None:
        """Deliver events and answer interactions until cancelled."""
        with self._interactions.open_to(sink):
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._deliveries.run(sink))
                tasks.create_task(seed.grow(self._community, self._interactions))

    async def send(
        self, sending: Sending, nonce: str, since: datetime | None = None
    ) -> MessageRef | None:
        """Deliver as strictly as Slack and Discord would."""
        if isinstance(sending, SendFollowup):
            self._interactions.follow_up(sending)
            return None
        return await self._sender.send(sending, nonce)

    async def read_message(self, ref: MessageRef) -> ReadMessage | None:
        """A message as it is now, or None."""
        message = await self._community.find(ref)
        channel = message and await self._community.chat.channel(message.channel)
        return await self._community.read(message, channel) if message and channel else None

    async def read_thread(self, thread: ThreadRef) -> tuple[ReadMessage, ...] | None:
        """People's messages in a thread, oldest first, or None."""
        return await self._community.read_thread(thread)

    async def can_see(self, account: AccountRef, place: ChannelRef | ThreadRef) -> bool:
        """Whether an account may read a channel, and so each thread in it."""
        if account.realm != REALM or place.connection != self._community.connection:
            return False
        person = await self._community.chat.person(account.user)
        found = await self._community.chat.channel(place.channel)
        return bool(person and found and self._community.sees(person.id, found))

    async def aclose(self) -> None:
        """Close the chat; open pages notice."""
        await self._community.chat.close()


async def open_playground(
    connection: str,
    settings: Connection,
    folder: Path,
    menu: Menu,
    clock: Clock,
    inboxes: tuple[ChannelRef, ...] = (),
    *,
    sample: bool = True,
    monotonic: rules.Monotonic = time.monotonic,
    retry_seconds: float = 0.5,
) -> PlaygroundAdapter:
    """The community kept in `folder/playground.sqlite`; `sample`: a new one begins with talk."""
    chat = await Chat.open(folder / "playground.sqlite")
    adapter = PlaygroundAdapter(
        connection,
        settings,
        chat,
        menu,
        clock,
        inboxes,
        monotonic=monotonic,
        retry_seconds=retry_seconds,
    )
    try:
        await adapter.prepare(sample=sample)
    except BaseException:
        await chat.close()
        raise
    return adapter
