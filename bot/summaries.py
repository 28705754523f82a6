"""A thread in short: rows of verbatim quotes, so that what is deleted or erased drops out."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.refs import AccountRef, MessageRef, ThreadRef


class Length(StrEnum):
    """How much of a thread somebody wants to read."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    FULL = "full"


class Part(StrEnum):
    """What a quote is there for, in the order a reader meets it."""

    OPENING = "opening"
    POINT = "point"
    PROPOSAL = "proposal"
    AGREEMENT = "agreement"
    DISAGREEMENT = "disagreement"
    QUESTION = "question"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that stand so in a message; for a link, the address."""

    part: Part
    message: MessageRef
    author: AccountRef
    author_name: str
    text: str
    permalink: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A message that a statement is about."""

    message: MessageRef
    author: AccountRef
    author_name: str
    permalink: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence a model wrote, with the messages that bear it out: with one of them gone, so is
    the sentence."""

    part: Part
    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """What a model was asked to make of a thread, and made of it from `read` of its messages. `why`
    there are no statements: `spent` is today's allowance, anything else the model's trouble."""

    model: str
    read: int = 0
    statements: tuple[Statement, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A thread's quotes by part, and its measures. `messages` are those people wrote; `writing` is
    None when no model was asked."""

    thread: ThreadRef
    quotes: tuple[Quote, ...]
    messages: int
    people: int
    first_at: datetime
    last_at: datetime
    length: Length = Length.PARAGRAPH
    writing: Writing | None = None

    def without(self, gone: Collection[MessageRef]) -> Self:
        """The same without what was quoted or said of these messages."""
        quotes = tuple(quote for quote in self.quotes if quote.message not in gone)
        if self.writing is None:
            return replace(self, quotes=quotes)
        told = tuple(
            statement
            for statement in self.writing.statements
            if not any(citation.message in gone for citation in statement.citations)
        )
        return replace(self, quotes=quotes, writing=replace(self.writing, statements=told))


@dataclass(frozen=True, slots=True)
class StoredSummary:
    """A summary by its row, with where its thread is read, and whether it, or one of another
    length, was posted there and sent to the product team."""

    id: int
    summary: Summary
    permalink: str
    posted: bool
    sent: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread we know of; `messages` is a hint until it is read."""

    id: int
    ref: ThreadRef
    messages: int
    last_at: datetime
    permalink: str


@dataclass(frozen=True, slots=True)
class Heard:
    """Replies heard in a thread since the last flush; `permalink` leads to one of them."""

    thread: ThreadRef
    replies: int
    last_at: datetime
    permalink: str
