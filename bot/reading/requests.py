"""What somebody asks the bot in a message of their own."""

import re

from bot.reading.clean import one_line

_SUMMARY = re.compile(
    r"(?:(?:please|can you|could you) )?summari[sz]e"
    r"(?: (?:this|it|the thread|this thread))?(?:,? please)?[.!?]?",
    re.IGNORECASE,
)


def asks_for_summary(text: str) -> bool:
    """Whether a message to the bot says nothing but "summarise", whichever way it is spelled."""
    return _SUMMARY.fullmatch(one_line(text)) is not None
