"""Records become rows: what is there already stays as it is, what cannot be is said."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import insert, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ideas import TOLD, IdeaStatus, Wording
from bot.transfer.fields import Value
from bot.transfer.kinds import BY_NAME, Kind, Values
from bot.transfer.problems import Problem
from bot.transfer.records import Record, spoilt
from storage.database import SqlDatabase
from storage.ideas import change
from storage.search import SEARCH_TABLES
from storage.transfer.counts import Counts, Hear, batches, resumable
from storage.transfer.finish import finish
from storage.transfer.tables import QUERIES, TABLES, column, to_row, to_values

AT_ONCE = 500
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_UNIQUE = {
    "account": "ref",
    "idea": "origin_message",
    "mark": "message",
    "escalation": "idea",
    "posting": "message",
}
_UNKEYED = ("posting",)


async def bring(database: SqlDatabase, read: Iterable[Record | Problem], hear: Hear) -> Counts:
    """Store records, at most 500 a commit, and bring tallies and numbering up to date.

    StorageError when the database gives up; the same import again goes on where it stopped.
    """
    counts = Counts()
    spoiled: set[tuple[str, int]] = set()
    with resumable(counts):
        for batch in batches(read, AT_ONCE):
            async with database.writer.begin() as connection:
                chunk = _Chunk(connection, counts, spoiled)
                await chunk.bring(batch)
            hear(counts, chunk.problems)
        await finish(database)
    return counts


class _Chunk:
    """One commit's worth."""

    def __init__(
        self, connection: AsyncConnection, counts: Counts, spoiled: set[tuple[str, int]]
    ) -> None:
        self.problems: list[Problem] = []
        self._connection = connection
        self._counts = counts
        self._spoiled = spoiled

    async def bring(self, batch: list[Record | Problem]) -> None:
        """Records of one kind together, in the order of the file."""
        for kind, some in groupby(batch, _kind_of):
            records = []
            for item in some:
                if isinstance(item, Problem):
                    self._refuse(item)
                elif problem := self._builds_on_nothing(item):
                    self._refuse(problem)
                else:
                    records.append(item)
            if kind and records:
                await self._group(BY_NAME[kind], records)

    def _refuse(self, problem: Problem) -> None:
        self.problems.append(problem)
        self._counts.problems += 1
        if problem.spoils:
            self._spoiled.add(problem.spoils)

    def _builds_on_nothing(self, record: Record) -> Problem | None:
        for field in record.kind.kept:
            number = record.values[field.name]
            if isinstance(number, int) and (field.to, number) in self._spoiled:
                text = f"its {field.name} is {field.to} {number}, which could not be brought in."
                return _problem(record, text)
        return None

    async def _group(self, kind: Kind, records: list[Record]) -> None:
        there = await self._there(kind, records)
        new = []
        for record in records:
            if record.identity not in there:
                new.append(record)
            elif differing := _differing(record, there[record.identity]):
                self._refuse(_problem(record, _other(record, differing)))
            else:
                self._counts.same += 1
        if kind.name in _UNKEYED:
            new = await self._pointing_somewhere(new)
        if new:
            await self._insert(kind, new)

    async def _pointing_somewhere(self, records: list[Record]) -> list[Record]:
        """Without those that no key would hold back."""
        kept = []
        for record in records:
            if lost := await self._lost(record):
                self._refuse(_problem(record, lost))
            else:
                kept.append(record)
        return kept

    async def _there(
        self, kind: Kind, records: list[Record]
    ) -> dict[tuple[Value, ...], dict[str, Any]]:
        """Those that are there already, by identity."""
        key = tuple_(*(column(kind, field) for field in kind.identity))
        wanted = QUERIES[kind.name].where(key.in_([record.identity for record in records]))
        rows = [to_values(kind, row) for row in await self._connection.execute(wanted)]
        return {tuple(row[field] for field in kind.identity): row for row in rows}

    async def _insert(self, kind: Kind, records: list[Record]) -> None:
        """All of them or, when the database refuses one, each for itself."""
        try:
            async with self._connection.begin_nested():
                rows = [to_row(kind, record.values) for record in records]
                await self._connection.execute(insert(TABLES[kind.name]), _completed(kind, rows))
                for record in records:
                    await self._follow_up(record)
        except IntegrityError:
            if len(records) == 1:
                self._refuse(_problem(records[0], await self._diagnosis(records[0])))
                return
            for record in records:
                await self._group(kind, [record])
        else:
            self._counts.new += len(records)
            self._counts.untold += [
                record.line for record in records if kind.name == "decision" and _is_untold(record)
            ]

    async def _follow_up(self, record: Record) -> None:
        """What is made from a record rather than carried."""
        values: Any = record.values
        if record.kind.name == "idea":
            wording = Wording(*(values[f] for f in ("title", "body", "job", "obstacle", "area")))
            search = SEARCH_TABLES[self._connection.dialect.name]
            await self._connection.execute(search.put, search.row(values["number"], wording))
        elif record.kind.name == "merge":
            merged = change(values["idea"], merged_into=values["into_idea"])
            await self._connection.execute(merged)

    async def _diagnosis(self, record: Record) -> str:
        """Why the database refuses a record."""
        unique = _UNIQUE.get(record.kind.name, "values")
        return await self._lost(record) or f"another {record.kind.name} has the same {unique}."

    async def _lost(self, record: Record) -> str:
        """What it points at and is not here."""
        for field in record.kind.kept:
            value = record.values[field.name]
            if field.to and value is not None and not await self._exists(field.to, value):
                return f"its {field.name} is {field.to} {value}, which is not here."
        return ""

    async def _exists(self, kind: str, number: Value) -> bool:
        key = column(BY_NAME[kind], BY_NAME[kind].identity[0])
        return await self._connection.scalar(select(key).where(key == number)) is not None


def _kind_of(item: Record | Problem) -> str:
    return item.kind.name if isinstance(item, Record) else ""


def _problem(record: Record, text: str) -> Problem:
    return Problem(record.line, text, spoilt(record.kind, record.values))


def _differing(record: Record, there: Values) -> list[str]:
    return [name for name, value in record.values.items() if there[name] != value]


def _other(record: Record, differing: list[str]) -> str:
    which = " ".join(str(part) for part in record.identity)
    other = ", ".join(differing)
    return f"{record.kind.name} {which} is here already with another {other}; it stays as it is."


def _completed(kind: Kind, rows: list[Any]) -> list[Any]:
    """With what a table needs and no record carries: a posting may be edited at once."""
    if kind.name == "posting":
        return [row | {"quiet_until": _LONG_AGO} for row in rows]
    return rows


def _is_untold(record: Record) -> bool:
    decision = record.values
    status, previous = decision["status"], decision["previous"]
    tells = status in TOLD or status == previous or previous == IdeaStatus.HELD
    open_ = decision["told_at"] is None and decision["undone_at"] is None
    return open_ and bool(tells or decision["correction"])
