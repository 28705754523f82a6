"""Search text: FTS5 on SQLite, a tsvector on PostgreSQL. The only place that knows which.

Both hold the same folded words, so both find the same ideas. The tables are made by the first
migration and are no part of `schema.metadata`, which cannot describe a virtual table.
"""

import re
from collections.abc import Iterable
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    TextClause,
    and_,
    cast,
    column,
    delete,
    desc,
    func,
    insert,
    literal_column,
    table,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from bot.ideas import Wording
from bot.reading.clean import folded
from storage.schema import ideas

MOST_WORDS = 8
COMMON = 0.02
FEW_IDEAS = 200
REMEMBERED = 0.001
_LONGEST = 64
_WORD = re.compile(r"[^\W_]+")


def terms(*texts: str) -> list[str]:
    """The words of a text as they are stored and looked up: lower case, without accents."""
    return [word[:_LONGEST] for word in _WORD.findall(folded(" ".join(texts)))]


class CommonWords:
    """Which words many ideas hold, kept in memory: a search never counts a word.

    Learned at the start, and again whenever the ideas have grown by a tenth.
    """

    def __init__(self) -> None:
        self._shares: dict[str, float] = {}
        self._learned = 0
        self._newest = 0

    def learn(self, newest: int, shares: Iterable[tuple[str, float]]) -> None:
        """Replace what is known: the newest idea's number, and (word, share of ideas) pairs."""
        self._learned = self._newest = newest
        self._shares = dict(shares)

    def stored(self, number: int) -> None:
        """Take notice of an idea."""
        self._newest = max(self._newest, number)

    @property
    def outdated(self) -> bool:
        """Whether it is time to learn again."""
        return self._newest > 1.1 * self._learned + FEW_IDEAS

    def rarest(self, words: Iterable[str]) -> list[str]:
        """At most 8 of the words, without those in more than 2 % of ideas unless all of them are.

        A word that is not remembered is rare.
        """
        ordered = sorted(dict.fromkeys(words), key=self._share)
        if self._learned > FEW_IDEAS:
            ordered = [word for word in ordered if self._share(word) <= COMMON] or ordered[:1]
        return ordered[:MOST_WORDS]

    def _share(self, word: str) -> float:
        return self._shares.get(word, 0.0)


class SearchTable(Protocol):
    """What a dialect does with the table `idea_words`."""

    common: TextClause
    """Words in more than `least` of `ideas`, each with its share."""

    def put(self, number: int, title: list[str], rest: list[str]) -> Executable:
        """Store an idea's words, or replace them."""
        ...

    def drop(self, numbers: Select[Any]) -> list[Executable]:
        """Forget ideas' words, so that the file holds none of them either."""
        ...

    def holding(self, words: list[str]) -> tuple[ColumnElement[bool], ColumnElement[float]]:
        """The clause for ideas that hold any of the words, and their order, best first."""
        ...


class _Fts5(SearchTable):
    common = text(
        "SELECT term, doc * 1.0 / :ideas FROM idea_words_vocab WHERE doc > :least * :ideas"
    )
    _table = table("idea_words", column("rowid"), column("title"), column("rest"))
    _whole: ColumnElement[Any] = literal_column("idea_words")

    def put(self, number: int, title: list[str], rest: list[str]) -> Executable:
        row = {"rowid": number, "title": " ".join(title), "rest": " ".join(rest)}
        return insert(self._table).prefix_with("OR REPLACE").values(row)

    def drop(self, numbers: Select[Any]) -> list[Executable]:
        # FTS5 marks words as gone and keeps them until it rewrites its index.
        rewrite = text("INSERT INTO idea_words (idea_words) VALUES ('optimize')")
        return [delete(self._table).where(self._table.c.rowid.in_(numbers)), rewrite]

    def holding(self, words: list[str]) -> tuple[ColumnElement[bool], ColumnElement[float]]:
        query = " OR ".join(f'"{word}"' for word in words)
        found = and_(self._table.c.rowid == ideas.c.number, self._whole.op("MATCH")(query))
        return found, func.bm25(self._whole, *_WEIGHTS)


class _Tsvector(SearchTable):
    # PostgreSQL's own statistics, as fresh as the last ANALYZE; the last shares are no words'.
    common = text(
        "SELECT w.word, w.share FROM pg_stats s, unnest(s.most_common_elems::text::text[],"
        " s.most_common_elem_freqs) AS w (word, share) WHERE s.schemaname = current_schema()"
        " AND s.tablename = 'idea_words' AND s.attname = 'words' AND w.word IS NOT NULL"
        " AND w.share > :least"
    )
    _table = table("idea_words", column("idea"), column("words", TSVECTOR))

    def put(self, number: int, title: list[str], rest: list[str]) -> Executable:
        weighted = [(word, "A") for word in title] + [(word, "D") for word in rest]
        listed = " ".join(f"'{w}':{i}{weight}" for i, (w, weight) in enumerate(weighted, 1))
        row = postgresql.insert(self._table).values(idea=number, words=cast(listed, TSVECTOR))
        return row.on_conflict_do_update(
            index_elements=["idea"], set_={"words": row.excluded.words}
        )

    def drop(self, numbers: Select[Any]) -> list[Executable]:
        return [delete(self._table).where(self._table.c.idea.in_(numbers))]

    def holding(self, words: list[str]) -> tuple[ColumnElement[bool], ColumnElement[float]]:
        query = cast(" | ".join(f"'{word}'" for word in words), TSQUERY)
        found = and_(self._table.c.idea == ideas.c.number, self._table.c.words.op("@@")(query))
        return found, desc(func.ts_rank(self._table.c.words, query))


_WEIGHTS = (3.0, 1.0)
SEARCH_TABLES: dict[str, SearchTable] = {"sqlite": _Fts5(), "postgresql": _Tsvector()}
"""By dialect."""


def idea_terms(wording: Wording) -> tuple[list[str], list[str]]:
    """The words of an idea: of its title, and of the rest."""
    rest = (wording.body, wording.job, wording.obstacle, wording.area)
    return terms(wording.title), terms(*rest)
