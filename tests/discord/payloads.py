"""Objects as Discord words them (docs.discord.com/developers/resources); messages in `written`."""

from datetime import UTC, datetime
from typing import Any

from tests.discord.ids import moment
from tests.discord.model import THREAD_STARTER, Channel, Guild, Kind, Member, Role, User
from tests.discord.permissions import in_guild

Json = dict[str, Any]


def iso(seconds: float) -> str:
    """A time as Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def shown_user(user: User) -> Json:
    """A user object; only a bot says what it is."""
    return {
        "id": user.id,
        "username": user.name,
        "global_name": user.shown_name,
        "discriminator": "0",
        "avatar": None,
        "avatar_decoration_data": None,
        "collectibles": None,
        "primary_guild": None,
        "public_flags": 0,
    } | ({"bot": True} if user.bot else {})


def shown_member(member: Member) -> Json:
    """A guild member object, without the user that messages and mentions carry beside it."""
    return {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "deaf": False,
        "flags": 0,
        "joined_at": iso(member.joined),
        "mute": False,
        "nick": member.nick,
        "pending": False,
        "premium_since": None,
        "roles": list(member.roles),
    }


def whole_member(member: Member) -> Json:
    """A guild member object with its user."""
    return shown_member(member) | {"user": shown_user(member.user)}


def shown_role(role: Role) -> Json:
    """A role object."""
    return {
        "id": role.id,
        "name": role.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": role.position,
        "permissions": str(int(role.permissions)),
        "managed": role.managed,
        "mentionable": role.mentionable,
        "flags": 0,
    }


def shown_channel(channel: Channel, reader: str | None = None) -> Json:
    """A channel object. A thread says whether its `reader` is in it."""
    last = next(reversed(channel.messages), None)
    shown: Json = {"id": channel.id, "type": int(channel.kind), "last_message_id": last, "flags": 0}
    if channel.direct:
        others = [user for user in channel.people if user.id != reader]
        return shown | {"recipients": [shown_user(user) for user in others]}
    assert channel.guild is not None
    shown |= {"guild_id": channel.guild.id, "name": channel.name, "rate_limit_per_user": 0}
    shown["parent_id"] = channel.parent.id if channel.parent else None
    if channel.thread:
        return shown | _thread(channel, reader)
    shown |= {
        "position": channel.position,
        "topic": channel.topic,
        "nsfw": False,
        "permission_overwrites": [
            {
                "id": one.id,
                "type": one.kind,
                "allow": str(int(one.allow)),
                "deny": str(int(one.deny)),
            }
            for one in channel.overwrites
        ],
    }
    return shown | _forum(channel) if channel.kind is Kind.FORUM else shown


def _thread(channel: Channel, reader: str | None) -> Json:
    thread = channel.thread
    assert thread is not None
    post = channel.parent is not None and channel.parent.kind is Kind.FORUM
    count = sum(
        one.id != channel.id for one in channel.messages.values() if one.kind != THREAD_STARTER
    )
    shown: Json = {
        "owner_id": thread.owner,
        "message_count": count,
        "total_message_sent": count,
        "member_count": len(thread.members),
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": iso(thread.archived_at),
            "auto_archive_duration": thread.auto_archive_minutes,
            "locked": thread.locked,
            "create_timestamp": iso(moment(channel.id)),
        },
    }
    if post:
        shown["applied_tags"] = list(thread.tags)
    if reader in thread.members:
        joined = {"join_timestamp": iso(moment(channel.id)), "flags": 0}
        shown["member"] = {"id": channel.id, "user_id": reader, **joined}
    return shown


def _forum(channel: Channel) -> Json:
    tags = [
        {
            "id": tag.id,
            "name": tag.name,
            "moderated": tag.moderated,
            "emoji_id": None,
            "emoji_name": tag.emoji,
        }
        for tag in channel.tags
    ]
    return {
        "available_tags": tags,
        "flags": (1 << 4) if channel.require_tag else 0,
        "default_auto_archive_duration": 1_440,
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_forum_layout": 0,
        "template": "",
    }


def shown_guild(guild: Guild) -> Json:
    """A guild object as REST gives it."""
    return {
        "id": guild.id,
        "name": guild.name,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "owner_id": guild.owner,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 2,
        "roles": [shown_role(role) for role in guild.roles.values()],
        "emojis": [_guild_emoji(number, name) for number, name in guild.emojis.items()],
        "features": ["COMMUNITY"],
        "mfa_level": 0,
        "application_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "max_members": 500_000,
        "vanity_url_code": None,
        "description": None,
        "banner": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "public_updates_channel_id": None,
        "nsfw_level": 0,
        "stickers": [],
        "premium_progress_bar_enabled": False,
        "incidents_data": None,
    }


def _guild_emoji(number: str, name: str) -> Json:
    flags = {"require_colons": True, "managed": False, "animated": False, "available": True}
    return {"id": number, "name": name, "roles": [], **flags}


def partial_guild(guild: Guild, reader: str) -> Json:
    """As `/users/@me/guilds` lists it."""
    return {
        "id": guild.id,
        "name": guild.name,
        "icon": None,
        "banner": None,
        "owner": guild.owner == reader,
        "permissions": str(int(in_guild(guild, reader))),
        "features": ["COMMUNITY"],
    }
