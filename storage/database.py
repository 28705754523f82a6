"""Engines and transactions: one writer and several readers, on SQLite and PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StorageError
from storage import schema
from storage.driver import opener
from storage.migrate import migrate, missing, versions
from storage.part import upsert
from storage.queue import SqlQueue
from storage.store import SqlStore
from storage.words import KnownWords


class SqlDatabase:
    """The port `Database`. Bound to the event loop it is first used in."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self.writer = writer
        self.reader = reader
        self.queue = SqlQueue(writer, reader)
        self.words = KnownWords()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[SqlStore]:
        """All or nothing; nothing inside it touches the network."""
        async with self.writer.begin() as connection:
            yield SqlStore(connection, self.words)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlStore]:
        """A consistent read that never stops a writer."""
        async with self.reader.connect() as connection:
            yield SqlStore(connection, self.words)

    async def bind(self, connection: str, workspace: str) -> None:
        """Tie a connection to its workspace at first sight; StorageError for another one."""
        table = schema.connections
        known = select(table.c.workspace).where(table.c.name == connection)
        async with self.writer.begin() as writing:
            first = upsert(writing, table).values(name=connection, workspace=workspace)
            await writing.execute(first.on_conflict_do_nothing())
            bound = await writing.scalar(known)
        if bound != workspace:
            raise StorageError(
                f"Connection {connection!r} belongs to {bound}, but its token is for {workspace}. "
                "Use the token it had before, or give the new workspace a connection of its own."
            )

    async def close(self) -> None:
        """Let go of every connection; before the event loop ends."""
        await self.writer.dispose()
        await self.reader.dispose()


async def open_database(url: str) -> SqlDatabase:
    """The migrated database at `sqlite+aiosqlite:///file` or `postgresql+asyncpg://…`.

    StorageError, with what to do, when it cannot be opened or is newer than this code.
    """
    address = make_url(url)
    database = SqlDatabase(*_engines(address))
    try:
        async with database.writer.begin() as connection:
            await connection.run_sync(migrate)
        async with database.reading() as store:
            await store.learn_words()
    except (DBAPIError, OSError) as error:
        await database.close()
        raise _unusable(address, error) from error
    except BaseException:
        await database.close()
        raise
    return database


async def missing_migrations(url: str) -> int:
    """How many migrations the next start will run, without changing anything now.

    StorageError, with what to do, when it cannot be opened or is newer than this code.
    """
    address = make_url(url)
    if _is_new_file(address):
        return len(versions())
    writer, reader = _engines(address)
    try:
        async with reader.connect() as connection:
            return len(await connection.run_sync(missing))
    except (DBAPIError, OSError) as error:
        raise _unusable(address, error) from error
    finally:
        await writer.dispose()
        await reader.dispose()


def _is_new_file(address: URL) -> bool:
    """SQLite would make it at the first look, wherever there is a folder for it."""
    if address.get_backend_name() != "sqlite" or not address.database:
        return False
    file = Path(address.database)
    return file.parent.is_dir() and not file.exists()


def _unusable(address: URL, error: DBAPIError | OSError) -> StorageError:
    reason = error.orig if isinstance(error, DBAPIError) else error
    return StorageError(f"The database at {address} cannot be opened: {reason}")


def _engines(address: URL) -> tuple[AsyncEngine, AsyncEngine]:
    """Writer and reader. Errors never quote parameters: they are people's words."""
    if address.get_backend_name() == "sqlite":
        # A pool of one, so that tasks queue fairly here instead of fighting for the file's lock.
        file = opener(address.database or ":memory:")
        options: dict[str, Any] = {"hide_parameters": True, "async_creator": file}
        writer = create_async_engine(address, pool_size=1, max_overflow=0, **options)
        reader = create_async_engine(address, **options)
        # secure_delete overwrites what was erased: https://sqlite.org/pragma.html
        safely = "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"
        _on_sqlite(writer, "BEGIN IMMEDIATE", *safely)
        _on_sqlite(reader, "BEGIN", "query_only=ON")
        return writer, reader
    try:
        writer = create_async_engine(address, hide_parameters=True, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StorageError(
            "PostgreSQL needs its driver: pip install 'sounding-board[postgres]'"
        ) from error
    read_only = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    reader = create_async_engine(
        address, hide_parameters=True, pool_pre_ping=True, execution_options=read_only
    )
    return writer, reader


def _on_sqlite(engine: AsyncEngine, begin: str, *pragmas: str) -> None:
    """Begin as told: Python's sqlite3 would at the first write, outside earlier reads."""

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in ("busy_timeout=5000", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def began(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
