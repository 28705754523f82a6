"""What a look at the bot's parts finds: at a start, and by `soundingboard check`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

Identity = TypeVar("Identity")
ChannelFacts = TypeVar("ChannelFacts")


class Verdict(IntEnum):
    """What was found; the worst is the exit code."""

    RIGHT = 0
    LOOK = 1
    MEND = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """A part, and what to do about it."""

    part: str
    verdict: Verdict
    text: str


@dataclass(frozen=True)  # typing sets an attribute of its own on what a generic alias makes
class Examined(Generic[Identity, ChannelFacts]):
    """What a look at a connection brought to light, and what its adapter may keep of it: who we
    are there, None when the login failed, and the configured channels by id."""

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
