"""What Discord tells without being asked: what people wrote and felt, and what changed."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import discord
import structlog

from adapters.discord import parse
from adapters.discord.again import AGAIN_SECONDS, until_taken
from adapters.discord.community import Community
from adapters.discord.emoji import emoji_of
from adapters.discord.parked import Parked
from adapters.discord.parse import Deed
from adapters.discord.people import People, is_person
from adapters.discord.reacted import who_reacted
from adapters.discord.reading import Reading, is_a_persons, name_of
from adapters.discord.text import read_text, without_mention
from bot.people import Role
from bot.ports import Clock, Sink
from bot.refs import AccountRef, Emoji

Told = TypeVar("Told")
Hear = Callable[[Told, datetime], Awaitable[None]]
"""Takes what discord.py tells, and when it came."""
_WRITTEN = (discord.MessageType.default, discord.MessageType.reply)

log = structlog.get_logger()


class News:
    """Hears events of one login. Those of other servers, of bots and of webhooks are left alone."""

    def __init__(
        self,
        community: Community,
        people: People,
        parked: Parked,
        voting: Emoji,
        sink: Sink,
        clock: Clock,
        pauses: Sequence[float] = AGAIN_SECONDS,
    ) -> None:
        """`pauses` in seconds, after which the bot is told again what it did not take."""
        self._at = community
        self._people = people
        self._parked = parked
        self._voting = voting
        self._reading = Reading(community)
        self._sink = sink
        self._clock = clock
        self._pauses = pauses

    def attach(self) -> None:
        """Hear from now on."""
        hear = self._at.client.hear
        hear("message", self._patient(self.message))
        hear("raw_message_edit", self._patient(self.edited))
        hear("raw_message_delete", self._patient(self.deleted))
        hear("raw_bulk_message_delete", self._patient(self.deleted_many))
        hear("raw_reaction_add", self._patient(self.reaction))
        hear("raw_reaction_remove", self._patient(self.reaction))
        hear("raw_reaction_clear", self._patient(self.cleared))
        hear("raw_reaction_clear_emoji", self._patient(self.cleared_of_one))
        for change in ("guild_channel_update", "guild_role_update", "guild_update"):
            hear(change, self._changed)
        for change in ("guild_role_create", "guild_role_delete"):
            hear(change, self._changed)
        hear("guild_channel_create", self._changed)
        hear("guild_channel_delete", self._channel_gone)
        hear("raw_thread_update", self._thread_changed)
        hear("raw_thread_delete", self._patient(self._thread_gone))
        hear("guild_remove", self._removed)

    def _patient(self, hear: Hear[Told]) -> Callable[[Told], Awaitable[None]]:
        """However often it has to be told, it happened when it was first heard of."""

        async def heard(told: Told) -> None:
            at = self._clock.now()
            await until_taken(lambda: hear(told, at), self._pauses)

        return heard

    async def message(self, message: discord.Message, _: datetime) -> None:
        """Somebody wrote. Of a message to nobody in particular only its place matters."""
        if not self._counts(message):
            return
        title = self._title(message)
        to_bot = bool(title) or self._is_to_bot(message)
        place = await self._at.place(message.channel.id, direct=not message.guild)
        deed = Deed(
            community=self._at,
            key=None,
            at=message.created_at,
            user=str(message.author.id),
            name=message.author.display_name if to_bot else "",
            place=place,
            roles=await self._people.roles(message.author) if to_bot else frozenset[Role](),
        )
        text = self._text(message) if to_bot else ""
        below = self._below(message)
        await self._sink(
            parse.posted(deed, message.id, text, to_bot=to_bot, title=title, below=below)
        )

    async def edited(self, payload: discord.RawMessageUpdateEvent, _: datetime) -> None:
        """The author's own new words, at Discord's time of them: it also tells of a message that
        was once edited when a link gets its preview. Of the words it says nothing without the
        message content intent."""
        data: dict[str, Any] = dict(payload.data)
        edited = data.get("content") and data.get("author") and data.get("edited_timestamp")
        if not edited or not self._at.is_ours(payload.guild_id) or not is_a_persons(data):
            return
        deed = Deed(
            community=self._at,
            key=None,
            at=datetime.fromisoformat(edited),
            user=str(data["author"]["id"]),
            name="",
            place=await self._at.place(payload.channel_id, direct=not payload.guild_id),
        )
        await self._sink(parse.edited(deed, payload.message_id, self._reading.text(data)))

    async def deleted(self, payload: discord.RawMessageDeleteEvent, at: datetime) -> None:
        """A message is gone."""
        if self._at.is_ours(payload.guild_id):
            await self._gone(payload.channel_id, payload.message_id, at)

    async def deleted_many(self, payload: discord.RawBulkMessageDeleteEvent, at: datetime) -> None:
        """Several messages are gone at once."""
        if self._at.is_ours(payload.guild_id):
            for message in sorted(payload.message_ids):
                await self._gone(payload.channel_id, message, at)

    async def reaction(self, payload: discord.RawReactionActionEvent, at: datetime) -> None:
        """A reaction given or taken back. Discord gives it no id: it is a pure set operation."""
        member, added = payload.member, payload.event_type == "REACTION_ADD"
        if str(payload.user_id) == self._at.bot or not self._at.is_ours(payload.guild_id):
            return
        if member is not None and not is_person(member):
            return
        deed = Deed(
            community=self._at,
            key=None,
            at=at,
            user=str(payload.user_id),
            name=member.display_name if member else "",
            place=await self._at.place(payload.channel_id, direct=not payload.guild_id),
            roles=await self._people.roles(member) if member else frozenset(),
        )
        emoji = emoji_of({"name": payload.emoji.name, "id": payload.emoji.id})
        await self._sink(parse.reaction(deed, emoji, payload.message_id, added=added))

    async def cleared(self, payload: discord.RawReactionClearEvent, at: datetime) -> None:
        """A moderator took all reactions off a message: nobody's are left."""
        if self._at.is_ours(payload.guild_id):
            await self._reread(payload, self._voting, {}, at)

    async def cleared_of_one(
        self, payload: discord.RawReactionClearEmojiEvent, at: datetime
    ) -> None:
        """A moderator took all of one emoji off a message: those in other skin tones are left."""
        emoji = emoji_of({"name": payload.emoji.name, "id": payload.emoji.id})
        if not self._at.is_ours(payload.guild_id) or emoji != self._voting:
            return
        message = await self._reading.raw(str(payload.channel_id), str(payload.message_id))
        if message is not None:
            left = await who_reacted(self._at, message, emoji)
            people = {self._at.account(user["id"]): name_of({"author": user}) for user in left}
            await self._reread(payload, emoji, people, at)

    async def _reread(
        self,
        payload: discord.RawReactionClearEvent | discord.RawReactionClearEmojiEvent,
        emoji: Emoji,
        people: Mapping[AccountRef, str],
        at: datetime,
    ) -> None:
        place = await self._at.place(payload.channel_id, direct=not payload.guild_id)
        message = str(payload.message_id)
        await self._sink(parse.reread(self._at, at, place, message, emoji, people))

    async def _gone(self, channel: int, message: int, at: datetime) -> None:
        await self._sink(parse.deleted(self._at, at, channel, message))

    def _counts(self, message: discord.Message) -> bool:
        """A person's; private notices of ours come without a server, as if they were direct."""
        ours = self._at.is_ours(message.guild.id if message.guild else None)
        by_person = is_person(message.author) and message.webhook_id is None
        return ours and by_person and message.type in _WRITTEN

    def _title(self, message: discord.Message) -> str:
        """That of the post in a listened forum which a message opens: both have one id."""
        thread = message.channel
        if not isinstance(thread, discord.Thread) or thread.id != message.id:
            return ""
        forum = str(thread.parent_id)
        listened = self._at.is_forum(forum) and forum in self._at.settings.listen
        return thread.name if listened else ""

    def _is_to_bot(self, message: discord.Message) -> bool:
        """A direct message, a mention, or a reply to a post of ours, pinged or not."""
        named = {str(user.id) for user in message.mentions}
        return message.guild is None or self._at.bot in named or bool(self._replied(message))

    def _replied(self, message: discord.Message) -> discord.Message | None:
        """The post of ours that it replies to."""
        found = message.reference.resolved if message.reference else None
        if isinstance(found, discord.Message) and str(found.author.id) == self._at.bot:
            return found
        return None

    def _below(self, message: discord.Message) -> int | None:
        """What we replied to there: a question is asked below what it is about."""
        replied = self._replied(message)
        return replied.reference.message_id if replied and replied.reference else None

    def _text(self, message: discord.Message) -> str:
        names = {str(user.id): user.display_name for user in message.mentions}
        return read_text(without_mention(message.content, self._at.bot), names)

    async def _changed(self, *_: object) -> None:
        """Channels, roles or servers are other than they were: what refused us may take us now."""
        self._parked.free()

    async def _channel_gone(self, channel: discord.abc.GuildChannel) -> None:
        if str(channel.id) in self._named():
            log.warning("channel_deleted", channel=str(channel.id))

    async def _thread_changed(self, payload: discord.RawThreadUpdateEvent) -> None:
        self._at.forget(payload.thread_id)
        self._parked.free()

    async def _thread_gone(self, payload: discord.RawThreadDeleteEvent, at: datetime) -> None:
        """With a forum's post goes the message it began with, of which Discord tells nothing."""
        self._at.forget(payload.thread_id)
        if self._at.is_ours(payload.guild_id) and self._at.is_forum(str(payload.parent_id)):
            await self._gone(payload.thread_id, payload.thread_id, at)

    async def _removed(self, guild: discord.Guild) -> None:
        if self._at.is_ours(guild.id):
            log.warning("bot_removed", guild=str(guild.id), mend="invite it again")

    def _named(self) -> set[str]:
        settings = self._at.settings
        board = {settings.board} if settings.board else set[str]()
        return {*settings.listen, *settings.channels, *self._at.inboxes, *board}
