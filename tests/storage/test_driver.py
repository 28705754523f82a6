"""SQLite through SQLAlchemy by our driver: every row, however many, and one trip a statement."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage.driver import opener

NUMBERS = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most)"
    " SELECT i FROM n LIMIT :most"
)
LENGTHS = (0, 1, 999, 1_000, 1_001, 2_000, 2_500)


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    file = tmp_path / "some.sqlite"
    engine = create_async_engine(f"sqlite+aiosqlite:///{file}", async_creator=opener(str(file)))
    async with engine.connect() as connection:
        await connection.execute(text("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)"))
        yield connection
    await engine.dispose()


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was sent to a connection's thread."""
    sent: list[object] = []
    really = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, what: object, *args: object) -> object:
        sent.append(what)
        return await really(self, what, *args)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return sent


def numbers(most: int) -> dict[str, Any]:
    return {"most": most}


@pytest.mark.parametrize("most", LENGTHS)
async def test_every_row_is_read(connection: AsyncConnection, most: int) -> None:
    found = await connection.execute(NUMBERS, numbers(most))
    assert found.scalars().all() == [*range(1, most + 1)]


@pytest.mark.parametrize("most", LENGTHS)
async def test_every_row_is_streamed(connection: AsyncConnection, most: int) -> None:
    async with connection.stream(NUMBERS, numbers(most)) as rows:
        assert [row.i async for row in rows] == [*range(1, most + 1)]


async def test_a_stream_may_be_left_early(connection: AsyncConnection) -> None:
    async with connection.stream(NUMBERS, numbers(5_000)) as rows:
        first = await rows.fetchone()
    assert first
    assert first.i == 1
    await connection.execute(text("DROP TABLE things"))  # refused while something is being read
    await connection.commit()


async def test_what_was_changed_is_counted(connection: AsyncConnection) -> None:
    many = [{"name": f"{number}"} for number in range(1_500)]
    added = text("INSERT INTO things (name) VALUES (:name)")
    await connection.execute(added, many)
    changed = await connection.execute(text("UPDATE things SET name = '' WHERE id > 1000"))
    assert changed.rowcount == 500
    gone = await connection.execute(text("DELETE FROM things RETURNING id"))
    assert len(gone.all()) == 1_500
    again = await connection.execute(added, {"name": "one"})
    assert again.lastrowid == 1


async def test_an_error_is_the_databases_own(connection: AsyncConnection) -> None:
    twice = text("INSERT INTO things (id) VALUES (1), (1)")
    with pytest.raises(IntegrityError):
        await connection.execute(twice)
    with pytest.raises(OperationalError, match="no such table"):
        await connection.execute(text("SELECT * FROM nowhere"))
    assert (await connection.execute(text("SELECT count(*) FROM things"))).scalar() == 0


@pytest.mark.parametrize(
    "statement", ["SELECT * FROM things", "INSERT INTO things (name) VALUES ('a') RETURNING id"]
)
async def test_a_statement_is_one_trip(
    connection: AsyncConnection, trips: list[object], statement: str
) -> None:
    (await connection.execute(text(statement))).all()
    assert len(trips) == 1
