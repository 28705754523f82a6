"""One person with several accounts: the codes that prove it, the link, and its undoing."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, insert, or_, select, union, update

from bot.people import Account
from bot.refs import IdeaNumber
from bot.store import TypedCode
from storage.ideas import upward
from storage.part import LINKS, person_of, rows_of, same_person
from storage.people import ACCOUNTS, to_account
from storage.remembered import Remembered, shown_of
from storage.schema import accounts, codes, ideas, members, optouts, votes, wrong_codes
from storage.votes import Votes


class Links(Votes, Remembered):
    """Codes, and which members are one person."""

    # ── codes ──
    async def codes_shown(self, account: int, since: datetime) -> int:
        """How many codes an account was shown since then (2 statements)."""
        return await self._since(codes, account, since)

    async def add_code(self, account: int, hashed: str, at: datetime) -> None:
        """Keep a code in place of the account's earlier one (2 statements)."""
        await self._run(update(codes).where(codes.c.account == account).values(hash=None))
        await self._run(insert(codes).values(account=account, hash=hashed, at=at))

    async def typed_code(self, hashed: str, by: int, since: datetime) -> TypedCode | None:
        """A code that was shown since then and no other account has typed."""
        theirs = ACCOUNTS.join(codes, codes.c.account == accounts.c.id)
        theirs = theirs.add_columns(codes.c.id.label("code"))
        free = or_(codes.c.typed_by.is_(None), codes.c.typed_by == by)
        row = await self._row(theirs.where(codes.c.hash == hashed, codes.c.at > since, free))
        return TypedCode(row.code, to_account(row)) if row else None

    async def bind_code(self, code: int, by: int) -> bool:
        """Keep a code for the account that typed it; False when another was faster."""
        free = or_(codes.c.typed_by.is_(None), codes.c.typed_by == by)
        bound = update(codes).where(codes.c.id == code, codes.c.hash.is_not(None), free)
        return await self._did(bound.values(typed_by=by))

    async def use_code(self, code: int, by: int, since: datetime) -> Account | None:
        """Whose code it was, once, for the account that typed it (2 statements)."""
        live = codes.c.hash.is_not(None), codes.c.at > since, codes.c.typed_by == by
        used = update(codes).where(codes.c.id == code, *live).values(hash=None)
        owner = await self._value(used.returning(codes.c.account))
        if owner is None:
            return None
        return to_account(await self._one(ACCOUNTS.where(accounts.c.id == owner)))

    async def drop_code(self, code: int, by: int) -> bool:
        """A code works no more; False when it was not typed by that account, or is used."""
        typed = codes.c.id == code, codes.c.typed_by == by, codes.c.hash.is_not(None)
        return await self._did(update(codes).where(*typed).values(hash=None))

    async def wrong_codes(self, account: int, since: datetime) -> int:
        """How many wrong codes an account typed since then (2 statements)."""
        return await self._since(wrong_codes, account, since)

    async def add_wrong_code(self, account: int, at: datetime) -> None:
        """Note that an account typed a wrong code."""
        await self._run(insert(wrong_codes).values(account=account, at=at))

    async def _since(self, table: Any, account: int, since: datetime) -> int:  # noqa: ANN401
        """Counted while nobody else counts for this account: at once is one after the other."""
        await self._run(select(accounts.c.id).where(accounts.c.id == account).with_for_update())
        recent = table.c.account == account, table.c.at > since
        count: int = await self._value(select(func.count()).where(*recent))
        return count

    # ── persons ──
    async def hold_links(self) -> None:
        """Nobody else links or unlinks anybody during this transaction."""
        if self._connection.dialect.name == "postgresql":
            await self._run(select(func.pg_advisory_xact_lock(LINKS)))

    async def accounts_of(self, member: int) -> list[Account]:
        """All accounts of the person a member is, oldest first."""
        theirs = ACCOUNTS.where(accounts.c.member.in_(same_person(member)))
        return [to_account(row) for row in await self._rows(theirs.order_by(accounts.c.id))]

    async def link(self, one: int, other: int) -> list[IdeaNumber]:
        """Two members' persons are one; the ideas that both stand behind, locked. If one opted out,
        what a model made of the other's words is forgotten (4 statements)."""
        persons = select(person_of(members.c.id)).where(members.c.id.in_((one, other)))
        first, *rest = sorted({row[0] for row in await self._rows(persons)})
        if not rest:
            return []
        (second,) = rest
        both = await self._both_behind(rows_of(first), rows_of(second))
        theirs = members.c.id.in_(rows_of(second))
        await self._run(update(members).where(theirs).values(person=first))
        opted_out = exists().where(optouts.c.member.in_(rows_of(first)))
        await self._drop_answers(and_(shown_of(first), opted_out))
        return both

    async def unlink(self, member: int) -> list[IdeaNumber]:
        """A member is a person alone again, and the others stay one; the ideas that both stand
        behind, locked (3 statements)."""
        same = select(members.c.id).where(members.c.id.in_(same_person(member)))
        rows = [row.id for row in await self._rows(same.order_by(members.c.id))]
        others = [row for row in rows if row != member]
        if not others:
            return []
        alone, rest = (select(members.c.id).where(members.c.id.in_(s)) for s in ([member], others))
        both = await self._both_behind(alone, rest)
        oldest = others[0]
        person = case((members.c.id.in_((member, oldest)), None), else_=oldest)
        await self._run(update(members).where(members.c.id.in_(rows)).values(person=person))
        return both

    async def _both_behind(self, one: Select[Any], other: Select[Any]) -> list[IdeaNumber]:
        """What two sets of members stand behind, as authors or voters of it or of what was merged
        into it; locked, lowest first."""
        both = (ideas.c.number.in_(_behind(rows)) for rows in (one, other))
        common = select(ideas.c.number).where(*both).order_by(ideas.c.number)
        return [IdeaNumber(row.number) for row in await self._rows(common.with_for_update())]


def _behind(rows: Select[Any]) -> Select[Any]:
    own = select(accounts.c.id).where(accounts.c.member.in_(rows))
    return upward(
        union(
            select(ideas.c.number).where(ideas.c.author.in_(rows)),
            select(votes.c.idea).where(votes.c.active, votes.c.account.in_(own)),
        )
    )
