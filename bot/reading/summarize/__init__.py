"""A thread in short, in verbatim quotes: `summarize` and the lengths to ask for."""

from bot.reading.summarize.thread import FULL, LINE, PARAGRAPH, WORDS, summarize

__all__ = ["FULL", "LINE", "PARAGRAPH", "WORDS", "summarize"]
