"""What an import leaves to be counted: tallies, and the numbers that come next."""

from typing import Any

from sqlalchemy import Column, Table, bindparam, distinct, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import SqlDatabase
from storage.part import PERSON
from storage.schema import accounts, audit, ideas, members, metadata, votes

AT_ONCE = 500
_MENTIONED: dict[str, Column[Any]] = {"ideas": audit.c.idea, "members": audit.c.member}


async def finish(database: SqlDatabase) -> None:
    """Everybody's person stands alone, tallies are counted again, and no number that was ever
    somebody's is given again."""
    async with database.writer.begin() as connection:
        while (await connection.execute(_FLATTEN)).rowcount:
            pass
        for table in metadata.sorted_tables:
            if table.dialect_options["sqlite"]["autoincrement"]:
                await _number_on(connection, table)
    last = 0
    while numbers := await _retally(database, last):
        last = numbers[-1]


async def _number_on(connection: AsyncConnection, table: Table) -> None:
    """Let the next row's number be past every one that is there or is named in the audit."""
    (key,) = table.primary_key
    sources = [key, *([_MENTIONED[table.name]] if table.name in _MENTIONED else [])]
    known = [await connection.scalar(select(func.max(source))) or 0 for source in sources]
    if last := max(known):
        statements = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
        for statement in statements:
            where = {"table": table.name, "key": key.name, "last": last}
            await connection.execute(text(statement), _used(statement, where))


def _used(statement: str, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if f":{name}" in statement}


# https://sqlite.org/autoinc.html: the table may be written to.
_SQLITE = (
    """INSERT INTO sqlite_sequence (name, seq) SELECT :table, 0
       WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :table)""",
    "UPDATE sqlite_sequence SET seq = :last WHERE name = :table AND seq < :last",
)
_POSTGRESQL = (
    """SELECT setval(s.oid::regclass, :last) FROM pg_class s
       WHERE s.oid = pg_get_serial_sequence(:table, :key)::regclass
       AND coalesce(pg_sequence_last_value(s.oid), 0) < :last""",
)


async def _retally(database: SqlDatabase, after: int) -> list[int]:
    """Count the next ideas again and store what has changed; their numbers, lowest first."""
    some = select(ideas.c.number, ideas.c.votes).where(ideas.c.number > after)
    some = some.order_by(ideas.c.number).limit(AT_ONCE).with_for_update()
    async with database.writer.begin() as connection:
        rows = (await connection.execute(some)).all()
        if not rows:
            return []
        numbers = [row.number for row in rows]
        counted = {row.root: row.votes for row in await connection.execute(_count(numbers))}
        changed = [
            {"idea": row.number, "tally": counted.get(row.number, 0)}
            for row in rows
            if row.votes != counted.get(row.number, 0)
        ]
        if changed:
            await connection.execute(_STORE, changed)
    return numbers


def _count(numbers: list[int]) -> Any:  # noqa: ANN401 - as SQLAlchemy types it
    """Distinct persons who support each idea or one that was merged into it."""
    root = select(ideas.c.number.label("root"), ideas.c.number.label("idea"))
    pairs = root.where(ideas.c.number.in_(numbers)).cte(recursive=True)
    merged = select(pairs.c.root, ideas.c.number).where(ideas.c.merged_into == pairs.c.idea)
    pairs = pairs.union(merged)
    return (
        select(pairs.c.root, func.count(distinct(PERSON)).label("votes"))
        .join(votes, votes.c.idea == pairs.c.idea)
        .join(accounts, accounts.c.id == votes.c.account)
        .join(members, members.c.id == accounts.c.member)
        .where(votes.c.active)
        .group_by(pairs.c.root)
    )


_older = members.alias()
# In a file that somebody wrote, one who is a third's other account may stand for another.
_FLATTEN = update(members).values(person=_older.c.person)
_FLATTEN = _FLATTEN.where(_older.c.id == members.c.person, _older.c.person.is_not(None))
_STORE = (
    update(ideas)
    .where(ideas.c.number == bindparam("idea"))
    .values(votes=bindparam("tally"), version=ideas.c.version + 1)
)
