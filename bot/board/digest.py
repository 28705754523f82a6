"""A digest put together: what to decide first, then what moves, and nothing twice."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.board.reach import member_of
from bot.config import Config
from bot.digests import WEEKS, Digest, Entry, Listed, Section
from bot.ideas import Audience
from bot.people import Role, Viewer
from bot.periods import Period, weeks
from bot.refs import ChannelRef
from bot.results import Post, Subject
from bot.store import Store
from bot.summaries import Thread

SHOWN = 5
"""Entries of a section."""
_LOOKED_AT = 50
"""Of which those shown in an earlier section are left out."""

PAGES: dict[str, tuple[Section, ...]] = {
    "digest": (Section.DECIDE,),
    "digest_moves": (Section.RISING, Section.NEW),
    "digest_news": (Section.DECIDED, Section.MERGED, Section.WAITING),
    "digest_voices": (Section.VOICES, Section.THREADS),
    "digest_numbers": (),
}
"""The messages of a digest by the kind of their subject, permanent, with the sections in each. The
others hang under the first."""


def viewer_for(config: Config, destination: ChannelRef) -> Viewer:
    """Whose eyes a channel's digest is for: the team's in a product inbox, else any member's."""
    if destination in config.product.inboxes:
        return Viewer(destination.connection, None, frozenset({Role.PRODUCT}), shows_all=True)
    return member_of(config, destination.connection)


async def is_due(store: Store, destination: ChannelRef, period: Period) -> bool:
    """Whether neither it nor a later one was prepared for a channel."""
    prepared = await store.digest_periods(destination)
    return all(one.end < period.end for one in prepared)


def kinds(digest: Digest) -> list[str]:
    """The messages of a digest: the first and the numbers, and those that have a section."""
    always = ("digest", "digest_numbers")
    return [
        kind
        for kind, sections in PAGES.items()
        if kind in always or not digest.sections.keys().isdisjoint(sections)
    ]


def posts(digest: Digest, row: int, destination: ChannelRef) -> tuple[Post, ...]:
    """The posts of a stored digest; none when there is nothing to say."""
    if digest.is_silent:
        return ()
    first, *rest = [Subject(kind, row) for kind in kinds(digest)]
    return (Post(destination, first), *(Post(destination, one, under=first) for one in rest))


async def gather(store: Store, config: Config, viewer: Viewer, period: Period) -> Digest:
    """What there is to say about a period, as the viewer may know it (at most 21 statements)."""
    since = period.end - timedelta(days=config.digest.waiting_days)
    wanted, waiting = await store.unanswered(viewer, period, since, (SHOWN, _LOOKED_AT))
    rising = await store.rising(viewer, period, _LOOKED_AT)
    arrived = await store.arrived(viewer, period, _LOOKED_AT)
    decide = _with_gains(wanted, rising)
    decided = await store.decided(viewer, period, SHOWN)
    told = (*decide.entries, *decided.entries)
    moving = _without(rising, told)
    told += moving.entries
    sections = {
        Section.DECIDE: decide,
        Section.RISING: await _answered(store, moving),
        Section.NEW: await _answered(store, _without(arrived, told)),
        Section.DECIDED: decided,
        Section.MERGED: await store.merged(viewer, period, SHOWN),
        Section.WAITING: _without(waiting, told),
        Section.VOICES: await _voices(store, (*rising.entries, *arrived.entries)),
        Section.THREADS: await _threads(store, config, viewer, period),
    }
    both = period, period.before(config.zone)
    numbers = await store.numbers(viewer, both, weeks(period.end, config.zone, WEEKS))
    return Digest(period, {s: listed for s, listed in sections.items() if listed.entries}, numbers)


def _with_gains(wanted: Listed, rising: Listed) -> Listed:
    gained = {entry.idea: entry.gained for entry in rising.entries}
    entries = (replace(entry, gained=gained.get(entry.idea, 0)) for entry in wanted.entries)
    return Listed(tuple(entries), wanted.total)


def _without(listed: Listed, told: Iterable[Entry]) -> Listed:
    """The first entries that were not told before."""
    before = {entry.idea for entry in told}
    left = [entry for entry in listed.entries if entry.idea not in before]
    return Listed(tuple(left[:SHOWN]), listed.total - len(listed.entries) + len(left))


async def _answered(store: Store, listed: Listed) -> Listed:
    """The same, with what is not to be decided any more."""
    settled = await store.settled({entry.idea for entry in listed.entries})
    entries = (replace(entry, answered=entry.idea in settled) for entry in listed.entries)
    return Listed(tuple(entries), listed.total)


async def _voices(store: Store, supported: Sequence[Entry]) -> Listed:
    """The most supported ideas that say what somebody is trying to get done."""
    ideas = await store.ideas({entry.idea for entry in supported})
    first = {entry.idea: entry for entry in reversed(supported)}
    said = {number: idea.wording.job or idea.wording.obstacle for number, idea in ideas.items()}
    speaking = [one for one in supported if first[one.idea] is one and said.get(one.idea)]
    return Listed(tuple(speaking[:SHOWN]), min(len(speaking), SHOWN))


async def _threads(store: Store, config: Config, viewer: Viewer, period: Period) -> Listed:
    long = await store.long_threads(period, config.threads.min_messages, _LOOKED_AT)
    open_to = [thread for thread in long if _is_open(config, viewer, thread)]
    entries = [await _thread(store, viewer, thread) for thread in open_to[:SHOWN]]
    return Listed(tuple(entries), len(open_to))


async def _thread(store: Store, viewer: Viewer, thread: Thread) -> Entry:
    """With the idea it is about: one that was captured from its opening, or whose card that is."""
    idea = await store.idea_at(thread.ref.opening)
    about = idea.number if idea and idea.visible_to(viewer) else 0
    return Entry(idea=about, thread=thread.id, messages=thread.messages)


def _is_open(config: Config, viewer: Viewer, thread: Thread) -> bool:
    """Whether a viewer may know of a thread. Beside the product team, only where the channel's
    audience is named: without that nobody says that the channel is not a private one."""
    connection = config.connections.get(thread.ref.connection)
    if connection is None or not connection.summarizes(thread.ref.channel):
        return False
    if viewer.has(Role.PRODUCT):
        return True
    settings = connection.channels.get(thread.ref.channel)
    if settings is None or settings.audience in (None, Audience.INBOX):
        return False
    here = thread.ref.connection == viewer.connection
    return here or (viewer.shows_all and settings.audience is Audience.EVERYONE)
