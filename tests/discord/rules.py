"""Where our Discord lets a test choose: how patient it is, and what it limits."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bucket:
    """So many calls of one route, per channel, guild or webhook, in so many seconds."""

    calls: int
    seconds: float


@dataclass
class Rules:
    """One server's; may be changed while it runs."""

    answer_seconds: float = 3.0
    """An interaction is answered by then, or its token is no good any more."""
    token_seconds: float = 15 * 60.0
    """How long the token of an answered interaction is good for edits and follow-ups."""
    heartbeat_seconds: float = 41.25
    """What HELLO asks for; the gateway does not close on a late heartbeat here."""
    identifies_a_day: int = 1_000
    """One more, and the bot's token is reset (docs: events/gateway#rate-limiting)."""
    gateway_sends: Bucket = Bucket(120, 60.0)
    """Frames a client may send on one connection before it is closed with 4008."""
    any_bucket: Bucket = Bucket(1_000, 1.0)
    """For routes not in `buckets`. Discord names no numbers and changes them; these are wide, as
    discord.py sleeps for real when one is used up."""
    buckets: dict[str, Bucket] = field(default_factory=dict)
    """By route as `calls` names it: `POST /channels/{channel}/messages`."""
    global_bucket: Bucket = Bucket(1_000, 1.0)
    """Of the whole bot, interaction endpoints apart; Discord: 50 a second."""
    invalid_requests: Bucket = Bucket(10_000, 600.0)
    """Answers 401, 403 and 429 until Cloudflare shuts the door on the address."""
    nonce_seconds: float = 5 * 60.0
    """For how long `enforce_nonce` remembers ("the past few minutes")."""
    new_directs: Bucket = Bucket(1_000, 600.0)
    """Conversations a bot may open before 40003; Discord names no number, but quarantines."""
    command_creates_a_day: int = 200
    """Per scope; a bulk overwrite counts its new names only."""
