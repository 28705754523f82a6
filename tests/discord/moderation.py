"""What moderators do: members, roles, channels, overwrites, the bot's own coming and going."""

from collections.abc import Sequence

from tests.discord import events
from tests.discord.model import Channel, Guild, Intent, Kind, Member, Overwrite, Role, User
from tests.discord.payloads import shown_user
from tests.discord.permissions import NOTHING, Permission
from tests.discord.world import World


def join(world: World, guild: Guild, user: User, roles: Sequence[str] = ()) -> Member:
    """Somebody is in it now. Of the bot's own coming, the app is told with all there is."""
    member = Member(user, world.clock.now(), [*roles])
    guild.members[user.id] = member
    if user is world.bot:
        guild.bot_in = True
        world.announce([events.guild_created(guild, user, joined=True)])
    elif guild.bot_in:
        world.announce([events.member_changed("GUILD_MEMBER_ADD", guild, member, world.bot)])
    return member


def leave(world: World, guild: Guild, user: User) -> None:
    """Somebody is out. The bot hears of its own end, and of nothing after that."""
    del guild.members[user.id]
    if user is world.bot:
        guild.bot_in = False
        world.announce([events.guild_left(guild)])
    elif guild.bot_in:
        body = {"guild_id": guild.id, "user": shown_user(user)}
        intent = Intent.GUILD_MEMBERS
        world.announce([events.plain("GUILD_MEMBER_REMOVE", intent, body)])


def set_roles(world: World, guild: Guild, member: Member, roles: list[str]) -> None:
    """Somebody has other roles."""
    member.roles = roles
    _tell(world, guild, [events.member_changed("GUILD_MEMBER_UPDATE", guild, member, world.bot)])


def change_role(world: World, guild: Guild, role: Role) -> None:
    """A role is called, or may do, something else."""
    _tell(world, guild, [events.role_changed("GUILD_ROLE_UPDATE", guild, role)])


def make_role(world: World, guild: Guild, name: str, permissions: Permission) -> Role:
    """A new role, below none."""
    role = Role(world.ids.new(), name, permissions, len(guild.roles))
    guild.roles[role.id] = role
    _tell(world, guild, [events.role_changed("GUILD_ROLE_CREATE", guild, role)])
    return role


def delete_role(world: World, guild: Guild, role: Role) -> None:
    """Nobody has it any more, and no channel speaks of it."""
    del guild.roles[role.id]
    for member in guild.members.values():
        member.roles = [one for one in member.roles if one != role.id]
    for channel in guild.channels.values():
        channel.overwrites = [one for one in channel.overwrites if one.id != role.id]
    _tell(world, guild, [events.role_deleted(guild, role)])


def make_channel(world: World, guild: Guild, kind: Kind, name: str, topic: str | None) -> Channel:
    """A new channel."""
    channel = Channel(world.ids.new(), kind, name, guild, position=len(guild.channels), topic=topic)
    guild.channels[channel.id] = channel
    _tell(world, guild, [events.channel_changed("CHANNEL_CREATE", channel)])
    return channel


def change_channel(world: World, channel: Channel) -> None:
    """A channel has another name, other tags or overwrites."""
    assert channel.guild is not None
    if channel.thread:
        told = events.thread_changed("THREAD_UPDATE", channel, world.bot)
    else:
        told = events.channel_changed("CHANNEL_UPDATE", channel)
    _tell(world, channel.guild, [told])


def overwrite(
    world: World,
    channel: Channel,
    target: str,
    kind: int,
    *,
    allow: Permission = NOTHING,
    deny: Permission = NOTHING,
) -> None:
    """What a role or member may do there; nothing allowed nor denied takes the overwrite away."""
    kept = [one for one in channel.overwrites if one.id != target]
    if allow or deny:
        kept.append(Overwrite(target, kind, allow, deny))
    channel.overwrites = kept
    change_channel(world, channel)


def delete_channel(world: World, channel: Channel) -> None:
    """Gone, with its threads and all that was in them."""
    guild = channel.guild
    assert guild is not None
    gone = [channel, *(one for one in guild.threads if one.parent is channel)]
    for one in gone:
        del guild.channels[one.id]
    if channel.thread:
        told = [events.thread_deleted(channel)]
    else:
        told = [events.channel_changed("CHANNEL_DELETE", channel)]
    _tell(world, guild, told)


def _tell(world: World, guild: Guild, told: list[events.Event]) -> None:
    if guild.bot_in:
        world.announce(told)
    world.changes.happened()
