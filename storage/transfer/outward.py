"""Every record there is, as one moment saw them, a few hundred in memory at a time."""

from collections.abc import AsyncIterator
from typing import Any

from bot.transfer.kinds import KINDS, Kind
from storage.database import SqlDatabase
from storage.transfer.tables import QUERIES, to_values

AT_A_TIME = 500


async def exported(database: SqlDatabase) -> AsyncIterator[tuple[Kind, dict[str, Any]]]:
    """Kinds in the order of `KINDS`, each in the order of its identity. Stops no writer."""
    async with database.reader.connect() as connection:
        for kind in KINDS:
            rows = await connection.stream(QUERIES[kind.name])
            async for some in rows.partitions(AT_A_TIME):
                for row in some:
                    yield kind, to_values(kind, row)
