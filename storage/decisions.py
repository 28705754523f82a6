"""Decisions, and who is told of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Executable,
    Row,
    Select,
    and_,
    func,
    insert,
    literal,
    select,
    tuple_,
    union,
    union_all,
    update,
)

from bot.ideas import Decision, Idea, IdeaStatus
from bot.people import Account
from storage.ideas import whole
from storage.part import Part, name_of, person_of
from storage.people import ACCOUNTS, nearest, to_account
from storage.schema import accounts, decisions, follows, ideas, mutes, questions, told
from storage.types import Moment, RowId

_DECISIONS = select(
    decisions,
    name_of(decisions.c.by).label("by_name"),
    person_of(decisions.c.by).label("decider"),
)


def _to_decision(row: Row[Any]) -> Decision:
    return Decision(
        id=row.id,
        idea=row.idea,
        previous=row.previous,
        status=row.status,
        reason=row.reason,
        by=row.decider,
        by_name=row.by_name,
        at=row.at,
        undone=row.undone_at is not None,
        correction=row.correction,
    )


class Decisions(Part):
    """Decisions and the people they reach."""

    async def add_decision(
        self,
        idea: Idea,
        status: IdeaStatus,
        reason: str,
        by: int | None,
        correction: bool,
        at: datetime,
    ) -> int:
        """Store a decision and return its row; the idea itself is not touched."""
        row = insert(decisions).values(
            idea=idea.number,
            previous=idea.status,
            status=status,
            reason=reason,
            by=by,
            correction=correction,
            at=at,
        )
        stored: int = await self._value(row.returning(decisions.c.id))
        return stored

    async def decision(self, decision: int) -> Decision | None:
        """A decision by its row."""
        row = await self._row(_DECISIONS.where(decisions.c.id == decision))
        return _to_decision(row) if row else None

    async def last_decision(self, number: int, status: IdeaStatus | None = None) -> Decision | None:
        """The latest decision on an idea that was not undone; the one that gave it `status`."""
        if status:
            return (await self.last_decisions({number: status})).get(number)
        standing = _DECISIONS.where(decisions.c.idea == number, decisions.c.undone_at.is_(None))
        row = await self._row(standing.order_by(decisions.c.id.desc()).limit(1))
        return _to_decision(row) if row else None

    async def last_decisions(self, statuses: Mapping[int, IdeaStatus]) -> dict[int, Decision]:
        """The latest that gave each idea its status and was not undone, by the idea's number."""
        gave = decisions.c.undone_at.is_(None), decisions.c.previous != decisions.c.status
        made = tuple_(decisions.c.idea, decisions.c.status).in_(list(statuses.items()))
        rows = await self._rows(_DECISIONS.where(made, *gave).order_by(decisions.c.id))
        return {row.idea: _to_decision(row) for row in rows}

    async def team_acted(self, number: int) -> bool:
        """Whether the product team has decided, answered or asked anything about an idea; that
        moderators let it in, or hold it, is no act of theirs."""
        decided = select(decisions.c.id).where(
            decisions.c.idea == number,
            decisions.c.undone_at.is_(None),
            decisions.c.previous != IdeaStatus.HELD,
            decisions.c.status != IdeaStatus.HELD,
        )
        asked = select(questions.c.id).where(questions.c.idea == number)
        return await self._any(union_all(decided, asked).limit(1))

    async def was_told(self, number: int) -> bool:
        """Whether people were told of any decision on the idea."""
        left = decisions.c.idea == number, decisions.c.told_at.is_not(None)
        return await self._any(select(decisions.c.id).where(*left))

    async def undo_decision(self, decision: int, at: datetime) -> bool:
        """Mark a decision undone; False when it was or when people have been told."""
        pending = and_(
            decisions.c.id == decision,
            decisions.c.undone_at.is_(None),
            decisions.c.told_at.is_(None),
        )
        return await self._did(update(decisions).where(pending).values(undone_at=at))

    async def tell(self, decision: int, at: datetime) -> list[Account]:
        """Record and return who is to hear of it now: authors and followers of the idea and all
        merged into it, less the decider, the muted and those told before (3 statements).

        A decision that was undone is told to nobody, what moderators do with a held idea to no
        followers.
        """
        leaves = and_(decisions.c.id == decision, decisions.c.undone_at.is_(None))
        first = func.coalesce(decisions.c.told_at, literal(at, Moment))
        left = update(decisions).where(leaves).values(told_at=first)
        row = await self._row(left.returning(decisions))
        if row is None:
            return []
        hearing = await self._rows(self._telling(decision, row, at))
        now = {told_now.member for told_now in hearing}
        reached = [to_account(one) for one in await self._rows(_told_at(decision, row.idea))]
        persons = {account.person for account in reached if account.member in now}
        nearest_first: dict[int, Account] = {}
        for account in reached:
            if account.person in persons:
                nearest_first.setdefault(account.person, account)
        return sorted(nearest_first.values(), key=lambda account: account.id)

    def _telling(self, decision: int, row: Row[Any], at: datetime) -> Executable:
        """Note those who have not been told before, on any account; returns them."""
        family = whole(row.idea)
        authors = select(ideas.c.author.label("member")).where(ideas.c.number.in_(family))
        following = select(follows.c.member).where(follows.c.idea.in_(family))
        reviewed = IdeaStatus.HELD in (row.previous, row.status)
        hear = authors if reviewed else union(authors, following)
        member = hear.subquery().c.member
        person, decider = person_of(member), person_of(literal(row.by, RowId))
        before = select(person_of(told.c.member)).where(told.c.decision == decision)
        hearing = select(literal(decision), member, literal(at, Moment)).where(
            member.is_not(None),
            person.is_distinct_from(decider),
            person.not_in(select(person_of(mutes.c.member))),
            person.not_in(before),
        )
        telling = self._insert(told).from_select(["decision", "member", "at"], hearing)
        return telling.on_conflict_do_nothing().returning(told.c.member)


def _told_at(decision: int, number: int) -> Select[Any]:
    """The accounts of everybody told of a decision, in the order of `reach` on the idea's
    connection."""
    here = select(ideas.c.connection).where(ideas.c.number == number).scalar_subquery()
    persons = select(person_of(told.c.member)).where(told.c.decision == decision)
    theirs = ACCOUNTS.where(person_of(accounts.c.member).in_(persons))
    return theirs.order_by(*nearest(here))
