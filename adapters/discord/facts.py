"""What a look at a connection brings to light."""

from dataclasses import dataclass

from bot import findings


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is; `reads` says whether its app may read what people write."""

    application: str
    bot_user: str
    name: str
    public: bool
    reads: bool


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """A configured channel as it is now; `closed`: @everyone does not see it. `allowed` are the
    bot's permissions there."""

    id: str
    name: str
    guild: str
    kind: int
    closed: bool
    allowed: int


Examined = findings.Examined[Identity, ChannelFacts]
"""What was found, and what the adapter may keep of it."""
