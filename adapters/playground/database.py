"""The playground's SQLite file: one connection, one transaction at a time, and who waits for it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Self

import aiosqlite

from adapters.playground.rows import SCHEMA, VERSION
from bot.errors import StorageError


class Database:
    """Statements in turn: two coroutines on one connection would share a transaction."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._db = connection
        self._turn = asyncio.Lock()
        self._changed = asyncio.Event()
        self.closed = False

    @classmethod
    async def open(cls, path: Path | str) -> Self:
        """The database in this file, made when there is none; StorageError for another version."""
        connection = await aiosqlite.connect(path, isolation_level=None)
        connection.row_factory = aiosqlite.Row
        database = cls(connection)
        try:
            await database._prepare()
        except BaseException:
            await connection.close()
            raise
        return database

    async def _prepare(self) -> None:
        for pragma in ("journal_mode = WAL", "busy_timeout = 5000", "foreign_keys = ON"):
            await self._db.execute(f"PRAGMA {pragma}")
        version = (await self._one("PRAGMA user_version"))[0]
        if version not in (0, VERSION):
            raise StorageError(
                "playground.sqlite was made by another version. Move it away to start afresh."
            )
        if version == 0:
            await self._db.executescript(
                f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;"
            )

    async def close(self) -> None:
        """Close the file and wake everybody who waits for a change."""
        self.closed = True
        self._changed.set()
        async with self._turn:
            await self._db.close()

    @property
    def changed(self) -> asyncio.Event:
        """Set at the next change. Take it before you look, so that no change is missed."""
        return self._changed

    async def fact(self, name: str) -> str | None:
        """A remembered value."""
        row = await self._first("SELECT value FROM facts WHERE name = ?", name)
        return row["value"] if row else None

    async def set_fact(self, name: str, value: str) -> None:
        """Remember a value."""
        async with self._changing():
            await self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    @asynccontextmanager
    async def _changing(self) -> AsyncIterator[int]:
        """A transaction, and the number of the change that it makes."""
        async with self._turn:
            try:
                await self._db.execute("BEGIN IMMEDIATE")
                row = await self._one(
                    "UPDATE facts SET value = value + 1 WHERE name = 'seq' RETURNING value"
                )
                yield int(row[0])
            except BaseException:
                with suppress(sqlite3.OperationalError):  # BEGIN itself may have failed
                    await self._db.execute("ROLLBACK")
                raise
            try:
                await self._db.execute("COMMIT")
            finally:
                self._changed.set()
                self._changed = asyncio.Event()

    async def _first(self, statement: str, *values: object) -> aiosqlite.Row | None:
        return next(iter(await self._all(statement, *values)), None)

    async def _all(self, statement: str, *values: object) -> list[aiosqlite.Row]:
        async with self._turn:
            return list(await self._db.execute_fetchall(statement, values))

    async def _one(self, statement: str) -> aiosqlite.Row:
        """The row of a statement inside a transaction."""
        (row,) = await self._db.execute_fetchall(statement)
        return row
