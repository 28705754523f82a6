"""What every family of tables works with: one transaction's connection, and ways to ask it."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Delete,
    Executable,
    Insert,
    Row,
    Select,
    Table,
    Update,
    and_,
    case,
    delete,
    exists,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import accounts, members
from storage.search import SEARCH_TABLES
from storage.types import Moment, RowId
from storage.words import KnownWords


def upsert(connection: AsyncConnection, table: Table) -> postgresql.Insert:
    """An insert that knows ON CONFLICT: two classes, the same methods."""
    return upsert_on(connection.dialect.name, table)


def upsert_on(dialect: str, table: Table) -> postgresql.Insert:
    """The same by the dialect's name, for a statement that is built once."""
    insert: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement: postgresql.Insert = insert(table)
    return statement


@cache  # to build it takes longer than to run it
def _switch(dialect: str, table: Table, key: tuple[str, ...]) -> Insert:
    """Turn the row of this key on or off, unless a later event was heard."""
    new, old = upsert_on(dialect, table), table.c
    flips, heard = old.active != new.excluded.active, new.excluded.heard_at
    return new.on_conflict_do_update(
        index_elements=key,
        set_={
            "active": new.excluded.active,
            "changed_at": case((flips, heard), else_=old.changed_at),
            "heard_at": heard,
        },
        where=and_(
            or_(old.heard_at < heard, and_(old.heard_at == heard, flips)),
            or_(old.changed_at.is_(None), old.changed_at <= heard),
        ),
    ).returning(*table.primary_key, (old.changed_at == old.heard_at).label("changed"))


def name_of(member: ColumnElement[Any]) -> ColumnElement[str]:
    """A member's name, their oldest account's; empty for nobody."""
    oldest = select(accounts.c.name).where(accounts.c.member == member).order_by(accounts.c.id)
    return func.coalesce(oldest.limit(1).scalar_subquery(), "")


def person_of(member: ColumnElement[Any]) -> ColumnElement[Any]:
    """The person a member is, by the row of their oldest member; nobody for nobody."""
    known = members.alias()
    person = select(known.c.person).where(known.c.id == member).scalar_subquery()
    return func.coalesce(person, member)


PERSON = func.coalesce(members.c.person, members.c.id)
"""The same where `members` is joined anyway."""


def rows_of(person: ColumnElement[Any] | int) -> Select[Any]:
    """The members that are a person."""
    known = members.alias()
    return select(known.c.id).where(or_(known.c.id == person, known.c.person == person))


def same_person(member: int | BindParameter[int]) -> Select[Any]:
    """The members that are the same person as this one, itself among them."""
    one = literal(member, RowId) if isinstance(member, int) else member
    return rows_of(person_of(one))


LINKS = 5_465_601
"""An advisory lock of ours alone. On PostgreSQL whoever links holds it alone, and whoever counts an
idea shares it: a vote that is about to be committed is not seen by a link, nor that link by the
vote's count."""


class Part:
    """The base of each family."""

    def __init__(self, connection: AsyncConnection, words: KnownWords) -> None:
        self._connection = connection
        self._words = words
        self._search = SEARCH_TABLES[connection.dialect.name]

    async def _run(self, statement: Executable) -> None:
        await self._connection.execute(statement)

    async def _rows(self, query: Executable) -> list[Row[Any]]:
        return list((await self._connection.execute(query)).all())

    async def _row(self, query: Executable, **values: object) -> Row[Any] | None:
        return (await self._connection.execute(query, values)).first()

    async def _one(self, query: Executable, **values: object) -> Row[Any]:
        return (await self._connection.execute(query, values)).one()

    async def _value(self, query: Executable, **values: object) -> Any:  # noqa: ANN401 - as SQLAlchemy types it
        return await self._connection.scalar(query, values)

    async def _any(self, query: Executable) -> bool:
        return await self._row(query) is not None

    async def _did(self, change: Insert | Update | Delete) -> bool:
        return await self._any(change.returning(literal_column("1")))

    async def _set(
        self, table: Table, present: bool, at: datetime, member: int, **row: int
    ) -> bool:
        """Have a row of a member, unless the person has one; or have none of the person. Whether
        that changed anything."""
        about = and_(*(table.c[key] == row[key] for key in row), true())
        theirs = and_(about, table.c.member.in_(same_person(member)))
        if not present:
            return await self._did(delete(table).where(theirs))
        keys = {"member": member} | row
        new = select(*(literal(key, RowId) for key in keys.values()), literal(at, Moment))
        missing = new.where(not_(exists().where(theirs)))
        added = self._insert(table).from_select([*keys, "at"], missing)
        return await self._did(added.on_conflict_do_nothing())

    def _insert(self, table: Table) -> postgresql.Insert:
        return upsert(self._connection, table)

    async def _switched(
        self, table: Table, active: bool, at: datetime, **row: object
    ) -> Row[Any] | None:
        """Turn a row on or off, in whatever order we hear; `changed` says if that changed it.

        An older event than the latest heard changes nothing. An "off" that comes before its "on"
        leaves a row for that reason, and has changed nothing itself.
        """
        switch = _switch(self._connection.dialect.name, table, tuple(row))
        since = at if active else None
        return await self._row(switch, **row, active=active, changed_at=since, heard_at=at)
