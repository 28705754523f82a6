"""Two databases of one make: one with a board in it, and an empty one beside it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.config import playground_config
from storage.database import SqlDatabase, open_database
from tests.community import Community
from tests.storage.board import Board
from tests.transfer.moving import live


@pytest.fixture
async def empty(database_url: str, tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    """An open, migrated database with nothing in it."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        other = url.set(database=str(tmp_path / "other.sqlite"))
    else:
        other = url.set(database=f"{url.database}_other")
        await _on_server(database_url, f"CREATE DATABASE {other.database}")
    database = await open_database(other.render_as_string(hide_password=False))
    yield database
    await database.close()
    if url.get_backend_name() != "sqlite":
        await _on_server(database_url, f"DROP DATABASE {other.database} WITH (FORCE)")


async def _on_server(url: str, statement: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


@pytest.fixture
async def board(database: SqlDatabase) -> Board:
    """Ana, Ben, Chloé and Dmitri are members; Mo moderates, Pia is the product team."""
    board = Board(database)
    for name in ("Ana", "Ben", "Chloé", "Dmitri", "Mo", "Pia"):
        await board.join(name)
    return board


@pytest.fixture
async def lively(database: SqlDatabase, tmp_path: Path) -> SqlDatabase:
    """A board on which everything has happened that can."""
    await live(Community(playground_config(tmp_path), database, tmp_path / "unused"))
    return database
