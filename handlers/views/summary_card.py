"""A summary's card: people's quotes by part, or a model's sentences with what bears them out."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.ideas import Idea
from bot.messages import Bold, Card, Inline, Line, Link
from bot.reading.clean import one_line, shorten
from bot.summaries import Length, Part, Quote, Statement, StoredSummary, Summary
from handlers.views.words import count

BODY_LIMIT = 2_600
"""Characters of the quotes with their addresses: with seven headings under Slack's 3,000."""
QUOTE_LIMIT = 500
_NAME_LIMIT = 60
_ADDRESS_LIMIT = 120
_MODEL_LIMIT = 60

_HEADINGS = {
    Part.OPENING: "It started with",
    Part.POINT: "Points made",
    Part.PROPOSAL: "Proposed",
    Part.AGREEMENT: "Agreed",
    Part.DISAGREEMENT: "Disagreed",
    Part.QUESTION: "Still open",
    Part.LINK: "Links shared",
}


def summary_card(stored: StoredSummary, zone: ZoneInfo, idea: Idea | None) -> Card:
    """By its number only, the idea is told: its words may be taken back, and stand on its card."""
    summary = stored.summary
    about: tuple[Line, ...] = (
        ((f"What people say about idea #{idea.number}",), ()) if idea is not None else ()
    )
    told = (*_label(summary), *_body(summary)) or (("Nothing of it is left to quote.",),)
    link: tuple[Line, ...] = (
        ((), (Link("Read it from the start", stored.permalink),)) if stored.permalink else ()
    )
    measures = (
        f"{count(summary.messages, 'message')} by {count(summary.people, 'person', 'people')}"
    )
    span = _span(summary.first_at.astimezone(zone), summary.last_at.astimezone(zone))
    return Card("The thread in short", (*about, *told, *link), footer=(f"{measures} · {span}",))


def _span(first: datetime, last: datetime) -> str:
    if first.date() == last.date():
        return f"{_day(first)}, {first:%H:%M}–{last:%H:%M}"
    return f"{_day(first)} – {_day(last)}"


def _day(at: datetime) -> str:
    return f"{at.day} {at:%b %Y}"


def _statements(summary: Summary) -> tuple[Statement, ...]:
    return summary.writing.statements if summary.writing else ()


def _label(summary: Summary) -> tuple[Line, ...]:
    """That a model wrote it, and from how much."""
    if summary.writing is None or not summary.writing.statements:
        return ()
    read = summary.writing.read
    some = f", from {read} of the {summary.messages} messages" if read < summary.messages else ""
    model = shorten(summary.writing.model, _MODEL_LIMIT)
    told = f" ({model}){some}. The names lead to the messages it is about."
    return (Bold("Written by a model"), told), ()


def _body(summary: Summary) -> tuple[Line, ...]:
    """Part by part, as long as there is room; the rest is counted."""
    if summary.length is Length.LINE:
        return _one_line(summary)
    lines: list[Line] = []
    room = BODY_LIMIT
    for part, heading in _HEADINGS.items():
        told = [*_told(summary, part)]
        if not told:
            continue
        more = sum(size for _, size in told)
        lines += [(), (Bold(heading),)]
        for line, size in told:
            room -= _size(line)
            if room < 0:
                break
            lines.append(line)
            more -= size
        lines += [(f"+{more} more",)] if more else []
    return tuple(lines[1:])


def _one_line(summary: Summary) -> tuple[Line, ...]:
    """What was asked for in a line: without headings and addresses."""
    line: Line = ()
    for part in Part:
        for told, _ in _told(summary, part) if part is not Part.LINK else ():
            if _size((*line, " ", *told)) <= BODY_LIMIT:
                line = (*line, " ", *told) if line else told
    return (line,) if line else ()


def _told(summary: Summary, part: Part) -> Iterator[tuple[Line, int]]:
    """A part's lines, and how many quotes or sentences each holds."""
    statements = _statements(summary)
    if statements and part is not Part.LINK:
        return ((_statement(one), 1) for one in statements if one.part is part)
    return _lines([quote for quote in summary.quotes if quote.part is part])


def _statement(statement: Statement) -> Line:
    """A model's sentence, with a link to each message under its author's name."""
    named = [_name(one.author_name, one.permalink) for one in statement.citations]
    cited = [part for name in named for part in (", ", name)][1:]
    return (f"{shorten(one_line(statement.text), QUOTE_LIMIT)} (", *cited, ")")


def _lines(quotes: Sequence[Quote]) -> Iterator[tuple[Line, int]]:
    """Each message's quotes on a line, and how many they are."""
    for _, group in groupby(quotes, lambda quote: quote.message):
        same = list(group)
        last = _line(same[-1])
        before = [part for quote in same[:-1] for part in _line(quote)[:-1]]
        yield (*before, *last), len(same)


def _line(quote: Quote) -> Line:
    author = _name(quote.author_name, quote.permalink)
    if quote.part is Part.LINK:
        address = quote.text if "://" in quote.text else f"https://{quote.text}"
        return (_address(address), " · ", author)
    return (f"“{shorten(one_line(quote.text), QUOTE_LIMIT)}” ", author)


def _name(name: str, permalink: str) -> Inline:
    short = shorten(one_line(name), _NAME_LIMIT) or "somebody"
    return Link(short, permalink) if permalink else short


def _address(address: str) -> Inline:
    """The address itself, so that it leads where it says; a very long one leads nowhere."""
    short = shorten(address, _ADDRESS_LIMIT)
    return Link(short, address) if short == address else short


def _size(line: Line) -> int:
    """Characters as platforms count them: a link's address and the line break, too."""
    sizes = (len(i.label) + len(i.url) if isinstance(i, Link) else len(str(i)) for i in line)
    return sum(sizes) + 1
