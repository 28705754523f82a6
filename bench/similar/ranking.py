"""Ranks the ideas of a record through the product's own storage and search, and by FTS5 alone."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

import aiosqlite
from tqdm import tqdm  # type: ignore[import-untyped]

from bench.similar.record import Id, Ranked, Record
from bot.ideas import Audience, NewIdea
from bot.people import Viewer
from bot.reading.similar import OFFERED, OFFERED_SCORE, is_telling
from bot.refs import AccountRef
from storage.database import SqlDatabase
from storage.finding import CANDIDATES
from storage.search import SEARCH_TABLES, terms

NAME = "playground"
VIEWER = Viewer(NAME, shows_all=True)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
_BM25 = (
    "SELECT rowid FROM idea_words WHERE idea_words MATCH ?"
    " ORDER BY bm25(idea_words, 3, 1), rowid DESC"
)


class Ranking:
    """A board that the ideas of a record come to."""

    def __init__(self, database: SqlDatabase, records: Sequence[Record]) -> None:
        self._database = database
        self._records = records
        self._ids: dict[int, Id] = {}
        self._clusters: defaultdict[Id, set[Id]] = defaultdict(set)

    async def all_pairs(self) -> list[Ranked]:
        """Each against all others."""
        await self.arrive()
        return [await self._rank(record) for record in tqdm(self._records, leave=False)]

    async def arrive(self) -> None:
        """All come to the board, which learns their words."""
        author = await self._author()
        for record in tqdm(self._records, unit="idea", leave=False):
            await self._arrive(record, author)
        await self._learn()

    async def known_pairs(self) -> list[Ranked]:
        """Those with a duplicate, against all others, once all have come."""
        await self._learn()
        several = [one for one in self._records if len(self._clusters[one.cluster]) > 1]
        return [await self._rank(record) for record in several]

    async def _learn(self) -> None:
        async with self._database.transaction() as store:
            await store.learn_words()

    async def arrival(self) -> list[Ranked]:
        """Each, as it comes, against those that came before."""
        author = await self._author()
        ranked = []
        for record in tqdm(self._records, unit="idea", leave=False):
            ranked.append(await self._rank(record))
            await self._arrive(record, author)
        return ranked

    async def by_bm25(self, file: str, most_words: int) -> list[Ranked]:
        """The baseline, after all have come: SQLite's own order for the rarest words."""
        async with aiosqlite.connect(file) as raw:
            rows = await raw.execute_fetchall("SELECT term, doc FROM idea_words_vocab")
            found_in = {str(term): int(doc) for term, doc in rows}
            return [one async for one in self._by_bm25(raw, found_in, most_words)]

    async def _by_bm25(
        self, raw: aiosqlite.Connection, found_in: dict[str, int], most_words: int
    ) -> AsyncIterator[Ranked]:
        for record in self._records:
            words = set(terms(record.wording.title, record.wording.body))
            rarest = sorted(words, key=lambda word: (found_in.get(word, 0), word))[:most_words]
            query = " OR ".join(f'"{word}"' for word in rarest)
            rows = await raw.execute_fetchall(_BM25, (query,)) if query else ()
            yield self._ranked(record, {}, [int(row[0]) for row in rows])

    async def _author(self) -> int:
        async with self._database.transaction() as store:
            account = await store.account(AccountRef(NAME, "ana"), "Ana", NAME, NOW)
        return account.member

    async def _arrive(self, record: Record, author: int) -> None:
        new = NewIdea(record.wording, author, NAME, Audience.EVERYONE)
        async with self._database.transaction() as store:
            idea = await store.add_idea(new, NOW)
        self._ids[idea.number] = record.id
        self._clusters[record.cluster].add(record.id)

    async def _rank(self, record: Record) -> Ranked:
        async with self._database.reading() as store:
            matches = await store.search(record.wording, VIEWER, CANDIDATES)
        scores: dict[int, float] = {match.idea.number: match.score for match in matches}
        return self._ranked(record, scores, await self._by_index(record))

    async def _by_index(self, record: Record) -> list[int]:
        """Those that hold a word the search looks for, in the order it takes its candidates."""
        search = SEARCH_TABLES[self._database.reader.dialect.name]
        sought = search.sought(self._database.words.sought(record.wording))
        async with self._database.reader.connect() as connection:
            rows = await connection.execute(
                search.found, {"sought": sought, "most": len(self._ids)}
            )
            return [row.idea for row in rows]

    def _ranked(self, record: Record, scores: dict[int, float], further: list[int]) -> Ranked:
        """All others: those with scores, then `further` ones, then the rest as they came."""
        numbers = dict.fromkeys((*scores, *further, *self._ids))
        others = tuple(self._ids[n] for n in numbers if self._ids[n] != record.id)
        sure = {self._ids[n]: score for n, score in scores.items() if self._ids[n] != record.id}
        enough = (found for found, score in sure.items() if score >= OFFERED_SCORE)
        offered = tuple(enough)[:OFFERED] if is_telling(record.wording) else ()
        right = frozenset(self._clusters[record.cluster] - {record.id})
        return Ranked(record, others, max(sure.values(), default=0.0), offered, right)
