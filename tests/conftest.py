"""A fresh database for each test that asks: SQLite always, PostgreSQL when a server is named."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database import SqlDatabase, open_database

SERVER = os.environ.get("SOUNDINGBOARD_TEST_POSTGRES")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which databases the suite ran on."""
    tried = f"tried on {make_url(SERVER).host}" if SERVER else None
    terminalreporter.write_line(
        f"PostgreSQL: {tried or 'not tried (set SOUNDINGBOARD_TEST_POSTGRES)'}"
    )


async def _on_server(statement: str) -> None:
    engine = create_async_engine(_postgres("postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


def _postgres(name: str) -> str:
    server = make_url(SERVER or "")
    url = server.set(drivername="postgresql+asyncpg", database=name)
    return url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"] if SERVER else ["sqlite"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database, gone after the test."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'soundingboard.sqlite'}"
        return
    name = f"soundingboard_{uuid4().hex}"
    await _on_server(f"CREATE DATABASE {name}")
    yield _postgres(name)
    await _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[SqlDatabase]:
    """An open, migrated, empty database."""
    database = await open_database(database_url)
    yield database
    await database.close()
