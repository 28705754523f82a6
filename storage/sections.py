"""The sections of a digest: ids and figures, one statement each."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    distinct,
    func,
    literal,
    select,
)

from bot.digests import Entry, Listed
from bot.ideas import IdeaStatus
from bot.people import Viewer
from bot.periods import Period
from bot.summaries import Thread
from storage.answers import SETTLED, shown_to, status_for, waiting_for
from storage.part import PERSON, Part
from storage.schema import accounts, decisions, ideas, members, merges, threads, votes
from storage.shelves import OPEN
from storage.threads import THREADS, to_thread
from storage.types import Moment

_NEWS = (IdeaStatus.SHIPPED, IdeaStatus.PLANNED, IdeaStatus.IN_PROGRESS, IdeaStatus.DECLINED)
"""Decisions worth telling, the best first."""
_TOTAL = func.count().over().label("total")


def within(column: ColumnElement[Any], period: Period) -> ColumnElement[bool]:
    """A time in a period."""
    return and_(column >= literal(period.start, Moment), column < literal(period.end, Moment))


class Sections(Part):
    """Each section as the viewer may see it, its first entries and how many there are."""

    async def unanswered(
        self, viewer: Viewer, period: Period, since: datetime, limits: tuple[int, int]
    ) -> tuple[Listed, Listed]:
        """Ideas that wait for an answer: those with votes, most wanted first, and those from before
        `since`, oldest first (3 statements: to count is a scan, to list is not)."""
        open_ones = waiting_for(viewer)
        voted, long = and_(ideas.c.votes > 0, _by(period.end)), _by(since)
        one = await self._row(
            open_ones.with_only_columns(
                func.sum(case((voted, 1), else_=0)).label("wanted"),
                func.sum(case((long, 1), else_=0)).label("waiting"),
            )
        )
        best = open_ones.where(voted).order_by(ideas.c.votes.desc(), ideas.c.number)
        oldest = open_ones.where(long).order_by(ideas.c.created_at, ideas.c.number)
        found = [
            await self._rows(query.limit(limit))
            for query, limit in zip((best, oldest), limits, strict=True)
        ]
        wanted, waiting = (tuple(_entry(row, period) for row in rows) for rows in found)
        totals = (one.wanted or 0, one.waiting or 0) if one else (0, 0)
        return Listed(wanted, totals[0]), Listed(waiting, totals[1])

    async def rising(self, viewer: Viewer, period: Period, limit: int) -> Listed:
        """Open ideas by the members they won in the period, by way of merged ones included."""
        gained = _gained(period).subquery("gained")
        query = (
            select(ideas.c.number, ideas.c.votes, ideas.c.created_at, gained.c.gained, _TOTAL)
            .join(gained, gained.c.idea == ideas.c.number)
            .where(shown_to(viewer), status_for(viewer).in_(OPEN))
            .order_by(gained.c.gained.desc(), ideas.c.votes.desc(), ideas.c.number)
        )
        return _listed(await self._rows(query.limit(limit)), period)

    async def arrived(self, viewer: Viewer, period: Period, limit: int) -> Listed:
        """Ideas of the period, most wanted first."""
        query = (
            select(ideas.c.number, ideas.c.votes, ideas.c.created_at, _TOTAL)
            .where(within(ideas.c.created_at, period), ideas.c.merged_into.is_(None))
            .where(shown_to(viewer))
            .order_by(ideas.c.votes.desc(), ideas.c.number)
        )
        return _listed(await self._rows(query.limit(limit)), period)

    async def settled(self, numbers: Collection[int]) -> set[int]:
        """Those of some ideas that have an answer, or were asked about."""
        theirs = select(ideas.c.number).where(ideas.c.number.in_(numbers))
        rows = await self._rows(theirs.where(ideas.c.number.in_(SETTLED)))
        return {row.number for row in rows}

    async def decided(self, viewer: Viewer, period: Period, limit: int) -> Listed:
        """Ideas that were decided in the period and stand so, shipped ones first."""
        latest = func.max(decisions.c.id).label("decision")
        rank = case({status: place for place, status in enumerate(_NEWS)}, value=ideas.c.status)
        made = (
            select(decisions.c.idea, decisions.c.status, latest)
            .where(within(decisions.c.at, period), decisions.c.undone_at.is_(None))
            .where(decisions.c.status.in_(_NEWS), decisions.c.status != decisions.c.previous)
            .group_by(decisions.c.idea, decisions.c.status)
            .subquery("made")
        )
        stands = and_(made.c.idea == ideas.c.number, made.c.status == status_for(viewer))
        query = (
            select(ideas.c.number, ideas.c.votes, ideas.c.created_at, made.c.decision, _TOTAL)
            .join(made, stands)
            .where(shown_to(viewer))
            .order_by(rank, ideas.c.votes.desc(), ideas.c.number)
        )
        return _listed(await self._rows(query.limit(limit)), period)

    async def merged(self, viewer: Viewer, period: Period, limit: int) -> Listed:
        """Ideas that were merged in the period and still are, where the viewer sees both."""
        into = ideas.alias("into")
        made = (
            select(merges.c.idea, func.max(merges.c.id).label("latest"))
            .where(within(merges.c.at, period), merges.c.into_idea.is_not(None))
            .group_by(merges.c.idea)
            .subquery("made")
        )
        seen = select(ideas.c.number).where(shown_to(viewer))
        query = (
            select(ideas.c.number, into.c.votes, ideas.c.created_at, _TOTAL)
            .join(made, made.c.idea == ideas.c.number)
            .join(into, into.c.number == ideas.c.merged_into)
            .where(shown_to(viewer), into.c.number.in_(seen))
            .order_by(into.c.votes.desc(), ideas.c.number)
        )
        return _listed(await self._rows(query.limit(limit)), period)

    async def long_threads(self, period: Period, least: int, limit: int) -> list[Thread]:
        """Threads of at least so many messages that went on in the period, longest first; whoever
        may see them."""
        long = THREADS.where(within(threads.c.last_at, period), threads.c.messages >= least)
        longest = long.order_by(threads.c.messages.desc(), threads.c.id)
        return [to_thread(row) for row in await self._rows(longest.limit(limit))]


def _by(moment: datetime) -> ColumnElement[bool]:
    return ideas.c.created_at < literal(moment, Moment)


def _listed(rows: list[Row[Any]], period: Period) -> Listed:
    if not rows:
        return Listed()
    return Listed(tuple(_entry(row, period) for row in rows), rows[0].total)


def _entry(row: Row[Any], period: Period) -> Entry:
    found = row._mapping
    return Entry(
        idea=row.number,
        decision=found.get("decision", 0),
        votes=row.votes,
        gained=found.get("gained", 0),
        days=max((period.end - row.created_at).days, 0),
        is_new=period.holds(row.created_at),
    )


def _gained(period: Period) -> Select[Any, int]:
    """Persons who gave their vote in the period, by the idea that counts it."""
    roots = _roots().subquery("roots")
    counts = func.coalesce(roots.c.root, votes.c.idea)
    given = votes.join(accounts, accounts.c.id == votes.c.account)
    given = given.join(members, members.c.id == accounts.c.member)
    return (
        select(counts.label("idea"), func.count(distinct(PERSON)).label("gained"))
        .select_from(given.outerjoin(roots, roots.c.number == votes.c.idea))
        .where(votes.c.active, within(votes.c.changed_at, period))
        .group_by(counts)
    )


def _roots() -> Select[Any]:
    """Each merged idea with the one at the top, which counts for it."""
    above, top = ideas.alias("above"), ideas.alias("top")
    merged = select(ideas.c.number, ideas.c.merged_into.label("root"))
    climb = merged.where(ideas.c.merged_into.is_not(None)).cte("climb", recursive=True)
    higher = above.c.number == climb.c.root, above.c.merged_into.is_not(None)
    climb = climb.union_all(select(climb.c.number, above.c.merged_into).where(*higher))
    return select(climb.c.number, climb.c.root).where(
        top.c.number == climb.c.root, top.c.merged_into.is_(None)
    )
