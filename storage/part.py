"""What every family of tables works with: one transaction's connection, and ways to ask it."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Executable,
    Insert,
    Row,
    Table,
    Update,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import accounts
from storage.search import SEARCH_TABLES
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
        where=or_(old.heard_at < heard, and_(old.heard_at == heard, flips)),
    ).returning(*table.primary_key, (old.changed_at == old.heard_at).label("changed"))


def name_of(member: ColumnElement[Any]) -> ColumnElement[str]:
    """A member's name, their oldest account's; empty for nobody."""
    oldest = select(accounts.c.name).where(accounts.c.member == member).order_by(accounts.c.id)
    return func.coalesce(oldest.limit(1).scalar_subquery(), "")


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

    async def _set(self, table: Table, present: bool, at: datetime, **row: int) -> bool:
        """Have a row, or have none; whether that changed anything."""
        if present:
            return await self._did(
                self._insert(table).values(**row, at=at).on_conflict_do_nothing()
            )
        return await self._did(table.delete().where(*(table.c[key] == row[key] for key in row)))

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
