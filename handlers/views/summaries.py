"""A thread in short, and what is said around it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.board.submit import channel_of, is_listened
from bot.config import Config
from bot.ideas import Idea
from bot.messages import Action, Bold, Button, Card, Inline, Line, Link, Message, Tone
from bot.reading.clean import one_line, shorten
from bot.summaries import Part, Quote, StoredSummary, Summary, Thread
from handlers.views.words import count

BODY_LIMIT = 2_600
"""Characters of the quotes with their addresses: with seven headings under Slack's 3,000."""
QUOTE_LIMIT = 500
_NAME_LIMIT = 60
_ADDRESS_LIMIT = 120

_HEADINGS = {
    Part.OPENING: "It started with",
    Part.POINT: "Points made",
    Part.PROPOSAL: "Proposed",
    Part.AGREEMENT: "Agreed",
    Part.DISAGREEMENT: "Disagreed",
    Part.QUESTION: "Still open",
    Part.LINK: "Links shared",
}


def note(stored: StoredSummary, config: Config, idea: Idea | None = None) -> Message:
    """The summary for the one person who asked, with what they can do with it. `idea`: the one
    whose card the thread hangs under."""
    number = stored.id
    listened = is_listened(config, channel_of(stored.summary.thread))
    rows = (
        (not stored.posted, Button("Post to thread", Action.of("post_summary", number), Tone.GOOD)),
        (
            not stored.sent and listened and config.product.inbox is not None,
            Button("Send to product", Action.of("send_summary", number)),
        ),
    )
    buttons = tuple(button for fits, button in rows if fits)
    told = [
        (stored.posted, "It is posted in its thread, and brought up to date there."),
        (stored.sent, "The product team has it."),
    ]
    lines: tuple[Line, ...] = tuple((text,) for fits, text in told if fits)
    return Message(
        lines,
        (_card(stored, config.zone, idea),),
        buttons if stored.summary.quotes else (),
    )


def posted(stored: StoredSummary, config: Config, idea: Idea | None = None) -> Message:
    """The summary for everybody in its thread, or for the product team."""
    return Message(cards=(_card(stored, config.zone, idea),))


def _card(stored: StoredSummary, zone: ZoneInfo, idea: Idea | None) -> Card:
    """By its number only, the idea is told: its words may be taken back, and stand on its card."""
    summary = stored.summary
    about: tuple[Line, ...] = (
        ((f"What people say about idea #{idea.number}",), ()) if idea is not None else ()
    )
    body = (*about, *(_body(summary) or (("Nothing of it is left to quote.",),)))
    link: tuple[Line, ...] = (
        ((), (Link("Read it from the start", stored.permalink),)) if stored.permalink else ()
    )
    measures = (
        f"{count(summary.messages, 'message')} by {count(summary.people, 'person', 'people')}"
    )
    span = _span(summary.first_at.astimezone(zone), summary.last_at.astimezone(zone))
    return Card("The thread in short", (*body, *link), footer=(f"{measures} · {span}",))


def _span(first: datetime, last: datetime) -> str:
    if first.date() == last.date():
        return f"{_day(first)}, {first:%H:%M}–{last:%H:%M}"
    return f"{_day(first)} – {_day(last)}"


def _day(at: datetime) -> str:
    return f"{at.day} {at:%b %Y}"


def _body(summary: Summary) -> tuple[Line, ...]:
    """Part by part, as long as there is room; the rest is counted."""
    lines: list[Line] = []
    room = BODY_LIMIT
    for part, heading in _HEADINGS.items():
        quotes = [quote for quote in summary.quotes if quote.part is part]
        if not quotes:
            continue
        more = len(quotes)
        lines += [(), (Bold(heading),)]
        for line, told in _lines(quotes):
            room -= _size(line)
            if room < 0:
                break
            lines.append(line)
            more -= told
        lines += [(f"+{more} more",)] if more else []
    return tuple(lines[1:])


def _lines(quotes: Sequence[Quote]) -> Iterator[tuple[Line, int]]:
    """Each message's quotes on a line, and how many they are."""
    for _, group in groupby(quotes, lambda quote: quote.message):
        same = list(group)
        last = _line(same[-1])
        before = [part for quote in same[:-1] for part in _line(quote)[:-1]]
        yield (*before, *last), len(same)


def _line(quote: Quote) -> Line:
    name = shorten(one_line(quote.author_name), _NAME_LIMIT) or "somebody"
    author: Inline = Link(name, quote.permalink) if quote.permalink else name
    if quote.part is Part.LINK:
        address = quote.text if "://" in quote.text else f"https://{quote.text}"
        return (_address(address), " · ", author)
    return (f"“{shorten(one_line(quote.text), QUOTE_LIMIT)}” ", author)


def _address(address: str) -> Inline:
    """The address itself, so that it leads where it says; a very long one leads nowhere."""
    short = shorten(address, _ADDRESS_LIMIT)
    return Link(short, address) if short == address else short


def _size(line: Line) -> int:
    """Characters as platforms count them: a link's address and the line break, too."""
    sizes = (len(i.label) + len(i.url) if isinstance(i, Link) else len(str(i)) for i in line)
    return sum(sizes) + 1


def offer(thread: Thread) -> Message:
    """A long thread went quiet: for moderators to decide what becomes of it."""
    link: Line = (Link("Read the thread", thread.permalink),) if thread.permalink else ()
    head: Line = (
        Bold("A long thread has gone quiet"),
        f": {count(thread.messages, 'message')}. Is there something in it for the product team?",
    )
    buttons = (
        Button("Summarise", Action.of("summarize", thread.id), Tone.GOOD),
        Button("Capture as idea", Action.of("capture_thread", thread.id)),
    )
    return Message((head, link) if link else (head,), buttons=buttons)


def reading(thread: Thread | None) -> Message:
    """At once, while a job reads."""
    long = thread is not None and thread.messages > 1
    what = count(thread.messages, "message") if thread and long else "the thread"
    return Message(((f"Reading {what}… The summary comes in a moment, for you alone.",),))


def capturing() -> Message:
    """The job will read the first message."""
    line = "The thread's first message becomes an idea in its author's name."
    return Message(((line,),))


def gone() -> Message:
    """There is none, or not for them: which of the two is not said."""
    return Message((("I cannot find that thread.",),))


def short() -> Message:
    """Fewer words than a summary would have."""
    return Message((("There is too little in that thread to make it shorter.",),))


def kept_out() -> Message:
    """Its channel is configured so."""
    line = "Threads in that channel are kept out of summaries, so I have not read it."
    return Message(((line,),))
