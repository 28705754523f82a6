"""Permissions, and how Discord computes them (docs.discord.com/developers/topics/permissions)."""

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.discord.model import Channel, Guild


class Permission(IntFlag):
    """Those our Discord knows of."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


NOTHING = Permission(0)
EVERYTHING = Permission(sum(Permission))
EVERYBODY = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.USE_APPLICATION_COMMANDS
)
"""What a new guild gives everybody, about."""


def in_guild(guild: "Guild", user_id: str) -> Permission:
    """Somebody's permissions before any channel has its say."""
    member = guild.members.get(user_id)
    if member is None:
        return NOTHING
    if user_id == guild.owner:
        return EVERYTHING
    granted = guild.roles[guild.id].permissions
    for role in member.roles:
        granted |= guild.roles[role].permissions
    return EVERYTHING if granted & Permission.ADMINISTRATOR else granted


def in_channel(channel: "Channel", user_id: str) -> Permission:
    """Somebody's permissions in a channel; a thread follows its parent. Without VIEW_CHANNEL there
    are none, and a private thread is seen by its members and who may manage threads."""
    guild = channel.guild
    if guild is None:
        return EVERYTHING if user_id in [user.id for user in channel.people] else NOTHING
    granted = in_guild(guild, user_id)
    if granted & Permission.ADMINISTRATOR:
        return granted
    granted = _overwritten(granted, channel.ruling, guild, user_id)
    if not granted & Permission.VIEW_CHANNEL or not _let_in(channel, granted, user_id):
        return NOTHING
    return granted


def _overwritten(
    granted: Permission, channel: "Channel", guild: "Guild", user_id: str
) -> Permission:
    """Everybody's overwrite, then those of the roles together, then one's own."""
    roles = guild.members[user_id].roles if user_id in guild.members else []
    for wanted in ({guild.id}, set(roles), {user_id}):
        allow = deny = NOTHING
        for overwrite in channel.overwrites:
            if overwrite.id in wanted:
                allow |= overwrite.allow
                deny |= overwrite.deny
        granted = (granted & ~deny) | allow
    return granted


def _let_in(channel: "Channel", granted: Permission, user_id: str) -> bool:
    if channel.thread is None or channel.kind != 12:
        return True
    return user_id in channel.thread.members or bool(granted & Permission.MANAGE_THREADS)
