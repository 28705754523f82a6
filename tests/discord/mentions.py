"""Whom a message pings (docs.discord.com/developers/resources/message#allowed-mentions-object).

Without `allowed_mentions` an ordinary message parses everything, an answer to an interaction only
users. Embeds and components of the old kind ping nobody.
"""

import re
from typing import Any

from tests.discord.model import Channel, Message, User
from tests.discord.permissions import Permission, in_channel

Json = dict[str, Any]
EVERYTHING: Json = {"parse": ["users", "roles", "everyone"], "replied_user": True}
USERS_ONLY: Json = {"parse": ["users"]}


def ping(message: Message, allowed: Json, people: dict[str, User]) -> None:
    """Set what a message mentions, by its text, its reply and what is allowed."""
    channel, text = message.channel, spoken(message)
    parse = allowed.get("parse", [])
    found = _allowed("users", re.findall(r"<@!?(\d+)>", text), allowed)
    if message.reply_to and allowed.get("replied_user"):
        found.append(message.reply_to.author.id)
    present = set(channel.guild.members) if channel.guild else {one.id for one in channel.people}
    named = dict.fromkeys(one for one in found if one in present)
    message.mentions = [people[one] for one in named]
    message.mention_roles = _roles(message, allowed, text)
    may = bool(in_channel(channel, message.author.id) & Permission.MENTION_EVERYONE)
    everyone = re.search(r"@(everyone|here)\b", text) and "everyone" in parse
    message.mention_everyone = bool(everyone) and may and channel.guild is not None


def spoken(message: Message) -> str:
    """The text whose mentions count: the content, and Components V2's text displays."""
    texts = [message.content, *_displays(message.components)]
    return "\n".join(texts)


def _displays(components: list[Json]) -> list[str]:
    found: list[str] = []
    for component in components:
        if component.get("type") == 10:
            found.append(str(component.get("content", "")))
        found += _displays(component.get("components", []))
    return found


def _allowed(kind: str, found: list[str], allowed: Json) -> list[str]:
    if kind in allowed.get("parse", []):
        return found
    return [one for one in found if one in [str(name) for name in allowed.get(kind, [])]]


def _roles(message: Message, allowed: Json, text: str) -> list[str]:
    """A role is pinged when it is mentionable, or by who may mention everyone."""
    guild = message.channel.guild
    if guild is None:
        return []
    may = in_channel(message.channel, message.author.id) & Permission.MENTION_EVERYONE
    found = dict.fromkeys(_allowed("roles", re.findall(r"<@&(\d+)>", text), allowed))
    return [one for one in found if one in guild.roles and (may or guild.roles[one].mentionable)]


def pinged(message: Message, user: User) -> bool:
    """Whether somebody's phone rings."""
    channel: Channel = message.channel
    member = channel.guild.members.get(user.id) if channel.guild else None
    roles = member.roles if member else []
    return (
        user.id in [one.id for one in message.mentions]
        or bool(set(roles) & set(message.mention_roles))
        or (message.mention_everyone and member is not None)
    )
