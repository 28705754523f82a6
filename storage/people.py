"""Members and their accounts."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.people import Account
from bot.refs import AccountRef
from storage.part import Part, person_of, same_person
from storage.schema import accounts, blocks, drafts, ideas, members, mutes
from storage.types import Moment, RowId, plain

_STORED = accounts.c.id, accounts.c.member, accounts.c.ref, accounts.c.name, accounts.c.connection
ACCOUNTS = select(*_STORED, person_of(accounts.c.member).label("person"))

NAMELESS = "somebody"
"""Who is seen for the first time by an event that did not tell a name."""
_KNOWN = ACCOUNTS.where(accounts.c.ref == bindparam("known"))


def to_account(row: Row[Any]) -> Account:
    """The account in a row of `ACCOUNTS`."""
    return Account(row.id, row.member, row.person, row.ref, row.name, row.connection)


def nearest(connection: ColumnElement[str] | str) -> tuple[ColumnElement[Any], ...]:
    """The order in which to write to a member's accounts: on this connection first, then oldest."""
    return case((accounts.c.connection == connection, 0), else_=1), accounts.c.id


class People(Part):
    """Accounts, mutes and blocks."""

    async def account(self, ref: AccountRef, name: str, connection: str, at: datetime) -> Account:
        """The account, made with a member of its own at first sight; a new name is kept, an empty
        one says that the platform did not tell.

        One statement when known and unchanged, one more to keep a change, 3 at first sight.
        """
        name = plain(name)
        known = await self.find_account(ref)
        if known is None:
            return await self._first_seen(ref, name or NAMELESS, connection, at)
        name = name or known.name
        seen = replace(known, name=name, connection=connection)
        if seen != known:
            change = update(accounts).where(accounts.c.id == known.id)
            await self._run(change.values(name=name, connection=connection))
        return seen

    async def _first_seen(
        self, ref: AccountRef, name: str, connection: str, at: datetime
    ) -> Account:
        member = await self._value(insert(members).values(joined_at=at).returning(members.c.id))
        account = self._insert(accounts).values(
            member=member, ref=ref, name=name, connection=connection, seen_at=at
        )
        made = account.on_conflict_do_nothing().returning(accounts.c.id)
        if (row := await self._value(made)) is not None:
            return Account(row, member, member, ref, name, connection)
        # On PostgreSQL somebody may see them first at the same moment: theirs is as good.
        await self._run(delete(members).where(members.c.id == member))
        return to_account(await self._one(ACCOUNTS.where(accounts.c.ref == ref)))

    async def find_account(self, ref: AccountRef) -> Account | None:
        """The account if it was ever seen; writes nothing."""
        row = await self._row(_KNOWN, known=ref)
        return to_account(row) if row else None

    async def reach(self, member: int, connection: str) -> Account | None:
        """The account to write to: on `connection` if there is one, else the oldest."""
        theirs = ACCOUNTS.where(accounts.c.member.in_(same_person(member)))
        row = await self._row(theirs.order_by(*nearest(connection)).limit(1))
        return to_account(row) if row else None

    async def block_author(self, number: int, blocked: bool, at: datetime) -> bool:
        """Block the suggestions of an idea's author, or lift it; False when it was so already
        (2 statements)."""
        author = await self._value(select(ideas.c.author).where(ideas.c.number == number))
        return author is not None and await self._set(blocks, blocked, at, author)

    async def set_muted(self, member: int, muted: bool, at: datetime) -> bool:
        """Stop direct messages to a member, or allow them; False when it was so already."""
        return await self._set(mutes, muted, at, member)

    async def is_muted(self, ref: AccountRef) -> bool:
        """Whether the member behind an account wants no direct messages."""
        muted = select(person_of(mutes.c.member))
        theirs = select(accounts.c.id).where(person_of(accounts.c.member).in_(muted))
        return await self._any(theirs.where(accounts.c.ref == ref))

    async def standing(self, member: int, since: datetime) -> tuple[bool, int]:
        """Whether the member is blocked, and how many ideas they suggested since then, those that
        wait for a word included. One captured from a message counts for whoever captured it."""
        row = await self._one(_STANDING, member=member, since=since)
        return row.blocked, row.suggested


def _standing() -> Select[Any]:
    """Built once: a suggestion begins with it."""
    since = bindparam("since", type_=Moment)
    same = same_person(bindparam("member", type_=RowId))
    own = and_(ideas.c.author.in_(same), ideas.c.captured_by.is_(None))
    theirs = or_(own, ideas.c.captured_by.in_(same))
    suggested = select(func.count()).where(theirs, ideas.c.created_at >= since)
    waiting = (
        select(func.count())
        .join_from(drafts, accounts, accounts.c.id == drafts.c.account)
        .where(accounts.c.member.in_(same), drafts.c.at >= since)
        .where(drafts.c.form["channel"].as_string().is_not(None))
    )
    blocked = exists().where(blocks.c.member.in_(same)).label("blocked")
    both = suggested.scalar_subquery() + waiting.scalar_subquery()
    return select(blocked, both.label("suggested"))


_STANDING = _standing()
