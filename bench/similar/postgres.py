"""Boards on a PostgreSQL server, dropped in the end, and how fast they are searched."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import make_url, text

from bench.made_up import Language
from bench.rows.searching import MOST_WORDS
from bench.similar.ranking import NOW, VIEWER
from bench.table import Row, ratio
from bench.timing import WARM_UP, in_turn
from bot.ideas import Wording
from bot.reading.similar import OFFERED, OFFERED_SCORE
from bot.refs import AccountRef
from storage.database import SqlDatabase, open_database
from storage.search import terms

_AT_ONCE = 1_000
_IDEA = text(
    "INSERT INTO ideas (number, title, body, job, obstacle, area, status, public_status, author,"
    " connection, audience, votes, version, created_at) VALUES (:number, :title, :body, :job, '',"
    " '', 'new', 'new', :author, :connection, 'everyone', 0, 0, :at)"
)
_WORDS = text("INSERT INTO idea_words VALUES (:number, CAST(:words AS tsvector))")
_QUERY = (
    "SELECT idea FROM idea_words, CAST($1 AS tsquery) query WHERE words @@ query"
    " ORDER BY ts_rank(words, query) DESC LIMIT 10"
)


@asynccontextmanager
async def made(server: str) -> AsyncIterator[str]:
    """The address of a new database on a server."""
    name = f"bench_{uuid4().hex}"
    admin = await asyncpg.connect(server)
    try:
        await admin.execute(f"CREATE DATABASE {name}")
        url = make_url(server).set(drivername="postgresql+asyncpg", database=name)
        yield url.render_as_string(hide_password=False)
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()


async def latency(server: str, ideas: int, rounds: int) -> Row:
    """Similar ideas for a new one among so many made-up ones, beside one query of the index."""
    async with made(server) as url:
        database = await open_database(url)
        await _fill(database, ideas)
        raw = await asyncpg.connect(url.replace("+asyncpg", ""))
        counted = await raw.fetch("SELECT word, ndoc FROM ts_stat('SELECT words FROM idea_words')")
        found_in = {row["word"]: int(row["ndoc"]) for row in counted}
        language = Language(voice=1)
        wordings = [language.wording() for _ in range(rounds + WARM_UP)]
        wanted, queries = iter(wordings), iter([_rarest(w, found_in) for w in wordings])

        async def ours() -> None:
            async with database.reading() as store:
                await store.search(next(wanted), VIEWER, OFFERED, OFFERED_SCORE)

        times = await in_turn(rounds, ours, lambda: raw.fetch(_QUERY, next(queries)))
        await raw.close()
        await database.close()
    note = f"beside one query of the GIN index for the 8 rarest words; {ideas:,} ideas"
    return ratio("similar ideas, on PostgreSQL", *times, 5, 10, note)


def _rarest(wording: Wording, found_in: dict[str, int]) -> str:
    words = set(terms(wording.title, wording.body, wording.job))
    rarest = sorted(words, key=lambda word: (found_in.get(word, 0), word))[:MOST_WORDS]
    return " | ".join(f"'{word}'" for word in rarest)


async def _fill(database: SqlDatabase, ideas: int) -> None:
    language = Language()
    async with database.transaction() as store:
        account = await store.account(AccountRef(VIEWER.connection, "ana"), "Ana", "", NOW)
    shared = {"author": account.member, "connection": VIEWER.connection, "at": NOW}
    for first in range(1, ideas + 1, _AT_ONCE):
        rows = [
            _row(number, language.wording()) | shared
            for number in range(first, min(first + _AT_ONCE, ideas + 1))
        ]
        async with database.writer.begin() as connection:
            await connection.execute(_IDEA, rows)
            await connection.execute(_WORDS, [{k: r[k] for k in ("number", "words")} for r in rows])
    async with database.writer.begin() as connection:
        await connection.execute(text("ANALYZE ideas, idea_words"))
    async with database.transaction() as store:
        await store.learn_words()


def _row(number: int, wording: Wording) -> dict[str, object]:
    said = [(word, "A") for word in terms(wording.title)]
    said += [(word, "D") for word in terms(wording.body, wording.job)]
    words = " ".join(f"'{word}':{place}{mark}" for place, (word, mark) in enumerate(said, 1))
    return {
        "number": number,
        "title": wording.title,
        "body": wording.body,
        "job": wording.job,
        "words": words,
    }
