"""A database made at one go is the one that all migrations come to."""

import asyncio
import re
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.migrate import upgrade

STARTED = """
import asyncio, sys
from storage.database import open_database

async def main():
    await (await open_database(sys.argv[1])).close()

asyncio.run(main())
sys.exit("alembic" in sys.modules)
"""
IN_SQLITE = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
IN_POSTGRESQL = """
SELECT attrelid::regclass || '.' || attname, format_type(atttypid, atttypmod)
    || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
    || CASE WHEN attstattarget > 0 THEN ' STATISTICS ' || attstattarget ELSE '' END
    || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '')
    FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    AND attnum > 0 AND NOT attisdropped
UNION ALL SELECT conname, conrelid::regclass || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
"""
LEFT_OVER = re.compile(r" DEFAULT ('[^']*'(::[\w ]+)?|\d+)")
"""What a migration gave the rows there were: no statement of ours leaves such a column out."""


@pytest.fixture
def other_url(database_url: str, request: pytest.FixtureRequest) -> str:
    """Another database like it, just as empty."""
    if database_url.startswith("sqlite"):
        return f"{database_url}.other"
    other: str = request.getfixturevalue("postgres").new()
    return other


async def test_it_is_the_one_that_all_migrations_come_to(database_url: str, other_url: str) -> None:
    assert await _start(database_url) == 0
    engine = create_async_engine(other_url)
    async with engine.begin() as connection:
        await connection.run_sync(upgrade, None)
    await engine.dispose()
    made = await _contents(database_url)
    assert made == await _contents(other_url)
    assert len(made) > 70


async def test_alembic_is_imported_only_when_there_is_something_to_migrate(
    database_url: str,
) -> None:
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(upgrade, None, "0001")
    await engine.dispose()
    assert [await _start(database_url) for _ in range(2)] == [1, 0]


async def _start(url: str) -> int:
    """Open the database in a process of its own: 1 when that imported Alembic."""
    root = Path(__file__).parents[2]
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", STARTED, url, cwd=root)
    return await process.wait()


async def _contents(url: str) -> dict[str, list[str]]:
    """What there is by name, each as a list of its parts; in which order columns came is left
    out."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        query = IN_SQLITE if connection.dialect.name == "sqlite" else IN_POSTGRESQL
        found = (await connection.execute(text(query))).all()
        stamped = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    await engine.dispose()
    return {name: _parts(LEFT_OVER.sub("", sql)) for name, sql in found} | {"": [stamped]}


def _parts(sql: str) -> list[str]:
    """`CREATE TABLE t (a, b (c, d))` as what stands before the bracket, and `a` and `b (c, d)`."""
    words = " ".join(sql.replace('"', "").split())
    if not words.startswith("CREATE TABLE"):
        return [words]
    beginning, _, rest = words.partition("(")
    parts, depth = [""], 0
    for letter in rest.removesuffix(")"):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [beginning, *sorted(one for part in parts for one in _apart(part.strip()))]


def _apart(part: str) -> list[str]:
    """A column, and what it was added with: to SQLite, a column comes with its constraints."""
    column, *constraints = part.split(" CONSTRAINT ")
    key = f" FOREIGN KEY({column.partition(' ')[0]}) REFERENCES "
    return [column, *(f"CONSTRAINT {one}".replace(" REFERENCES ", key) for one in constraints)]
