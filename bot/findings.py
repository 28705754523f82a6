"""What a look at the bot's parts finds: at a start, and by `soundingboard check`."""

from dataclasses import dataclass
from enum import IntEnum


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
