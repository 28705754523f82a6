"""What channels are like and who is in them: remembered for a while, read again when in doubt."""

import time
from collections.abc import Awaitable, Callable, Iterable

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.memory import Memory
from adapters.slack.calls import Refused, ask, in_time, pages
from adapters.slack.facts import ChannelFacts
from adapters.slack.places import facts_of

REMEMBERED_SECONDS = 600.0
_PAGE = 1_000  # conversations.members: `limit` up to 1,000
_CHANNELS = ("C", "G")
"""What a channel's id begins with, public or private; D is a talk with one person, always closed
(https://docs.slack.dev/apis/web-api/using-the-conversations-api)."""

log = structlog.get_logger()


class Channels:
    """Channels of a workspace. What Slack does not show counts as closed and empty."""

    def __init__(
        self,
        web: AsyncWebClient,
        known: Iterable[ChannelFacts],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._web = web
        self._facts = Memory[ChannelFacts | None](REMEMBERED_SECONDS, monotonic)
        self._members = Memory[frozenset[str]](REMEMBERED_SECONDS, monotonic)
        self._today: dict[str, str] = {}
        self._before: dict[str, str] = {}
        for facts in known:
            self._facts.keep(facts.id, facts)

    def moved(self, old: str, new: str) -> None:
        """Slack gave a channel another id; the configuration still has the old one."""
        configured = self.configured(old)
        self._today[configured], self._before[new] = new, configured
        self.forget(configured)

    def configured(self, channel: str) -> str:
        """The id that the configuration, and all that is stored, has for a channel."""
        return self._before.get(channel, channel)

    def today(self, channel: str) -> str:
        """The id that Slack has for it now."""
        return self._today.get(channel, channel)

    def forget(self, channel: str) -> None:
        """It changed: read it again when asked next."""
        self._facts.drop(self.configured(channel))
        self.forget_members(channel)

    def forget_members(self, channel: str) -> None:
        """Somebody came or went."""
        self._members.drop(self.configured(channel))

    async def facts(self, channel: str) -> ChannelFacts | None:
        """A channel as it is, or None when Slack does not show it; Unreachable."""
        configured = self.configured(channel)
        return await self._facts.of(configured, lambda: self._read(self.today(configured)))

    async def is_closed(self, channel: str) -> bool:
        """Whether it shuts people out, or lets other companies in; so too when Slack does not tell
        at once."""
        return await in_time(self.shuts_out(channel), True, channel=channel)

    async def shuts_out(self, channel: str) -> bool:
        """The same, however long Slack takes to tell; Unreachable."""
        if not channel.startswith(_CHANNELS):
            return True
        facts = await self.facts(channel)
        return facts is None or facts.private or facts.shared

    async def members(self, channel: str) -> frozenset[str]:
        """Everybody in it; nobody when Slack does not show them; Unreachable."""
        configured = self.configured(channel)
        return await self._members.of(
            configured, lambda: self._read_members(self.today(configured))
        )

    async def _read(self, channel: str) -> ChannelFacts | None:
        try:
            return await facts_of(self._web, channel)
        except Refused:
            return None

    async def _read_members(self, channel: str) -> frozenset[str]:
        def page_at(cursor: str) -> Awaitable[AsyncSlackResponse]:
            return ask(self._web.conversations_members, channel=channel, limit=_PAGE, cursor=cursor)

        try:
            return frozenset([user async for page in pages(page_at) for user in page["members"]])
        except Refused as refused:
            log.warning("members_unknown", channel=channel, error=refused.code)
            return frozenset()
