"""What every section of a digest is written with: how much to say, names and quotes."""

from dataclasses import dataclass
from datetime import timedelta

from bot.board.past import Shown
from bot.digests import Entry, Listed, Section
from bot.ideas import Idea, IdeaStatus
from bot.messages import Code, Inline, Line, Link
from bot.reading.clean import one_line, shorten
from handlers.views.words import author_of, name_of

WAITING = (IdeaStatus.NEW, IdeaStatus.UNDER_REVIEW)
_HIDDEN = (IdeaStatus.HELD, IdeaStatus.WITHDRAWN)
_NAME_LIMIT = 40
_ABOUT_A_WEEK = timedelta(days=8)
_COMMANDS = {
    Section.RISING: "/ideas top",
    Section.NEW: "/ideas new",
    Section.WAITING: "/ideas waiting",
}
"""Where a section goes on."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is said: entries of a section, characters of a title, a quote, a link's address."""

    entries: int
    title: int
    quote: int
    link: int


LONG = Size(entries=5, title=100, quote=280, link=200)
"""For a message of five cards or three lists: within every limit whatever people wrote."""
SHORT = Size(entries=3, title=60, quote=140, link=0)
"""For all sections in one private message of ten cards."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A digest being written. An idea that has waited for more than `days` has waited too long."""

    shown: Shown
    days: int
    size: Size = LONG

    def listed(self, section: Section) -> Listed:
        """A section; empty when it is not there."""
        return self.shown.digest.sections.get(section, Listed())

    @property
    def when(self) -> str:
        """` this week`, unless the period is a longer one."""
        period = self.shown.digest.period
        return " this week" if period.end - period.start < _ABOUT_A_WEEK else ""

    def idea(self, entry: Entry) -> Idea | None:
        """An entry's idea; None when it is gone or not theirs to see."""
        idea = self.shown.ideas.get(entry.idea)
        return None if idea is None or idea.status in _HIDDEN else idea

    def name(self, idea: Idea) -> Inline:
        """`#12 “Dark mode”`, leading to where it was said if that is known."""
        return self.leading(name_of(idea, self.size.title), idea.address)

    def leading(self, label: str, url: str) -> Inline:
        """A link, or bare words where there is no address or no room for it."""
        return Link(label, url) if 0 < len(url) <= self.size.link else label

    def quote(self, text: str, share: float = 1) -> str:
        """A person's words in quotation marks, on one line; empty for none. `share`: of the usual
        length."""
        words = one_line(text)
        return f"“{shorten(words, int(self.size.quote * share))}”" if words else ""

    def more(self, section: Section, left: int) -> tuple[Line, ...]:
        """How many were not named, and where they are found."""
        if left <= 0:
            return ()
        if section not in _COMMANDS:
            return ((f"and {left:,} more",),)
        return ((f"and {left:,} more: ", Code(_COMMANDS[section])),)


def author(idea: Idea) -> str:
    """Whose words they are."""
    return shorten(author_of(idea), _NAME_LIMIT)
