"""What a look at a connection brings to light."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.findings import Finding, Verdict


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is, and where. `realm` names the accounts there; `app_id` is "" when Slack does
    not tell it."""

    team: str
    enterprise: str | None
    bot_user: str
    bot_id: str
    app_id: str
    url: str

    @property
    def realm(self) -> str:
        """The same for every workspace of an organisation, whose people are the same."""
        return f"slack:{self.enterprise or self.team}"


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """A configured channel as it is now; `shared` with another company, `member`: the bot is."""

    id: str
    name: str
    private: bool
    shared: bool
    archived: bool
    member: bool


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found, and what the adapter may keep of it; no identity when the login failed."""

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
