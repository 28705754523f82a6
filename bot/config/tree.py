"""The tree itself: what may be configured, by the names the TOML file uses."""

from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from bot.config.values import (
    Address,
    ChannelKey,
    ConnectionName,
    ContextTokens,
    Count,
    CountOrNever,
    EmojiText,
    Loopback,
    Port,
    Schedule,
    Seconds,
    Secret,
    StorageUrl,
    Text,
    TimeZone,
)
from bot.ideas import Audience
from bot.refs import Emoji

Platform = Literal["slack", "discord", "playground"]


class Section(BaseModel):
    """A table of the file: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Storage(Section):
    """Where everything is kept. The url names its async driver; a file's path is absolute."""

    url: StorageUrl = Field(default="sqlite:///soundingboard.sqlite", validate_default=True)


class ChannelSettings(Section):
    """What one channel does differently from its connection; None: the same. `outsiders` lets what
    people of other companies write in a shared channel be captured and summarised. With
    `review_first`, a moderator looks at its ideas before anybody else sees them."""

    audience: Audience | None = None
    no_summary: StrictBool = False
    no_model: StrictBool = False
    outsiders: StrictBool = False
    review_first: StrictBool = False


class Connection(Section):
    """One login on a platform. Channels, people, roles and servers are the platform's ids.

    With `close_posts`, a forum's post is locked and archived once its idea is settled.
    """

    platform: Platform
    token: Secret | None = None
    bot_token: Secret | None = None
    app_token: Secret | None = None
    api_url: Address | None = None
    guilds: tuple[Text, ...] = ()
    listen: tuple[Text, ...] = ()
    board: Text | None = None
    show: Literal["own", "all"] = "all"
    audience: Audience = Audience.EVERYONE
    channels: dict[Text, ChannelSettings] = {}
    moderators: tuple[Text, ...] = ()
    moderators_channel: Text | None = None
    product_team: tuple[Text, ...] = ()
    close_posts: StrictBool = False

    def summarizes(self, channel: str) -> bool:
        """Whether threads of a channel may be summarised."""
        settings = self.channels.get(channel)
        return settings is None or not settings.no_summary

    def reviews(self, channel: str) -> bool:
        """Whether a moderator looks at a channel's ideas first."""
        settings = self.channels.get(channel)
        return settings is not None and settings.review_first

    def lets_model_read(self, channel: str) -> bool:
        """Whether a model may be given what is written in a channel."""
        settings = self.channels.get(channel)
        return self.summarizes(channel) and (settings is None or not settings.no_model)


class ProductRoute(Section):
    """Ideas of this area go to an inbox of their own."""

    area: Text
    inbox: ChannelKey


class Product(Section):
    """Where escalated ideas go."""

    inbox: ChannelKey | None = None
    routes: tuple[ProductRoute, ...] = ()

    @property
    def inboxes(self) -> tuple[ChannelKey, ...]:
        """Every inbox, the common one first."""
        named = (self.inbox, *(route.inbox for route in self.routes))
        return tuple(dict.fromkeys(inbox for inbox in named if inbox))

    def inbox_for(self, area: str | None) -> ChannelKey | None:
        """The inbox for ideas of an area, or None when there is nowhere to send them."""
        return next((route.inbox for route in self.routes if route.area == area), self.inbox)


class Capture(Section):
    """How messages become ideas, and how many a person may suggest a day."""

    emoji: EmojiText = Emoji("💡")
    daily_limit: Count = 10
    areas: tuple[Text, ...] = ()


class Voting(Section):
    """The reaction that is a vote."""

    emoji: EmojiText = Emoji("👍")


class Escalation(Section):
    """The reaction that escalates, and the number of votes that does it by itself (0: never)."""

    emoji: EmojiText = Emoji("🚀")
    votes: CountOrNever = 10


class Threads(Section):
    """When a thread is long and quiet enough to be summarised unasked."""

    min_messages: Count = 30
    quiet_minutes: Count = 60


class Digest(Section):
    """When the digest is made (cron, in the configured time zone) and where it goes.

    An idea that has waited longer than `waiting_days` for an answer is named in it.
    """

    schedule: Schedule = "0 9 * * 1"
    to: tuple[ChannelKey, ...] = ()
    waiting_days: Count = 14


class Assistant(Section):
    """The model that may help with summaries; `timeout` is in seconds."""

    base_url: Address
    api_key: Secret
    model: Text
    context_tokens: ContextTokens = 32_000
    daily_tokens: Count = 500_000
    timeout: Seconds = 30.0


class Web(Section):
    """Where the bot's own pages are served: on this machine only. Port 0 takes any free one."""

    host: Loopback = "127.0.0.1"
    port: Port = 8787


class Config(Section):
    """The whole configuration."""

    timezone: TimeZone = "UTC"
    storage: Storage
    connections: dict[ConnectionName, Connection] = {}
    product: Product = Product()
    capture: Capture = Capture()
    voting: Voting = Voting()
    escalation: Escalation = Escalation()
    threads: Threads = Threads()
    digest: Digest = Digest()
    assistant: Assistant | None = None
    web: Web = Web()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone days, limits and schedules are counted in."""
        return ZoneInfo(self.timezone)
