"""A fresh database for each test that asks: SQLite always, PostgreSQL when a server is named.

And a watch on the log: the run fails when people's words or a token ever get there.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import make_url

from storage.database import SqlDatabase, open_database
from tests.leaks import LogWatch
from tests.postgres import PostgresServer

SERVER = os.environ.get("SOUNDINGBOARD_TEST_POSTGRES")
_watch = LogWatch()

# How fast the machine is decides no test.
settings.register_profile("any", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Watch the log of each test, whatever the one before has set up."""
    _watch.follow(item.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A leak fails the run."""
    if _watch.leaks:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which databases the suite ran on, and what should not have been logged."""
    tried = f"tried on {make_url(SERVER).host}" if SERVER else None
    terminalreporter.write_line(
        f"PostgreSQL: {tried or 'not tried (set SOUNDINGBOARD_TEST_POSTGRES)'}"
    )
    for leak in _watch.leaks:
        terminalreporter.write_line(f"people's words or a token in the log: {leak}", red=True)


@pytest.fixture
def logged() -> list[str]:
    """The lines logged since the test began."""
    return _watch.lines


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database, migrated once and copied for each test."""
    file = tmp_path_factory.mktemp("blank") / "soundingboard.sqlite"
    asyncio.run(_migrate(file))
    return file


async def _migrate(file: Path) -> None:
    await (await open_database(f"sqlite+aiosqlite:///{file}")).close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The named server; what was made there is dropped in the end."""
    assert SERVER
    server = PostgresServer(SERVER)
    yield server
    server.drop()


@pytest.fixture(params=["sqlite", "postgresql"] if SERVER else ["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of the test's own; it has tables if the test uses `database`."""
    migrated = "database" in request.fixturenames
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        with server.migrated() if migrated else nullcontext(server.new()) as url:
            yield url
        return
    file = tmp_path / "soundingboard.sqlite"
    if migrated:
        shutil.copy(request.getfixturevalue("blank"), file)
    yield f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[SqlDatabase]:
    """An open, migrated, empty database."""
    database = await open_database(database_url)
    yield database
    await database.close()
