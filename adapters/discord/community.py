"""The servers of one login as the running connection knows them."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import discord
from discord.abc import GuildChannel

from adapters.discord.calls import Refused, call, understood
from adapters.discord.client import Login
from adapters.discord.limits import Json
from adapters.discord.markdown import REALM
from adapters.memory import Memory
from bot.config import Connection
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef

SITE = "https://discord.com/channels"
_NOT_THERE = 404
_REMEMBERED_SECONDS = 600.0
_PRIVATE_THREAD = 12
_THREADS = (10, 11, _PRIVATE_THREAD)


@dataclass(frozen=True, slots=True)
class Place:
    """A channel or thread: `parent` is the channel that the configuration knows, the place itself
    unless it is a thread. `closed`: @everyone does not see it, or it could not be learnt."""

    id: str
    parent: str
    guild: str
    closed: bool
    thread: bool
    private_thread: bool = False


def closed_place(channel: int | str) -> Place:
    """A conversation with one person, or a place of which nothing is known."""
    return Place(str(channel), str(channel), "", True, False)


@dataclass(eq=False, slots=True)
class Community:
    """One login; `lost` is set once Discord no longer takes our token. `inboxes` are channels whose
    readers are the product team, because nobody is named."""

    connection: str
    settings: Connection
    inboxes: tuple[str, ...]
    client: Login
    monotonic: Callable[[], float] = time.monotonic
    lost: asyncio.Event = field(default_factory=asyncio.Event)
    _asked: Memory[Json | None] = field(init=False)

    def __post_init__(self) -> None:
        self._asked = Memory(_REMEMBERED_SECONDS, self.monotonic)

    @property
    def bot(self) -> str:
        """The bot's own id."""
        return str(self.client.user.id) if self.client.user else ""

    def is_ours(self, guild: int | None) -> bool:
        """Whether what happens there counts: in direct messages, and in the named servers."""
        named = self.settings.guilds
        return guild is None or not named or str(guild) in named

    def guilds(self) -> list[discord.Guild]:
        """The servers that count."""
        return [guild for guild in self.client.guilds if self.is_ours(guild.id)]

    def account(self, user: int | str) -> AccountRef:
        """A person's account, the same on every server."""
        return AccountRef(REALM, str(user))

    def channel(self, place: Place) -> ChannelRef:
        """The channel by which the configuration knows a place."""
        return ChannelRef(self.connection, place.parent)

    def message(self, container: int | str, message: int | str) -> MessageRef:
        """A message's identity: the channel or thread it stands in, and its own id."""
        return MessageRef(self.connection, str(container), str(message))

    def thread(self, place: Place) -> ThreadRef:
        """A thread: it has the id of the message it began with."""
        return ThreadRef(self.connection, place.parent, place.id)

    def permalink(self, place: Place, message: int | str) -> str:
        """Where Discord shows a message."""
        return f"{SITE}/{place.guild or '@me'}/{place.id}/{message}"

    def forget(self, channel: int) -> None:
        """Something about a channel or thread changed."""
        self._asked.drop(str(channel))

    def known(self, channel: int | str) -> GuildChannel | discord.Thread | None:
        """What discord.py remembers of a channel or an open thread."""
        found = self.client.get_channel(int(channel))
        return found if isinstance(found, GuildChannel | discord.Thread) else None

    async def place(self, channel: int | str, *, direct: bool = False) -> Place:
        """Where something happened; a closed place when Discord does not tell."""
        if direct:
            return closed_place(channel)
        known = self.known(channel)
        if known is not None:
            return self._of_known(known)
        try:
            asked = await self._ask(str(channel))
        except Refused:
            asked = None
        if asked is None or int(asked["type"]) not in _THREADS:
            guild = str((asked or {}).get("guild_id", ""))
            return Place(str(channel), str(channel), guild, True, False)
        parent = self.known(asked["parent_id"])
        hidden = int(asked["type"]) == _PRIVATE_THREAD
        closed = hidden or not isinstance(parent, GuildChannel) or _is_closed(parent)
        return Place(
            str(channel), str(asked["parent_id"]), str(asked["guild_id"]), closed, True, hidden
        )

    async def is_thread(self, channel: str) -> bool:
        """Whether there is a thread of this id, perhaps an archived one; Refused for one that we
        may not see: what is meant for it is not for the channel above."""
        if self.known(channel) is None:
            await self._ask(channel)
        return (await self.place(channel)).thread

    def is_forum(self, channel: str) -> bool:
        """Whether a channel holds posts instead of messages."""
        return isinstance(self.known(channel), discord.ForumChannel)

    async def member(self, guild: discord.Guild, user: int | str) -> discord.Member | None:
        """Somebody on a server as they are now, or None when they are not there."""
        try:
            with understood():
                return await guild.fetch_member(int(user))
        except Refused as refused:
            if refused.status == _NOT_THERE:
                return None
            raise

    async def _ask(self, channel: str) -> Json | None:
        """A channel or thread as it is, None if there is none; Refused if we may not see it."""

        async def read() -> Json | None:
            try:
                found: Json = await call(
                    self.client, "GET", "/channels/{channel_id}", channel_id=channel
                )
            except Refused as refused:
                if refused.status == _NOT_THERE:
                    return None
                raise
            return found

        return await self._asked.of(channel, read)

    def _of_known(self, channel: GuildChannel | discord.Thread) -> Place:
        if not isinstance(channel, discord.Thread):
            own = str(channel.id)
            return Place(own, own, str(channel.guild.id), _is_closed(channel), False)
        hidden = channel.is_private()
        closed = hidden or channel.parent is None or _is_closed(channel.parent)
        return Place(
            str(channel.id), str(channel.parent_id), str(channel.guild.id), closed, True, hidden
        )


def _is_closed(channel: GuildChannel) -> bool:
    """Whether @everyone is kept from seeing it."""
    return not channel.permissions_for(channel.guild.default_role).view_channel
