"""Databases on a PostgreSQL server for tests.

To migrate one takes 0.3 s, to make and to drop one about as much: so a migrated one is emptied
and handed on (5 ms).
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage import schema
from storage.database import open_database
from storage.migrate import versions

TABLES = ["idea_words", *(table.name for table in reversed(schema.metadata.sorted_tables))]
EMPTIED = [
    *(f"DELETE FROM {name}" for name in TABLES),  # noqa: S608 - our own tables
    "SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences",
    f"UPDATE alembic_version SET version_num = '{versions()[-1]}'",  # noqa: S608
]


@dataclass
class PostgresServer:
    """A server that databases can be made on; `drop` drops all that were."""

    server: str
    _made: list[str] = field(default_factory=list)
    _free: list[str] = field(default_factory=list)

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """The address of a database with every table, all empty."""
        if not self._free:
            self._free.append(self.new())
            asyncio.run(_migrate(self._free[0]))
        url = self._free.pop()
        yield url
        asyncio.run(_do(url, *EMPTIED, isolation_level="READ COMMITTED"))
        self._free.append(url)

    def new(self) -> str:
        """The address of a database without any table."""
        name = f"soundingboard_{uuid4().hex}"
        self._made.append(name)
        asyncio.run(_do(self._address("postgres"), f"CREATE DATABASE {name}"))
        return self._address(name)

    def drop(self) -> None:
        """Drop every database that was made."""
        drops = [f"DROP DATABASE {name} WITH (FORCE)" for name in self._made]
        asyncio.run(_do(self._address("postgres"), *drops))

    def _address(self, name: str) -> str:
        url = make_url(self.server).set(drivername="postgresql+asyncpg", database=name)
        return url.render_as_string(hide_password=False)


async def _migrate(url: str) -> None:
    await (await open_database(url)).close()


async def _do(url: str, *statements: str, isolation_level: str = "AUTOCOMMIT") -> None:
    """Make and drop one by one, for that cannot be in a transaction; empty all in one."""
    engine = create_async_engine(url, isolation_level=isolation_level)
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()
