"""What a look at a connection brings to light."""

from dataclasses import dataclass

from bot import findings


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


Examined = findings.Examined[Identity, ChannelFacts]
"""What was found, and what the adapter may keep of it."""
