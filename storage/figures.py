"""A digest's numbers: counts by time, people, and how soon ideas were answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    distinct,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)

from bot.digests import Figures, Numbers
from bot.people import Role, Viewer
from bot.periods import Period
from storage.answers import FIRST, shown_to
from storage.part import PERSON, Part
from storage.schema import accounts, ideas, members, votes
from storage.sections import within
from storage.types import Moment

_HOUR = timedelta(hours=1)
_button = votes.alias("button")
# Given by button and by reaction, a vote is one: the button's row counts.
_BY_BUTTON_TOO = exists().where(
    _button.c.idea == votes.c.idea,
    _button.c.account == votes.c.account,
    _button.c.source == "button",
    _button.c.active,
)
_COUNTS = and_(votes.c.active, or_(votes.c.source == "button", not_(_BY_BUTTON_TOO)))

Both = tuple[Period, Period]
"""A period, and the one it is compared with."""


class Figuring(Part):
    """The numbers, of what the viewer may see."""

    async def numbers(self, viewer: Viewer, both: Both, weeks: Sequence[datetime]) -> Numbers:
        """The figures of a period and the one before, and counts by week (5 statements)."""
        bounds = sorted({*weeks, *(m for p in both for m in (p.start, p.end))})
        suggested = await self._counted(bounds, ideas.c.created_at, shown_to(viewer))
        voted = await self._counted(bounds, votes.c.changed_at, _COUNTS, _on_shown(viewer))
        people = await self._people(viewer, both)
        hours = await self._hours(viewer, both)
        shares = await self._shares(viewer, both)
        now, before = (
            Figures(
                ideas=_sum(bounds, suggested, period.start, period.end),
                votes=_sum(bounds, voted, period.start, period.end),
                people=people.get(place, 0),
                answer_hours=median(hours[place]) if hours[place] else None,
                answered=shares.get(place),
            )
            for place, period in enumerate(both)
        )
        ends = list(pairwise(weeks))
        return Numbers(
            now,
            before,
            tuple(_sum(bounds, suggested, *week) for week in ends),
            tuple(_sum(bounds, voted, *week) for week in ends),
        )

    async def _counted(
        self, bounds: list[datetime], at: ColumnElement[Any], *which: ColumnElement[bool]
    ) -> dict[int, int]:
        """How many rows lie between each bound (by its place) and the next.

        Each stretch of the index is counted by itself: faster than to sort rows into weeks.
        """
        stretches = (
            select(literal(place).label("place"), func.count().label("rows")).where(
                within(at, Period(*ends)), *which
            )
            for place, ends in enumerate(pairwise(bounds))
        )
        return {row.place: row.rows for row in await self._rows(union_all(*stretches))}

    async def _people(self, viewer: Viewer, both: Both) -> dict[int, int]:
        """Persons who suggested or voted, by the place of the period."""
        voters = select(accounts.c.member, _place(votes.c.changed_at, both)).where(
            accounts.c.id == votes.c.account,
            votes.c.active,
            _either(votes.c.changed_at, both),
            _on_shown(viewer),
        )
        authors = select(ideas.c.author, _place(ideas.c.created_at, both)).where(
            _either(ideas.c.created_at, both), ideas.c.author.is_not(None), shown_to(viewer)
        )
        seen = union_all(voters, authors).subquery()
        people = func.count(distinct(PERSON)).label("people")
        query = select(seen.c.place, people).join(members, members.c.id == seen.c.member)
        query = query.group_by(seen.c.place)
        return {row.place: row.people for row in await self._rows(query)}

    async def _hours(self, viewer: Viewer, both: Both) -> tuple[list[float], list[float]]:
        """From the idea to its first answer, for each that got one in a period."""
        query = (
            select(ideas.c.created_at, FIRST.c.at)
            .join(FIRST, FIRST.c.idea == ideas.c.number)
            .where(_either(FIRST.c.at, both), shown_to(viewer))
        )
        found: tuple[list[float], list[float]] = ([], [])
        for row in await self._rows(query):
            place = 0 if both[0].holds(row.at) else 1
            found[place].append(max((row.at - row.created_at) / _HOUR, 0.0))
        return found

    async def _shares(self, viewer: Viewer, both: Both) -> dict[int, float]:
        """Of a period's ideas, those answered by its end; merged ones are answered with others."""
        place = _place(ideas.c.created_at, both)
        end = case((place == 0, literal(both[0].end, Moment)), else_=literal(both[1].end, Moment))
        in_time = func.sum(case((FIRST.c.at < end, 1), else_=0))
        query = (
            select(place, in_time.label("answered"), func.count().label("ideas"))
            .select_from(ideas.outerjoin(FIRST, FIRST.c.idea == ideas.c.number))
            .where(_either(ideas.c.created_at, both), ideas.c.merged_into.is_(None))
            .where(shown_to(viewer))
            .group_by(place)
        )
        return {row.place: row.answered / row.ideas for row in await self._rows(query)}


def _sum(bounds: list[datetime], counts: dict[int, int], start: datetime, end: datetime) -> int:
    first, last = bounds.index(start), bounds.index(end)
    return sum(counts.get(place, 0) for place in range(first, last))


def _on_shown(viewer: Viewer) -> ColumnElement[bool]:
    """A vote on an idea that the viewer may see; the product team sees all."""
    if viewer.has(Role.PRODUCT):
        return votes.c.idea.is_not(None)
    return exists().where(ideas.c.number == votes.c.idea, shown_to(viewer))


def _either(at: ColumnElement[Any], both: Both) -> ColumnElement[bool]:
    return or_(*(within(at, period) for period in both))


def _place(at: ColumnElement[Any], both: Both) -> ColumnElement[int]:
    return case((within(at, both[0]), 0), else_=1).label("place")
