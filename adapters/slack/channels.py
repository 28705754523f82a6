"""What channels are like and who is in them: remembered for a while, read again when in doubt."""

import asyncio
import time
from collections.abc import Callable, Iterable

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.memory import Memory
from adapters.slack.calls import Refused, Unreachable, ask
from adapters.slack.facts import ChannelFacts
from adapters.slack.places import facts_of

REMEMBERED_SECONDS = 600.0
LOOK_SECONDS = 1.0
"""How long an event may wait to learn about its channel: Slack waits three seconds in all."""
_CHANNELS = ("C", "G")
"""How ids of channels begin; `D` is a direct message, `U` and `W` stand for somebody's home."""
_PAGE = 1_000  # conversations.members: `limit` up to 1,000

log = structlog.get_logger()


class Channels:
    """Channels of a workspace. What cannot be learnt about one counts as closed."""

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
        self._members.drop(self.configured(channel))

    async def facts(self, channel: str) -> ChannelFacts | None:
        """A channel as it is, or None when Slack does not show it."""
        channel = self.configured(channel)
        if channel in self._facts:
            return self._facts[channel]
        try:
            found = await facts_of(self._web, self.today(channel))
        except Refused:
            found = None
        self._facts.keep(channel, found)
        return found

    async def is_closed(self, channel: str) -> bool:
        """Whether it shuts people out, or lets other companies in; as every direct message does."""
        if channel[:1] not in _CHANNELS:
            return True
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                facts = await self.facts(channel)
        except (TimeoutError, Unreachable) as error:
            log.warning("channel_unknown", channel=channel, error=type(error).__name__)
            return True
        return facts is None or facts.private or facts.shared

    async def members(self, channel: str) -> frozenset[str]:
        """Everybody in it; Refused when Slack does not tell."""
        channel = self.configured(channel)
        if channel not in self._members:
            self._members.keep(channel, await self._read_members(self.today(channel)))
        return self._members[channel]

    async def _read_members(self, channel: str) -> frozenset[str]:
        found: set[str] = set()
        cursor = ""
        while True:
            page = await ask(
                self._web.conversations_members, channel=channel, limit=_PAGE, cursor=cursor
            )
            found.update(page["members"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return frozenset(found)
