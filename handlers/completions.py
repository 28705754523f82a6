"""Ideas to choose from while somebody types."""

from collections.abc import Iterable

from bot.ideas import Idea
from bot.reading.clean import shorten
from bot.results import Choices

CHOICES = 10
_LABEL_LIMIT = 75
"""Characters of an option on Slack; Discord takes 100."""


def completions(ideas: Iterable[Idea]) -> Choices:
    """Each idea by its number."""
    return Choices(tuple((str(idea.number), _label(idea)) for idea in ideas))


def _label(idea: Idea) -> str:
    return shorten(f"#{idea.number} {idea.wording.title}", _LABEL_LIMIT)
