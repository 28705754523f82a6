"""A digest: what a period asks of the product team, in ids and figures.

People's words are never part of it: they are looked up when it is shown, so that erasure holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.periods import Period
from bot.refs import ChannelRef

WEEKS = 8
"""How far back the chart goes."""


class Section(StrEnum):
    """What is told, in the order a reader meets it."""

    DECIDE = "decide"
    RISING = "rising"
    NEW = "new"
    DECIDED = "decided"
    MERGED = "merged"
    WAITING = "waiting"
    VOICES = "voices"
    THREADS = "threads"


@dataclass(frozen=True, slots=True)
class Entry:
    """An idea or a thread in a section, with its figures of that moment.

    `decision` and `thread` are rows, `gained` the votes of the period, `days` the idea's age.
    `is_new`: it came in the period; `answered`: it has its answer.
    """

    idea: int = 0
    decision: int = 0
    thread: int = 0
    votes: int = 0
    gained: int = 0
    days: int = 0
    is_new: bool = False
    answered: bool = False
    messages: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """The first entries of a section, and how many there are in all."""

    entries: tuple[Entry, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in a period.

    `people` suggested or voted. `answer_hours` is the median time to a first answer given in it;
    `answered` is the share, 0 to 1, of its ideas that had one by its end. None: there were none.
    """

    ideas: int = 0
    votes: int = 0
    people: int = 0
    answer_hours: float | None = None
    answered: float | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """A period's figures, those of the one before, and ideas and votes by week, oldest first."""

    now: Figures = Figures()
    before: Figures = Figures()
    ideas_by_week: tuple[int, ...] = (0,) * WEEKS
    votes_by_week: tuple[int, ...] = (0,) * WEEKS


@dataclass(frozen=True, slots=True)
class Digest:
    """What there is to say; `id` is its row (0: not stored), `destination` the channel it is for
    (None: one person asked for it). Only sections with entries are there."""

    period: Period
    sections: Mapping[Section, Listed]
    numbers: Numbers = Numbers()
    destination: ChannelRef | None = None
    id: int = 0

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to say."""
        now = self.numbers.now
        return not (self.sections or now.ideas or now.votes)
