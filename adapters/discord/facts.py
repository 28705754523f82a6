"""What a look at a connection brings to light."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.findings import Finding, Verdict


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


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found; no identity when the login failed."""

    connection: str
    findings: tuple[Finding, ...]
    identity: Identity | None
    channels: Mapping[str, ChannelFacts]

    @property
    def refused(self) -> str | None:
        """Why the connection cannot work at all, in one line. A channel that is not right leaves
        the others alone."""
        login = part_of(self.connection)
        bad = (f.text for f in self.findings if (f.part, f.verdict) == (login, Verdict.MEND))
        return next(bad, None)


def part_of(connection: str) -> str:
    """A connection's login, as findings name it."""
    return f"connection {connection}"
