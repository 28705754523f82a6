"""`/guilds/{guild}…` (docs.discord.com/developers/resources/guild)."""

from typing import Any

from tests.discord import moderation
from tests.discord.model import Intent
from tests.discord.payloads import (
    partial_guild,
    shown_channel,
    shown_guild,
    shown_role,
    whole_member,
)
from tests.discord.routes.call import Call, Refused

Json = dict[str, Any]


def get(call: Call) -> Json:
    """A guild with its roles."""
    guild = call.guild()
    counts = {"approximate_member_count": len(guild.members), "approximate_presence_count": 0}
    return shown_guild(guild) | (counts if call.flag("with_counts") else {})


def mine(call: Call) -> list[Json]:
    """The guilds that the bot is in."""
    return [partial_guild(guild, call.bot.id) for guild in call.world.joined()]


def leave(call: Call) -> None:
    """The bot goes by itself."""
    moderation.leave(call.world, call.guild(), call.bot)


def channels(call: Call) -> list[Json]:
    """Every channel, those that the bot may not see too; no threads."""
    found = call.guild().channels.values()
    return [shown_channel(channel) for channel in found if not channel.thread]


def roles(call: Call) -> list[Json]:
    """Every role, everybody's first."""
    return [shown_role(role) for role in call.guild().roles.values()]


def member(call: Call) -> Json:
    """Somebody in a guild; needs no privileged intent."""
    guild = call.guild()
    found = guild.members.get(call.names["user"])
    if found is None:
        raise Refused(10007 if call.names["user"] in call.world.users else 10013)
    return whole_member(found)


def members(call: Call) -> list[Json]:
    """Everybody in a guild, by id: needs the privileged intent."""
    if not call.world.app.portal & Intent.GUILD_MEMBERS:
        raise Refused(50001)
    guild, limit = call.guild(), call.number("limit", 1, 1_000)
    after = int(call.query.get("after", 0))
    ids = sorted(int(one) for one in guild.members if int(one) > after)[:limit]
    return [whole_member(guild.members[str(one)]) for one in ids]
