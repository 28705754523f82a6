"""Gateway events as Discord words them, and who is told
(docs.discord.com/developers/events/gateway-events, /events/gateway#list-of-intents).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.discord.model import Channel, Guild, Intent, Member, Message, Role, User
from tests.discord.payloads import (
    iso,
    shown_channel,
    shown_guild,
    shown_member,
    shown_role,
    whole_member,
)
from tests.discord.permissions import Permission, in_channel
from tests.discord.written import emoji, shown_message

Json = dict[str, Any]
Body = Callable[[int], Json]
"""What a session with these intents is told."""


@dataclass(frozen=True)
class Event:
    """Something to tell; `intent` is the one without which it is not told, 0 for none."""

    name: str
    intent: int
    body: Body


def plain(name: str, intent: int, body: Json) -> Event:
    """An event that says the same to everybody."""
    return Event(name, intent, lambda _: body)


def written(name: str, message: Message, bot: User) -> Event:
    """MESSAGE_CREATE or MESSAGE_UPDATE. A private notice comes without a guild, as if it were a
    direct message (github.com/discord/discord-api-docs/issues/4557)."""

    def body(intents: int) -> Json:
        content = bool(intents & Intent.MESSAGE_CONTENT)
        told = shown_message(message, bot.id, content=content) | {"channel_type": _type(message)}
        if name == "MESSAGE_CREATE" and message.nonce:
            told["nonce"] = message.nonce
        guild = message.channel.guild
        if guild is None or message.ephemeral:
            return told
        member = guild.members.get(message.author.id)
        told |= {"guild_id": guild.id}
        for mentioned, user in zip(told["mentions"], message.mentions, strict=True):
            if user.id in guild.members:
                mentioned["member"] = shown_member(guild.members[user.id])
        return told | ({"member": shown_member(member)} if member and not message.webhook else {})

    intent = Intent.DIRECT_MESSAGES if message.ephemeral else _messages(message.channel)
    return Event(name, intent, body)


def whole_message(message: Message, bot: User) -> Json:
    """A message in an interaction: all of it, whatever the intents."""
    return shown_message(message, bot.id, content=True)


def deleted(message: Message) -> Event:
    """MESSAGE_DELETE: nobody says by whom, nor what it said."""
    body = {"id": message.id, "channel_id": message.channel.id} | _guild(message.channel)
    return plain("MESSAGE_DELETE", _messages(message.channel), body)


def deleted_many(messages: Sequence[Message]) -> Event:
    """MESSAGE_DELETE_BULK."""
    channel = messages[0].channel
    body = {"ids": [one.id for one in messages], "channel_id": channel.id} | _guild(channel)
    return plain("MESSAGE_DELETE_BULK", _messages(channel), body)


def cleared(message: Message, key: str | None) -> Event:
    """MESSAGE_REACTION_REMOVE_ALL, or _EMOJI for one."""
    channel = message.channel
    body: Json = {"channel_id": channel.id, "message_id": message.id} | _guild(channel)
    if key is None:
        return plain("MESSAGE_REACTION_REMOVE_ALL", _reactions(channel), body)
    body["emoji"] = emoji(key)
    return plain("MESSAGE_REACTION_REMOVE_EMOJI", _reactions(channel), body)


def reacted(message: Message, user: User, key: str, *, added: bool, burst: bool = False) -> Event:
    """MESSAGE_REACTION_ADD or _REMOVE: no text; the member only when added, and in a guild."""
    channel = message.channel
    body: Json = {
        "user_id": user.id,
        "channel_id": channel.id,
        "message_id": message.id,
        "emoji": emoji(key),
        "burst": burst,
        "type": int(burst),
    } | _guild(channel)
    if added:
        body["message_author_id"] = message.author.id
        if channel.guild and (member := channel.guild.members.get(user.id)):
            body["member"] = whole_member(member)
    name = f"MESSAGE_REACTION_{'ADD' if added else 'REMOVE'}"
    return plain(name, _reactions(channel), body)


def channel_changed(name: str, channel: Channel) -> Event:
    """CHANNEL_CREATE, _UPDATE or _DELETE."""
    return plain(name, Intent.GUILDS, shown_channel(channel))


def thread_changed(name: str, channel: Channel, bot: User, *, new: bool = False) -> Event:
    """THREAD_CREATE or THREAD_UPDATE."""
    body = shown_channel(channel, bot.id) | ({"newly_created": True} if new else {})
    return plain(name, Intent.GUILDS, body)


def thread_deleted(channel: Channel) -> Event:
    """THREAD_DELETE: no more than its place."""
    parent = channel.parent.id if channel.parent else None
    body: Json = {"id": channel.id, "parent_id": parent, "type": int(channel.kind)}
    return plain("THREAD_DELETE", Intent.GUILDS, body | _guild(channel))


def role_changed(name: str, guild: Guild, role: Role) -> Event:
    """GUILD_ROLE_CREATE, _UPDATE; for _DELETE see `role_deleted`."""
    return plain(name, Intent.GUILDS, {"guild_id": guild.id, "role": shown_role(role)})


def role_deleted(guild: Guild, role: Role) -> Event:
    """GUILD_ROLE_DELETE."""
    return plain("GUILD_ROLE_DELETE", Intent.GUILDS, {"guild_id": guild.id, "role_id": role.id})


def member_changed(name: str, guild: Guild, member: Member, bot: User) -> Event:
    """GUILD_MEMBER_ADD or _UPDATE: needs the privileged intent, but for the bot itself."""
    intent = Intent.GUILDS if member.user.id == bot.id else Intent.GUILD_MEMBERS
    return plain(name, intent, whole_member(member) | {"guild_id": guild.id})


def guild_created(guild: Guild, bot: User, *, joined: bool = False) -> Event:
    """GUILD_CREATE: all members with the privileged intent, else the bot alone; the threads are the
    active ones that it may see. Only what was announced as unavailable says that it is not."""

    def body(intents: int) -> Json:
        everybody = intents & Intent.GUILD_MEMBERS
        threads = [
            shown_channel(channel, bot.id)
            for channel in guild.threads
            if channel.thread and not channel.thread.archived and sees(channel, bot)
        ]
        members = guild.members.values() if everybody else [guild.members[bot.id]]
        available = {} if joined else {"unavailable": False}
        return (
            shown_guild(guild)
            | available
            | {
                "joined_at": iso(guild.members[bot.id].joined),
                "large": False,
                "member_count": len(guild.members),
                "members": [whole_member(member) for member in members],
                "channels": [
                    shown_channel(one) for one in guild.channels.values() if not one.thread
                ],
                "threads": threads,
                "voice_states": [],
                "presences": [],
                "stage_instances": [],
                "guild_scheduled_events": [],
                "soundboard_sounds": [],
            }
        )

    return Event("GUILD_CREATE", Intent.GUILDS, body)


def guild_left(guild: Guild) -> Event:
    """GUILD_DELETE without `unavailable`: the bot was removed."""
    return plain("GUILD_DELETE", Intent.GUILDS, {"id": guild.id})


def guild_unavailable(guild: Guild) -> Event:
    """GUILD_DELETE with `unavailable`: an outage, and no reason to forget anything."""
    return plain("GUILD_DELETE", Intent.GUILDS, {"id": guild.id, "unavailable": True})


def sees(channel: Channel, user: User) -> bool:
    """Whether somebody may see a channel."""
    return bool(in_channel(channel, user.id) & Permission.VIEW_CHANNEL)


def _messages(channel: Channel) -> int:
    return Intent.DIRECT_MESSAGES if channel.direct else Intent.GUILD_MESSAGES


def _reactions(channel: Channel) -> int:
    if channel.direct:
        return Intent.DIRECT_MESSAGE_REACTIONS
    return Intent.GUILD_MESSAGE_REACTIONS


def _guild(channel: Channel) -> Json:
    return {"guild_id": channel.guild.id} if channel.guild else {}


def _type(message: Message) -> int:
    return int(message.channel.kind)
