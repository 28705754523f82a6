"""Where our Slack lets a test choose: how patient it is, and how badly it delivers."""

from dataclasses import dataclass

RETRIES = ("timeout", "timeout", "timeout")
"""Three more attempts at an event, and the reason given (docs.slack.dev/apis/events-api)."""


@dataclass
class Rules:
    """One server's; may be changed while it runs."""

    ack_seconds: float = 3.0
    """An envelope is acknowledged by then, or not at all."""
    retry_seconds: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Before each retry of an event; Slack: almost at once, one minute, five minutes."""
    deliver_twice: bool = False
    """Every event comes a second time, as a retry of what was acknowledged."""
    out_of_order: bool = False
    """What happens together is told backwards, and second times come after the next event."""
    rate_limits: bool = True
    """Tiers per method and workspace, one post a second and channel after a burst."""
    post_burst: int = 10
    """Posts a channel takes at once before the pace of one a second is enforced."""
    page_size: int | None = None
    """At most so many things on a page, whatever `limit` asks for."""
    websockets: int = 10
    """Open at the same time per app."""
    legacy_history: bool = False
    """The 2025 cut for distributed apps: 1 reading of history a minute, 15 messages a page."""
    lone_replies: bool = False
    """Asked for a thread by one of its replies, answer with that reply alone: the documentation
    says the thread, some have seen this."""
