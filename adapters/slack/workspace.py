"""A workspace as the running connection knows it: what every part of the adapter works with."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp

from adapters.slack.channels import Channels
from adapters.slack.client import Web
from adapters.slack.facts import Identity
from adapters.slack.people import People
from bot.config import Connection
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Workspace:
    """One login. `configured` are the channels that the configuration names."""

    connection: str
    settings: Connection
    configured: frozenset[str]
    identity: Identity
    web: Web
    session: aiohttp.ClientSession
    people: People
    channels: Channels

    def account(self, user: str) -> AccountRef:
        """A person's account; the same in every workspace of an organisation."""
        return AccountRef(self.identity.realm, user)

    def channel(self, channel: str) -> ChannelRef:
        """A channel by the id the configuration knows it by."""
        return ChannelRef(self.connection, self.channels.configured(channel))

    def message(self, channel: str, ts: str) -> MessageRef:
        """A message's identity: its channel and its `ts`."""
        return MessageRef(self.connection, self.channels.configured(channel), ts)

    def thread(self, channel: str, root: str) -> ThreadRef:
        """The thread that begins with the message `root`."""
        return ThreadRef(self.connection, self.channels.configured(channel), root)

    def permalink(self, channel: str, ts: str, root: str | None = None) -> str:
        """Where Slack shows a message, as `chat.getPermalink` would say without asking."""
        path = f"{self.identity.url}archives/{channel}/p{ts.replace('.', '')}"
        return f"{path}?thread_ts={root}&cid={channel}" if root and root != ts else path


def moment(ts: str) -> datetime:
    """When a `ts` or `event_ts` was, to the microsecond; a float would round it."""
    seconds, _, fraction = ts.partition(".")
    return _EPOCH + timedelta(seconds=int(seconds), microseconds=int(f"{fraction:0<6.6}"))


def timestamp(at: datetime) -> str:
    """A moment as Slack's `oldest` and `latest` take it."""
    return f"{(at - _EPOCH) // timedelta(microseconds=1) / 1e6:.6f}"
