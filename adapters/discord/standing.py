"""What somebody may do in a channel, from what REST tells of a server. Pure.

docs.discord.com/developers/topics/permissions#permission-overwrites: everybody's role and one's
own together, then the channel's overwrites: everybody's, those of the roles, one's own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import discord

Json = Mapping[str, Any]

_ALL = discord.Permissions.all().value
_ADMINISTRATOR = discord.Permissions(administrator=True).value
_VIEW = discord.Permissions(view_channel=True).value


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody on a server: `user` is "" for @everyone."""

    guild: Json
    user: str
    roles: frozenset[str]

    @property
    def at_large(self) -> int:
        """Permissions before any channel has its say."""
        granted = 0
        for role in self.guild["roles"]:
            if role["id"] == self.guild["id"] or role["id"] in self.roles:
                granted |= int(role["permissions"])
        return _ALL if granted & _ADMINISTRATOR or self.user == self.guild["owner_id"] else granted

    def allowed_in(self, channel: Json) -> int:
        """Permissions in a channel; who does not see it may do nothing there."""
        granted = self.at_large
        if granted & _ADMINISTRATOR:
            return granted
        overwrites: list[Json] = channel.get("permission_overwrites") or []
        for ids in ({self.guild["id"]}, self.roles, {self.user}):
            granted = _overwritten(granted, (one for one in overwrites if one["id"] in ids))
        return granted if granted & _VIEW else 0


def everyone(guild: Json) -> Standing:
    """Whoever has no role."""
    return Standing(guild, "", frozenset())


def missing(wanted: Iterable[str], allowed: int) -> list[str]:
    """The permissions that are not allowed; who does not see a channel has that to mend first."""
    lacking = [one for one in wanted if not _bit(one) & allowed]
    return ["view_channel"] if "view_channel" in lacking else lacking


def words(permission: str) -> str:
    """A permission as Discord's settings call it, about."""
    return _WORDS.get(permission, permission.replace("_", " ").title())


_WORDS = {
    "manage_threads": "Manage Threads and Posts",
    "send_messages": "Send Messages and Create Posts",
    "send_messages_in_threads": "Send Messages in Threads and Posts",
}


def _bit(permission: str) -> int:
    return discord.Permissions(**{permission: True}).value


def _overwritten(granted: int, overwrites: Iterable[Json]) -> int:
    allow = deny = 0
    for overwrite in overwrites:
        allow |= int(overwrite["allow"])
        deny |= int(overwrite["deny"])
    return (granted & ~deny) | allow
