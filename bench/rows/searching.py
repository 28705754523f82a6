"""Similar ideas, and a suggestion that looks for them, among many."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiosqlite

from bench.filling import NAME
from bench.lab import Lab
from bench.rows.writing import form
from bench.table import Row, ratio
from bench.timing import WARM_UP, in_turn
from bot.board.submit import look_alikes
from bot.dispatch import menu_of
from bot.ideas import Wording
from bot.people import Viewer
from bot.ports import Turn
from storage.search import terms

MOST_WORDS = 8
_QUERY = "SELECT rowid FROM idea_words WHERE idea_words MATCH ? ORDER BY bm25(idea_words) LIMIT 10"


class Rarest:
    """The baseline: one FTS5 query for the 8 rarest words, by a count of all of them."""

    def __init__(self, raw: aiosqlite.Connection, found_in: dict[str, int]) -> None:
        self._raw = raw
        self._found_in = found_in

    def query(self, wording: Wording) -> str:
        """The words of an idea, chosen before the clock starts."""
        words = set(terms(wording.title, wording.body, wording.job))
        rarest = sorted(words, key=lambda word: (self._found_in.get(word, 0), word))[:MOST_WORDS]
        return " OR ".join(f'"{word}"' for word in rarest)

    async def ask(self, query: str) -> None:
        """The query alone."""
        await self._raw.execute_fetchall(_QUERY, (query,))


@asynccontextmanager
async def _rarest(lab: Lab) -> AsyncIterator[Rarest]:
    shelf = await lab.shelf(lab.scale.many)
    async with aiosqlite.connect(shelf.file) as raw:
        rows = await raw.execute_fetchall("SELECT term, doc FROM idea_words_vocab")
        yield Rarest(raw, {str(term): int(doc) for term, doc in rows})


async def similar(lab: Lab) -> Row:
    """Similar ideas for a new one, as `/suggest` looks them up."""
    shelf = await lab.shelf(lab.scale.many)
    wordings = [lab.language.wording() for _ in range(lab.scale.rounds + WARM_UP)]
    viewer, now = Viewer(NAME, shows_all=True), datetime.now(UTC)
    async with _rarest(lab) as rarest:
        wanted, queries = iter(wordings), iter([rarest.query(wording) for wording in wordings])

        async def ours() -> None:
            async with shelf.database.reading() as store:
                turn = Turn(store, shelf.config, menu_of(()), viewer, now)
                await look_alikes(turn, next(wanted))

        times = await in_turn(lab.scale.rounds, ours, lambda: rarest.ask(next(queries)))
    note = f"beside one FTS5 query for the 8 rarest words; {lab.scale.many:,} ideas"
    return ratio("similar ideas, the words chosen", *times, 5, 10, note)


async def submitting_among_many(lab: Lab) -> Row:
    """A suggestion among many ideas, beside one among few and the query they differ by."""
    many, few = await lab.shelf(lab.scale.many), await lab.shelf(lab.scale.few)
    async with _rarest(lab) as rarest:

        async def ours() -> None:
            await many.dispatch(next(here))

        async def base() -> None:
            await few.dispatch(next(there))
            await rarest.ask(next(queries))

        count = lab.scale.rounds + WARM_UP
        here, there = (iter([form(lab) for _ in range(count)]) for _ in range(2))
        queries = iter([rarest.query(lab.language.wording()) for _ in range(count)])
        times = await in_turn(lab.scale.rounds, ours, base)
    note = f"beside one at {lab.scale.few:,} and one query for the 8 rarest words"
    return ratio(f"a form at {lab.scale.many:,} ideas", *times, 1.3, 2, note)
