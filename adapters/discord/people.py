"""What people may do: roles by a role's id, by their own, or by an inbox that they can see."""

import asyncio

import discord
import structlog

from adapters.discord.calls import Refused, SlowDown, Unreachable, call
from adapters.discord.community import Community
from adapters.discord.markdown import REALM
from bot.errors import reason
from bot.people import Role
from bot.refs import AccountRef, ChannelRef, ThreadRef

log = structlog.get_logger()
Somebody = discord.User | discord.Member


def is_person(user: Somebody) -> bool:
    """No bot, and no webhook."""
    return not user.bot and not user.system


class People:
    """People of one login. What cannot be learnt about somebody gives them nothing."""

    def __init__(self, community: Community) -> None:
        self._at = community
        settings = community.settings
        self._named = {Role.MODERATOR: settings.moderators, Role.PRODUCT: settings.product_team}

    async def roles(self, user: Somebody) -> frozenset[Role]:
        """What somebody may do; from a direct message they are looked up where they may have a
        role of ours."""
        if isinstance(user, discord.Member):
            return self._roles(user)
        guilds = [guild for guild in self._at.guilds() if self._may_have_roles(user, guild)]
        found = await asyncio.gather(*(self.member(guild, user.id) for guild in guilds))
        return frozenset[Role]().union(*(self._roles(one) for one in found if one))

    def _may_have_roles(self, user: Somebody, guild: discord.Guild) -> bool:
        """Where they or a role are named, or an inbox is. With many servers, few are."""
        named = frozenset[str]().union(*self._named.values())
        known = {str(user.id), *(str(role.id) for role in guild.roles)}
        inboxes = (self._at.known(inbox) for inbox in self._at.inboxes)
        return not named.isdisjoint(known) or any(one and one.guild == guild for one in inboxes)

    async def may_see(self, account: AccountRef, place: ChannelRef | ThreadRef) -> bool:
        """Whether somebody may read a channel, its past included, or a thread in it. What Discord
        does not tell now is no reason to say that there is nothing: Refused, SlowDown or
        Unreachable."""
        known = self._at.known(place.channel)
        ours = place.connection == self._at.connection
        if account.realm != REALM or not ours or known is None:
            return False
        if not self._at.is_ours(known.guild.id):
            return False
        member = await self._at.member(known.guild, account.user)
        if member is None:
            return False
        may = known.permissions_for(member)
        if not (may.view_channel and may.read_message_history):
            return False
        return isinstance(place, ChannelRef) or await self._is_let_in(place, account.user, may)

    async def _is_let_in(self, ref: ThreadRef, user: str, may: discord.Permissions) -> bool:
        """Whether a thread is for all who see its channel, or else for them: as somebody invited,
        or as who manages threads (docs.discord.com/developers/topics/threads#private-threads). The
        bot may see more of those than it was invited to, and they are nobody's to have read."""
        thread = await self._at.place(ref.root)
        if not thread.thread or thread.parent != ref.channel:
            return False
        if not thread.private_thread:
            return True
        if not await self._is_invited(thread.id, self._at.bot):
            return False
        return may.manage_threads or await self._is_invited(thread.id, user)

    async def _is_invited(self, thread: str, user: str) -> bool:
        path = "/channels/{channel_id}/thread-members/{user_id}"
        try:
            await call(self._at.client, "GET", path, channel_id=thread, user_id=user)
        except Refused:
            return False
        return True

    async def member(self, guild: discord.Guild, user: int | str) -> discord.Member | None:
        """Somebody on a server, or None when they are not there or it could not be learnt."""
        try:
            return await self._at.member(guild, user)
        except (Refused, SlowDown, Unreachable) as error:
            log.warning("person_unknown", user=str(user), error=reason(error))
            return None

    def _roles(self, member: discord.Member) -> frozenset[Role]:
        return frozenset(role for role in self._named if self._is(role, member))

    def _is(self, role: Role, member: discord.Member) -> bool:
        named = self._named[role]
        held = {str(member.id), *(str(one.id) for one in member.roles if not one.is_default())}
        if role is Role.PRODUCT and not named:
            return any(self._reads_hidden(inbox, member) for inbox in self._at.inboxes)
        return not held.isdisjoint(named)

    def _reads_hidden(self, inbox: str, member: discord.Member) -> bool:
        """Whoever is let into an inbox; one that everybody sees makes nobody the product team."""
        channel = self._at.known(inbox)
        if channel is None or channel.permissions_for(channel.guild.default_role).view_channel:
            return False
        return channel.permissions_for(member).view_channel
