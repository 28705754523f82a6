"""What somebody asks the bot in a message of their own."""

import re

from bot.reading.clean import one_line

_SUMMARY = re.compile(
    r"(?:(?:please|can you|could you) )?summari[sz]e"
    r"(?: (?:this|it|the thread|this thread))?(?:,? please)?[.!?]?",
    re.IGNORECASE,
)
_SUGGESTION = re.compile(
    r"\s*(?:please\s+)?suggest(?:ion)?\b[\s:,–—-]*(?P<words>.*?)\s*", re.IGNORECASE | re.DOTALL
)
_HELP = re.compile(r"(?:please )?help(?: me)?(?:,? please)?[.!?]?", re.IGNORECASE)


def asks_for_summary(text: str) -> bool:
    """Whether a message to the bot says nothing but "summarise", whichever way it is spelled."""
    return _SUMMARY.fullmatch(one_line(text)) is not None


def suggestion_in(text: str) -> str | None:
    """What a message that begins with "suggest" goes on with, perhaps nothing; None for others."""
    found = _SUGGESTION.fullmatch(text)
    return found["words"] if found else None


def asks_for_help(text: str) -> bool:
    """Whether a message to the bot says nothing but "help"."""
    return _HELP.fullmatch(one_line(text)) is not None
