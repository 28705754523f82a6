"""Votes: each account's by each source, and the tally over all that was merged."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, distinct, func, or_, select, union, update

from bot.refs import AccountRef
from bot.store import VoteSource
from storage.ideas import Number, change, whole
from storage.part import PERSON, Part, same_person
from storage.schema import accounts, ideas, members, votes
from storage.types import RowId


def _supporters(number: Number) -> Select[Any]:
    """The persons behind the active votes on an idea and all merged into it, repeated."""
    return (
        select(PERSON.label("member"))
        .join(accounts, accounts.c.member == members.c.id)
        .join(votes, votes.c.account == accounts.c.id)
        .where(votes.c.active, votes.c.idea.in_(whole(number)))
    )


class Votes(Part):
    """Votes and tallies."""

    async def set_vote(
        self, number: int, account: int, source: VoteSource, active: bool, at: datetime
    ) -> bool:
        """Set one account's vote by one source; False when it was so or a later change is known."""
        row = await self._switched(votes, active, at, idea=number, account=account, source=source)
        return row is not None and bool(row.changed)

    async def clear_votes(self, number: int, member: int, at: datetime) -> bool:
        """Take back all of a member's votes on an idea and those merged into it. Reactions that
        were votes are still there: nothing new was heard of them."""
        theirs = select(accounts.c.id).where(accounts.c.member.in_(same_person(member)))
        active = and_(votes.c.active, votes.c.account.in_(theirs), votes.c.idea.in_(whole(number)))
        heard = case((votes.c.source == "reaction", votes.c.heard_at), else_=at)
        taken = update(votes).where(active).values(active=False, changed_at=at, heard_at=heard)
        return await self._did(taken)

    async def supports(self, number: int, member: int) -> bool:
        """Whether the member's vote counts for the idea, or for one merged into it."""
        theirs = members.c.id.in_(same_person(member))
        return await self._any(_supporters(number).where(theirs))

    async def others_voted(self, number: int, member: int) -> bool:
        """Whether anybody but the member supports it."""
        others = members.c.id.not_in(same_person(member))
        return await self._any(_supporters(number).where(others))

    async def asked_by(self, number: int) -> int:
        """How many distinct members, authors and voters, stand behind an idea and all merged in."""
        written = ideas.c.number.in_(whole(number))
        authors = select(PERSON.label("member")).join(ideas, ideas.c.author == members.c.id)
        behind = union(_supporters(number), authors.where(written)).subquery()
        count: int = await self._value(select(func.count(behind.c.member)))
        return count

    async def reaction_voters(self, number: int) -> dict[AccountRef, int]:
        """The accounts whose reaction is there as far as we heard, with their rows: a vote for this
        idea, unless it was taken back otherwise."""
        theirs = (
            select(accounts.c.ref, accounts.c.id)
            .join(votes, votes.c.account == accounts.c.id)
            .where(votes.c.idea == number, votes.c.source == "reaction")
            .where(or_(votes.c.active, votes.c.changed_at > votes.c.heard_at))
        )
        return {row.ref: row.id for row in await self._rows(theirs)}

    async def retally(self, number: int) -> int:
        """Count again and store; the new tally."""
        return await self._value(_RETALLY, counted=number) or 0


_COUNTED = bindparam("counted", type_=RowId)
_SUPPORT = _supporters(_COUNTED).with_only_columns(func.count(distinct(PERSON)))
_RETALLY = change(_COUNTED, votes=_SUPPORT.scalar_subquery()).returning(ideas.c.votes)
