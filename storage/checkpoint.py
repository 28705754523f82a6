"""What SQLite leaves in its write-ahead log."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

_PATIENCE = 100
"""Milliseconds to wait for readers: writers wait too, and there is a next time."""


async def checkpoint(writer: AsyncEngine) -> None:
    """Empty the write-ahead log, where old pages stay legible; PostgreSQL looks after its own.

    Not possible inside a transaction: https://sqlite.org/pragma.html#pragma_wal_checkpoint
    """
    if writer.dialect.name != "sqlite":
        return
    async with writer.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        ((usual,),) = await driver.execute_fetchall("PRAGMA busy_timeout")
        await driver.execute_fetchall(f"PRAGMA busy_timeout={_PATIENCE}")
        try:
            await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            await driver.execute_fetchall(f"PRAGMA busy_timeout={usual}")
