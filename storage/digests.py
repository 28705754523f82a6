"""Digests that were prepared, and what their words are made from when they are shown."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update

from bot.digests import Digest, Entry, Figures, Listed, Numbers, Section
from bot.ideas import Idea
from bot.periods import Period
from bot.refs import ChannelRef
from bot.summaries import Part as QuotePart
from bot.summaries import Thread
from storage.ideas import IDEAS, to_idea
from storage.part import Part, same_person
from storage.schema import digest_parts, digests, ideas, quotes, summaries, threads
from storage.threads import THREADS, to_thread

_NUMBERS = "numbers"
_NOTHING = Entry()


class Digests(Part):
    """Each destination's digests, once a period."""

    async def add_digest(self, digest: Digest, destination: ChannelRef, at: datetime) -> int | None:
        """Store a digest; its row, or None when that period was prepared before (2 statements)."""
        new = self._insert(digests).values(
            destination=destination, period=str(digest.period), prepared_at=at
        )
        row: int | None = await self._value(new.on_conflict_do_nothing().returning(digests.c.id))
        if row is not None and not digest.is_silent:
            parts = [
                {"digest": row, "position": position, "section": section, "content": content}
                for position, (section, content) in enumerate(_packed(digest))
            ]
            await self._connection.execute(insert(digest_parts), parts)
        return row

    async def digest(self, digest: int) -> Digest | None:
        """A digest by its row (2 statements)."""
        row = await self._row(select(digests).where(digests.c.id == digest))
        if row is None:
            return None
        parts = select(digest_parts).where(digest_parts.c.digest == digest)
        found = await self._rows(parts.order_by(digest_parts.c.position))
        sections, numbers = _unpacked([(part.section, part.content) for part in found])
        return Digest(Period.parse(row.period), sections, numbers, row.destination, row.id)

    async def digest_periods(self, destination: ChannelRef) -> list[Period]:
        """The periods that were prepared for a destination, in that order."""
        there = select(digests.c.period).where(digests.c.destination == destination)
        rows = await self._rows(there.order_by(digests.c.id))
        return [Period.parse(row.period) for row in rows]

    async def past_digests(self, limit: int) -> list[tuple[int, ChannelRef, Period]]:
        """The latest digests with something to say: row, destination and period."""
        rows = await self._rows(
            select(digests.c.id, digests.c.destination, digests.c.period)
            .where(digests.c.id.in_(select(digest_parts.c.digest)))
            .order_by(digests.c.id.desc())
            .limit(limit)
        )
        return [(row.id, row.destination, Period.parse(row.period)) for row in rows]

    async def digests_naming(self, member: int | None, changed: Collection[int]) -> list[int]:
        """The digests that look different now, without a member's words or with changed summaries;
        before the member is erased."""
        own = select(ideas.c.number).where(ideas.c.author.in_(same_person(member or 0)))
        theirs = own.union(select(ideas.c.number).where(ideas.c.merged_into.in_(own)))
        talks = select(summaries.c.thread).where(summaries.c.id.in_(changed))
        content = digest_parts.c.content
        named = select(digest_parts.c.digest).where(
            or_(
                content["idea"].as_integer().in_(theirs),
                content["thread"].as_integer().in_(talks),
            )
        )
        touched = (
            update(digests).where(digests.c.id.in_(named)).values(version=digests.c.version + 1)
        )
        rows = await self._rows(touched.returning(digests.c.id))
        return sorted(row.id for row in rows)

    async def ideas(self, numbers: Collection[int]) -> dict[int, Idea]:
        """Several ideas by their numbers."""
        rows = await self._rows(IDEAS.where(ideas.c.number.in_(numbers)))
        return {row.number: to_idea(row) for row in rows}

    async def threads_of(self, rows: Collection[int]) -> dict[int, tuple[Thread, str]]:
        """Threads by their rows, with what is left of their opening in our summary, if any."""
        opening = (
            select(quotes.c.text)
            .join(summaries, summaries.c.id == quotes.c.summary)
            .where(summaries.c.thread == threads.c.id, quotes.c.part == QuotePart.OPENING)
        )
        latest = opening.order_by(summaries.c.at.desc(), quotes.c.id)
        first = latest.limit(1).scalar_subquery().label("opening")
        found = await self._rows(THREADS.add_columns(first).where(threads.c.id.in_(rows)))
        return {row.id: (to_thread(row), row.opening or "") for row in found}


def _packed(digest: Digest) -> list[tuple[str, Mapping[str, Any]]]:
    """The entries in order, then the numbers, each with its section's name."""
    totals = {section: listed.total for section, listed in digest.sections.items()}
    entries = [
        (str(section), _told(entry))
        for section, listed in digest.sections.items()
        for entry in listed.entries
    ]
    return [*entries, (_NUMBERS, {**asdict(digest.numbers), "totals": totals})]


def _told(entry: Entry) -> dict[str, int]:
    """What an entry says beyond nothing."""
    values = {field.name: getattr(entry, field.name) for field in fields(Entry)}
    return {name: value for name, value in values.items() if value != getattr(_NOTHING, name)}


def _unpacked(parts: list[tuple[str, dict[str, Any]]]) -> tuple[dict[Section, Listed], Numbers]:
    if not parts:
        return {}, Numbers()
    *entries, (_, numbers) = parts
    totals = numbers["totals"]
    sections = {
        section: Listed(
            tuple(Entry(**content) for name, content in entries if name == section), totals[section]
        )
        for section in Section
        if section in totals
    }
    return sections, Numbers(
        Figures(**numbers["now"]),
        Figures(**numbers["before"]),
        tuple(numbers["ideas_by_week"]),
        tuple(numbers["votes_by_week"]),
    )
