"""What somebody asks the bot in a message of their own."""

import re

from bot.reading.clean import one_line
from bot.summaries import Length

_SUMMARY = re.compile(
    r"(?:(?:please|can you|could you) )?summari[sz]e"
    r"(?: (?:this|it|the thread|this thread))?"
    r"(?:,? (?:in|as) (?:(?:a|one) )?(?:(?:single|short) )?"
    r"(?P<length>line|sentence|paragraph|full|detail))?"
    r"(?:,? please)?[.!?]?",
    re.IGNORECASE,
)
_LENGTHS = {
    "line": Length.LINE,
    "sentence": Length.LINE,
    "paragraph": Length.PARAGRAPH,
    "full": Length.FULL,
    "detail": Length.FULL,
}
_SUGGESTION = re.compile(
    r"\s*(?:please\s+)?suggest(?:ion)?\b[\s:,–—-]*(?P<words>.*?)\s*", re.IGNORECASE | re.DOTALL
)
_HELP = re.compile(r"(?:please )?help(?: me)?(?:,? please)?[.!?]?", re.IGNORECASE)


def asks_for_summary(text: str) -> Length | None:
    """How long a summary somebody wants whose message to the bot says "summarise", whichever way
    it is spelled, "in a line", "in full" or so, and nothing else; None when it does not."""
    found = _SUMMARY.fullmatch(one_line(text))
    return _LENGTHS[(found["length"] or "paragraph").lower()] if found else None


def length_after(link: str) -> Length:
    """What stands behind a link: `line`, `paragraph` or `full`; a paragraph if none of them."""
    words = one_line(link).lower().split()
    return next((_LENGTHS[word] for word in words[1:] if word in _LENGTHS), Length.PARAGRAPH)


def suggestion_in(text: str) -> str | None:
    """What a message that begins with "suggest" goes on with, perhaps nothing; None for others."""
    found = _SUGGESTION.fullmatch(text)
    return found["words"] if found else None


def asks_for_help(text: str) -> bool:
    """Whether a message to the bot says nothing but "help"."""
    return _HELP.fullmatch(one_line(text)) is not None
