"""*Decide now*: a card for each idea that waits, with its customer's words and what can be done."""

import re

from bot.digests import Entry, Section
from bot.ideas import Idea, IdeaStatus
from bot.messages import Action, Button, Card, Line, Link, Tone
from bot.people import Role
from bot.reading.clean import clean, one_line, shorten
from bot.reading.summarize.talk import is_small_talk
from handlers.views.digest.writer import WAITING, Writer, author
from handlers.views.words import MOVE, STATUS, count

_ENDS = ".!?…。！？"


def decide(writer: Writer) -> tuple[Card, ...]:
    """The most wanted first."""
    entries = writer.listed(Section.DECIDE).entries
    found = [(entry, idea) for entry in entries if (idea := writer.idea(entry))]
    return tuple(_card(writer, entry, idea) for entry, idea in found[: writer.size.entries])


def _card(writer: Writer, entry: Entry, idea: Idea) -> Card:
    words, url = idea.wording, idea.address
    body: list[Line] = [_said(writer, idea)]
    if 0 < len(url) <= writer.size.link:
        body.append((Link("Read it where it was said", url),))
    title = f"#{idea.number} · {shorten(words.title, writer.size.title)}"
    status = idea.status_for(writer.shown.viewer)
    footer = f"{_votes(entry, writer.when)} · {_waiting(entry)}{_since(idea, status)}"
    return Card(title, tuple(body), (), (footer,), _buttons(writer, idea, status), Tone.BUSY)


def _said(writer: Writer, idea: Idea) -> Line:
    """The customer's words and whose they are; only that where the title has them all."""
    words = idea.wording
    quote = writer.quote(_beyond(words.title, words.body) or words.obstacle or words.job)
    return (quote, f" – {author(idea)}") if quote else (f"Said by {author(idea)}",)


def _beyond(title: str, body: str) -> str:
    """The body, without a first sentence that the title has already and a greeting before it."""
    body = clean(body)
    sentence = re.escape(one_line(title).rstrip(_ENDS)) + rf"(?:[{_ENDS}\n]+\s*|$)"
    told = re.search(sentence, body, re.IGNORECASE)
    if told is None or not _is_nothing(body[: told.start()]):
        return body
    return body[told.end() :]


def _is_nothing(text: str) -> bool:
    return not text or is_small_talk(one_line(text))


def _buttons(writer: Writer, idea: Idea, status: IdeaStatus) -> tuple[Button, ...]:
    """*Plan*, *Decline…* and *Answer…* where the team reads, and *Open* for everybody."""
    number = idea.number
    opened = Button("Open", Action.of("show", number))
    if not writer.shown.viewer.has(Role.PRODUCT) or status not in WAITING or idea.merged_into:
        return (opened,)
    planned = Action.of("decide", number, IdeaStatus.PLANNED, status)
    return (
        Button(MOVE[IdeaStatus.PLANNED], planned, Tone.GOOD),
        Button(MOVE[IdeaStatus.DECLINED], Action.of("decline", number, status), Tone.BAD),
        Button("Answer…", Action.of("answer", number)),
        opened,
    )


def _votes(entry: Entry, when: str) -> str:
    some = f"{entry.gained:,} of them" if entry.gained < entry.votes else "all of them"
    new = f", {some} new{when}" if entry.gained and not entry.is_new else ""
    return f"{count(entry.votes, 'vote')}{new}"


def _waiting(entry: Entry) -> str:
    return f"waiting {count(entry.days, 'day')}" if entry.days else "came today"


def _since(idea: Idea, status: IdeaStatus) -> str:
    """What has become of it since the digest was made."""
    if idea.merged_into:
        return f" · merged into #{idea.merged_into} since"
    return "" if status in WAITING else f" · {STATUS[status].lower()} since"
