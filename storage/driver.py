"""SQLite in one trip to its thread for each statement.

SQLAlchemy asks aiosqlite for a cursor, to run a statement, for its rows and to close the cursor,
and each of them is a trip to the thread that has the connection, of up to 0.1 ms: four times as
many as the statement needs (`python -m bench --only vote`).
"""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import aiosqlite

_AT_ONCE = 1_000
"""Rows that are read along with the statement; what is streamed is longer."""


def opener(file: str) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """What opens a connection to a file, for SQLAlchemy's `async_creator`. It begins nothing by
    itself."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(file, isolation_level=None)

    async def opened() -> aiosqlite.Connection:
        connection = _Connection(connect, iter_chunk_size=_AT_ONCE)
        connection._thread.daemon = True  # as SQLAlchemy has it: no process waits for it
        return await connection

    return opened


class _Connection(aiosqlite.Connection):
    def cursor(self) -> "_Cursor":  # type: ignore[override]  # SQLAlchemy enters it, no more
        return _Cursor(self)


class _Cursor(aiosqlite.Cursor):
    def __init__(self, connection: _Connection) -> None:
        self._conn = connection
        self._rows: list[sqlite3.Row] = []
        self._ended = True

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "_Cursor":
        await self._execute(self._run, sql, parameters or ())  # type: ignore[no-untyped-call]
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "_Cursor":
        self._cursor = await self._conn._execute(  # type: ignore[no-untyped-call]
            self._conn._conn.executemany, sql, parameters
        )
        return self

    def _run(self, sql: str, parameters: Iterable[Any]) -> None:
        """In the connection's thread."""
        self._cursor = self._conn._conn.execute(sql, parameters)  # type: ignore[arg-type]
        self._rows = self._cursor.fetchmany(_AT_ONCE)
        self._ended = len(self._rows) < _AT_ONCE

    async def fetchall(self) -> Iterable[sqlite3.Row]:
        rows, self._rows = self._rows, []
        return rows if self._ended else [*rows, *await super().fetchall()]

    async def fetchmany(self, size: int | None = None) -> Iterable[sqlite3.Row]:
        size = size or self.arraysize
        if not self._rows and not self._ended:
            self._rows = [*await super().fetchmany(_AT_ONCE)]
            self._ended = len(self._rows) < _AT_ONCE
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchone(self) -> sqlite3.Row | None:
        return next(iter(await self.fetchmany(1)), None)

    async def close(self) -> None:
        if not self._ended:
            await super().close()
