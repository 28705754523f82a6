"""Who people are and what they may do: names, guests, and roles by id, group or inbox."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.memory import Memory
from adapters.slack.calls import Refused, ask, in_time
from adapters.slack.channels import Channels
from adapters.slack.facts import Identity
from adapters.slack.needs import Needs
from bot.config import Connection
from bot.people import Role

REMEMBERED_SECONDS = 3600.0
"""A changed name comes as an event; this is for one that was missed."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Person:
    """`full`: a member of this company, no guest, no bot; `stranger`: of another company."""

    name: str
    full: bool
    stranger: bool
    bot: bool


class People:
    """People of a workspace. What cannot be learnt about somebody gives them nothing."""

    def __init__(
        self,
        web: AsyncWebClient,
        settings: Connection,
        needs: Needs,
        channels: Channels,
        identity: Identity,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._web = web
        self._needs = needs
        self._channels = channels
        self._identity = identity
        self._named = {Role.MODERATOR: settings.moderators, Role.PRODUCT: settings.product_team}
        self._people = Memory[Person | None](REMEMBERED_SECONDS, monotonic)
        self._groups = Memory[frozenset[str]](REMEMBERED_SECONDS, monotonic)

    def forget(self, user: str) -> None:
        """Somebody's profile changed."""
        self._people.drop(user)

    def forget_group(self, group: str) -> None:
        """A user group changed."""
        self._groups.drop(group)

    async def person(self, user: str) -> Person | None:
        """Somebody, or None when Slack does not show them; Unreachable."""
        return await self._people.of(user, lambda: self._read(user))

    async def name(self, user: str) -> str:
        """What people call somebody; empty when Slack does not tell at once."""
        person = await in_time(self.person(user), None, user=user)
        return person.name if person else ""

    async def is_bot(self, user: str) -> bool:
        """Whether somebody is no person; a person when Slack does not tell at once."""
        person = await in_time(self.person(user), None, user=user)
        return person is not None and person.bot

    async def roles(self, user: str) -> frozenset[Role]:
        """What somebody may do; guests, outsiders and whoever is not known have no role."""
        return await in_time(self.roles_for_sure(user), frozenset(), user=user)

    async def roles_for_sure(self, user: str) -> frozenset[Role]:
        """The same, however long Slack takes to tell; Unreachable."""
        claimed = frozenset([role for role in self._named if await self._is(role, user)])
        if not claimed:
            return claimed
        person = await self.person(user)
        return claimed if person and person.full else frozenset()

    async def _is(self, role: Role, user: str) -> bool:
        named = self._named[role]
        if user in named:
            return True
        if role is Role.PRODUCT and not named:
            inboxes = self._needs.team_channels
            return any([user in await self._channels.members(inbox) for inbox in inboxes])
        return any([user in await self._group(one) for one in named if one in self._needs.groups])

    async def _group(self, group: str) -> frozenset[str]:
        return await self._groups.of(group, lambda: self._read_group(group))

    async def _read(self, user: str) -> Person | None:
        try:
            answer = await ask(self._web.users_info, user=user)
        except Refused as refused:
            log.warning("person_unknown", user=user, error=refused.code)
            return None
        return _person(answer["user"], self._identity)

    async def _read_group(self, group: str) -> frozenset[str]:
        """A user group's members: Slack has no call to ask about one person. Free plans have no
        groups."""
        try:
            return frozenset((await ask(self._web.usergroups_users_list, usergroup=group))["users"])
        except Refused as refused:
            log.warning("group_unknown", group=group, error=refused.code)
            return frozenset()


def _person(user: Mapping[str, Any], identity: Identity) -> Person:
    """Slack's user object in short; a display name may be empty."""
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"))
    limited = ("is_restricted", "is_ultra_restricted", "is_bot", "deleted")
    stranger = bool(user.get("is_stranger")) or not _belongs(user, identity)
    return Person(
        name=next((name for name in names if name), user.get("name") or ""),
        full=not stranger and not any(user.get(key) for key in limited),
        stranger=stranger,
        bot=bool(user.get("is_bot")),
    )


def _belongs(user: Mapping[str, Any], identity: Identity) -> bool:
    """Whether somebody is of this workspace, or of another one of the same organisation."""
    theirs = (user.get("enterprise_user") or {}).get("enterprise_id")
    if identity.enterprise and theirs:
        return bool(theirs == identity.enterprise)
    return user.get("team_id") in (identity.team, None)
