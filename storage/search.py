"""Search text: FTS5 on SQLite, a tsvector on PostgreSQL. The only place that knows which.

Both hold the same folded words, so both find the same ideas. The tables are no part of
`schema.metadata`, which cannot describe a virtual table.
"""

import json
from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import (
    BigInteger,
    Executable,
    Float,
    Select,
    Text,
    TextClause,
    TextualSelect,
    bindparam,
    cast,
    column,
    delete,
    insert,
    table,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import TSVECTOR

from bot.ideas import Wording
from bot.reading.words import words_in
from storage.words import Sought


def terms(*texts: str) -> list[str]:
    """The words of a text as they are stored and looked up."""
    return words_in(" ".join(texts))


def _terms(wording: Wording) -> tuple[list[str], list[str]]:
    """Of the title, and of the rest."""
    rest = (wording.body, wording.job, wording.obstacle, wording.area)
    return terms(wording.title), terms(*rest)


def _found(query: str) -> TextualSelect:
    best = f"{query} ORDER BY worth DESC, idea DESC LIMIT :most"
    return text(best).columns(column("idea", BigInteger), column("worth", Float))


class SearchTable(Protocol):
    """What a dialect does with the table `idea_words`."""

    made: tuple[str, ...]
    """What makes it, and all that belongs to it."""
    common: TextClause
    """Words in more than `least` of `ideas`, each with its share."""
    found: TextualSelect
    """The numbers of `most` ideas that hold what is `sought`, with their worth, best first."""

    put: Executable
    """Store an idea's words, or replace them: those of a `row`."""

    def row(self, number: int, wording: Wording) -> dict[str, object]:
        """The parameters of `put`."""
        ...

    def drop(self, numbers: Select[Any]) -> list[Executable]:
        """Forget ideas' words, so that the file holds none of them either."""
        ...

    def sought(self, words: Sequence[Sought]) -> str:
        """The parameter `sought`: what to ask the index, with its worth; a word in the title counts
        twice."""
        ...


class _Fts5(SearchTable):
    made = (
        (
            "CREATE VIRTUAL TABLE idea_words"
            " USING fts5 (title, rest, tokenize = 'unicode61 remove_diacritics 2')"
        ),
        "CREATE VIRTUAL TABLE idea_words_vocab USING fts5vocab (idea_words, row)",
    )
    common = text(
        "SELECT term, doc * 1.0 / :ideas FROM idea_words_vocab WHERE doc > :least * :ideas"
    )
    found = _found(
        "SELECT w.rowid AS idea, sum(s.value) AS worth FROM json_each(:sought) s"
        " CROSS JOIN idea_words w WHERE w.idea_words MATCH s.key GROUP BY w.rowid"
    )
    _table = table("idea_words", column("rowid"), column("title"), column("rest"))
    put = insert(_table).prefix_with("OR REPLACE")

    def row(self, number: int, wording: Wording) -> dict[str, object]:
        title, rest = _terms(wording)
        return {"rowid": number, "title": " ".join(title), "rest": " ".join(rest)}

    def drop(self, numbers: Select[Any]) -> list[Executable]:
        # FTS5 marks words as gone and keeps them until it rewrites its index.
        rewrite = text("INSERT INTO idea_words (idea_words) VALUES ('optimize')")
        return [delete(self._table).where(self._table.c.rowid.in_(numbers)), rewrite]

    def sought(self, words: Sequence[Sought]) -> str:
        asked: dict[str, float] = {}
        for one in words:
            star = " *" if one.beginning else ""
            any_of = " OR ".join(f'"{word}"{star}' for word in one.words)
            asked |= {any_of: one.worth, f"title : ({any_of})": one.worth}
        return json.dumps(asked)


class _Tsvector(SearchTable):
    made = (
        (
            "CREATE TABLE idea_words (idea BIGINT CONSTRAINT pk_idea_words PRIMARY KEY"
            " CONSTRAINT fk_idea_words_idea REFERENCES ideas (number), words TSVECTOR NOT NULL)"
        ),
        # How common a word is comes from the statistics: keep ten thousand words, not one thousand.
        "ALTER TABLE idea_words ALTER COLUMN words SET STATISTICS 1000",
        # Without its list of pending words, which every search would read through.
        "CREATE INDEX ix_idea_words_words ON idea_words USING gin (words) WITH (fastupdate = off)",
    )
    # Its index counts nothing, and its statistics wait for ANALYZE: counted in the newest ideas.
    common = text(
        "SELECT word, ndoc / least(:ideas, 5000)::float8 FROM ts_stat("
        "'SELECT words FROM idea_words ORDER BY idea DESC LIMIT 5000')"
        " WHERE ndoc > :least * least(:ideas, 5000)"
    )
    found = _found(
        "SELECT w.idea, sum((s ->> 2)::float8 * CASE WHEN w.words @@ (s ->> 1)::tsquery"
        " THEN 2 ELSE 1 END) AS worth FROM jsonb_array_elements(CAST(:sought AS jsonb)) s"
        " JOIN idea_words w ON w.words @@ (s ->> 0)::tsquery GROUP BY w.idea"
    )
    _table = table("idea_words", column("idea"), column("words", TSVECTOR))
    _row = postgresql.insert(_table).values(
        idea=bindparam("idea"), words=cast(bindparam("words", type_=Text), TSVECTOR)
    )
    put = _row.on_conflict_do_update(index_elements=["idea"], set_={"words": _row.excluded.words})

    def row(self, number: int, wording: Wording) -> dict[str, object]:
        title, rest = _terms(wording)
        weighted = [(word, "A") for word in title] + [(word, "D") for word in rest]
        listed = " ".join(f"'{w}':{i}{weight}" for i, (w, weight) in enumerate(weighted, 1))
        return {"idea": number, "words": listed}

    def drop(self, numbers: Select[Any]) -> list[Executable]:
        return [delete(self._table).where(self._table.c.idea.in_(numbers))]

    def sought(self, words: Sequence[Sought]) -> str:
        # The index knows no titles: to ask it for one reads every idea that holds the word.
        asked = []
        for one in words:
            star = "*" if one.beginning else ""
            anywhere, titled = (
                " | ".join(f"'{word}'{mark and f':{mark}'}" for word in one.words)
                for mark in (star, f"{star}A")
            )
            asked.append((anywhere, titled, one.worth))
        return json.dumps(asked)


SEARCH_TABLES: dict[str, SearchTable] = {"sqlite": _Fts5(), "postgresql": _Tsvector()}
"""By dialect."""
