"""`…/reactions/{emoji}` (docs.discord.com/developers/resources/message#create-reaction)."""

from typing import Any

from tests.discord import talk
from tests.discord.model import Channel, Message, User
from tests.discord.payloads import shown_user
from tests.discord.permissions import Permission
from tests.discord.routes.call import Call, Refused

Json = dict[str, Any]
MOST = 20
"""Different emoji on a message (error 30010)."""


def give(call: Call) -> None:
    """The bot reacts; a new emoji needs ADD_REACTIONS too."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    message, key = call.message(channel), _key(call, channel)
    call.awake(channel)
    if key not in message.reactions:
        call.need(channel, Permission.ADD_REACTIONS)
        if len(message.reactions) >= MOST:
            raise Refused(30010)
    talk.react(call.world, call.bot, key, message, added=True)


def take_own(call: Call) -> None:
    """The bot takes its own back."""
    _take(call, call.channel(), call.bot)


def take(call: Call) -> None:
    """Somebody's reaction is removed."""
    channel = call.channel(Permission.MANAGE_MESSAGES)
    user = call.world.users.get(call.names["user"])
    if user is None:
        raise Refused(10013)
    _take(call, channel, user)


def _take(call: Call, channel: Channel, user: User) -> None:
    message = call.message(channel)
    call.awake(channel)
    talk.react(call.world, user, _key(call, channel), message, added=False)


def who(call: Call) -> list[Json]:
    """Who reacted so, by id, from `after` on; `type` 1 for super reactions."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    message: Message = call.message(channel)
    limit, after = call.number("limit", 25, 100), int(call.query.get("after", 0))
    given = message.super_reactions if call.query.get("type") == "1" else message.reactions
    ids = sorted(int(one) for one in given.get(_key(call, channel), ()))
    part = [str(one) for one in ids if one > after][:limit]
    return [shown_user(call.world.users[one]) for one in part]


def _key(call: Call, channel: Channel) -> str:
    """Unicode, or a custom emoji of this guild as `name:id`."""
    key = str(call.names["emoji"])
    name, _, number = key.partition(":")
    if number:
        if channel.guild is None or channel.guild.emojis.get(number) != name:
            raise call.misused(10014, f"no emoji {key} here")
        return key
    if key.isascii():
        raise call.misused(10014, f"{key!r} is no emoji")
    return key
