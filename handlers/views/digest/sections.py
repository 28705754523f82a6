"""The sections that are lists: a line or two for each entry."""

from collections.abc import Iterable

from bot.digests import Entry, Section
from bot.ideas import Idea
from bot.messages import Action, Bold, Button, Card, ChannelName, Inline, Line
from bot.reading.clean import one_line, shorten
from bot.refs import ChannelRef
from handlers.views.digest.writer import LONG, WAITING, Writer, author
from handlers.views.words import STATUS, count, name_of

_TITLES = {
    Section.RISING: "Rising{when}",
    Section.NEW: "New{when}",
    Section.DECIDED: "Decided and shipped",
    Section.MERGED: "Merged",
    Section.WAITING: "Waiting for an answer for more than {days}",
    Section.VOICES: "What customers are trying to get done, and what gets in the way",
    Section.THREADS: "Threads worth reading",
}
_VOICE, _REASON = 0.65, 0.5
"""How long these quotes may be: there are ten and five of them on a card."""
_OPENED = (Section.RISING, Section.NEW, Section.WAITING)
"""Sections whose ideas have a button that opens them."""


def cards(writer: Writer, sections: Iterable[Section]) -> tuple[Card, ...]:
    """A card for each section that has anything left to say."""
    return tuple(card for section in sections if (card := _card(writer, section)))


def _card(writer: Writer, section: Section) -> Card | None:
    listed = writer.listed(section)
    told = [(e, lines) for e in listed.entries if (lines := _told(writer, section, e))]
    named = told[: writer.size.entries]
    if not named:
        return None
    left = listed.total - len(listed.entries) + len(told) - len(named)
    said = tuple(line for _, lines in named for line in lines)
    title = _TITLES[section].format(when=writer.when, days=count(writer.days, "day"))
    opened = named if section in _OPENED and writer.size is LONG else []
    buttons = tuple(Button(f"#{e.idea}", Action.of("show", e.idea)) for e, _ in opened)
    return Card(title, (*said, *writer.more(section, left)), buttons=buttons)


def _told(writer: Writer, section: Section, entry: Entry) -> tuple[Line, ...]:
    """What is said of an entry; nothing of what is gone."""
    if section is Section.THREADS:
        return _thread(writer, entry)
    idea = writer.idea(entry)
    if idea is None:
        return ()
    name, votes = writer.name(idea), count(entry.votes, "vote")
    match section:
        case Section.RISING:
            gained = count(entry.gained, "new vote")
            return ((name, f" · {gained}, {entry.votes:,} in all{_status(writer, idea, entry)}"),)
        case Section.NEW:
            return ((name, f" · {votes} · {author(idea)}{_status(writer, idea, entry)}"),)
        case Section.WAITING:
            return ((name, f" · {count(entry.days, 'day')} · {votes}"),)
        case Section.DECIDED:
            return _decided(writer, entry, idea)
        case Section.MERGED:
            return _merged(writer, idea, votes)
        case _:
            return _voice(writer, idea)


def _status(writer: Writer, idea: Idea, entry: Entry) -> str:
    """Where it stands, once the team has begun on it or said something to it."""
    status = idea.status_for(writer.shown.viewer)
    if status in WAITING:
        return " · answered" if entry.answered else ""
    return f" · {STATUS[status].lower()}"


def _decided(writer: Writer, entry: Entry, idea: Idea) -> tuple[Line, ...]:
    decision = writer.shown.decisions.get(entry.decision)
    if decision is None:
        return ()
    reason = writer.quote(decision.reason, _REASON)
    why = f": {reason}" if reason else ""
    return ((Bold(STATUS[decision.status]), " ", writer.name(idea), why),)


def _merged(writer: Writer, idea: Idea, votes: str) -> tuple[Line, ...]:
    target = writer.shown.ideas.get(idea.merged_into or 0)
    if target is None:
        return ()
    into = name_of(target, writer.size.title)
    return ((writer.name(idea), f" now counts for {into}: {votes} together"),)


def _voice(writer: Writer, idea: Idea) -> tuple[Line, ...]:
    said = idea.wording.job, idea.wording.obstacle
    job, obstacle = (writer.quote(text, _VOICE) for text in said)
    whose = f" – {author(idea)}, #{idea.number}"
    if not obstacle:
        return ((job, whose),) if job else ()
    hindered = ("↳ In the way: ", obstacle)
    return ((job, whose), hindered) if job else ((*hindered, whose),)


def _thread(writer: Writer, entry: Entry) -> tuple[Line, ...]:
    if entry.thread not in writer.shown.threads:
        return ()
    thread, opening = writer.shown.threads[entry.thread]
    idea, where = writer.idea(entry), tuple[Inline, ...]()
    if idea:
        words = name_of(idea, writer.size.title)
    elif opening:
        words = f"“{shorten(one_line(opening), writer.size.title)}”"
    else:
        channel = ChannelName(ChannelRef(thread.ref.connection, thread.ref.channel))
        words, where = "A conversation", (" in ", channel)
    long = f" · {count(entry.messages, 'message')}"
    return ((writer.leading(words, thread.permalink), *where, long),)
