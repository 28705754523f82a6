"""Ideas by what they say: candidates from the index, ranked by how alike they are."""

from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    FromClause,
    Row,
    Select,
    Text,
    bindparam,
    exists,
    func,
    not_,
    or_,
    select,
)

from bot.ideas import Wording
from bot.people import Role, Viewer
from bot.reading.similar import Likeness, Match
from storage.ideas import IDEAS, to_idea
from storage.part import Part
from storage.schema import ideas
from storage.search import SEARCH_TABLES
from storage.shelves import hidden, seen
from storage.words import REMEMBERED

CANDIDATES = 40
_FIRST = 2 * CANDIDATES
_ALL = 1_000_000_000
_MANY = 2_000
"""Ideas from which on it pays to look at the best of those found only."""
_SAID = tuple(ideas.c[name] for name in ("number", "title", "body", "job", "obstacle"))


class Finding(Part):
    """Ideas by their words."""

    async def search(
        self, wording: Wording, viewer: Viewer, limit: int, least: float = 0.0
    ) -> list[Match]:
        """Ideas that the viewer may see, at least so much like `wording`, most alike first; a
        merged one stands for what it counts for (2 statements; 2 more to learn how common words
        are, one when many are hidden, one for each merge above a merge)."""
        if self._words.outdated:
            await self.learn_words()
        candidates = await self._candidates(wording, viewer)
        ranked = Likeness(wording, self._words.rarity).ranked(
            [(number, said) for number, (said, _) in candidates.items()]
        )
        counting: dict[int, float] = {}
        for number, score in ranked:
            if score >= least:
                counting.setdefault(candidates[number][1] or number, score)
        return await self._matches(dict(islice(counting.items(), limit)), viewer)

    async def learn_words(self) -> None:
        """Learn which words many ideas hold (2 statements)."""
        newest = await self._value(select(func.max(ideas.c.number))) or 0
        known = {"ideas": max(newest, 1), "least": REMEMBERED}
        shares = await self._connection.execute(self._search.common, known)
        self._words.learn(newest, ((word, share) for word, share in shares))

    async def _candidates(
        self, wording: Wording, viewer: Viewer
    ) -> dict[int, tuple[Wording, int | None]]:
        """Their words, and what they were merged into, by number."""
        words = self._words.sought(wording)
        if not words:
            return {}
        sought, many = self._search.sought(words), self._words.newest > _MANY
        rows = await self._best(viewer, sought, _FIRST if many else _ALL)
        if many and len(rows) < CANDIDATES:  # the rest are hidden, or there are no more
            rows = await self._best(viewer, sought, _ALL)
        for row in rows:  # another process may have stored it
            self._words.stored(row.number)
        return {
            row.number: (Wording(row.title, row.body, row.job, row.obstacle), row.merged_into)
            for row in rows
        }

    async def _best(self, viewer: Viewer, sought: str, most: int) -> list[Row[Any]]:
        query = _candidates(self._connection.dialect.name, viewer.roles)
        values = {"sought": sought, "most": most} | _values(viewer)
        return list((await self._connection.execute(query, values)).all())

    async def _matches(self, scores: dict[int, float], viewer: Viewer) -> list[Match]:
        """The ideas themselves, and in the place of merged ones what they count for."""
        found: dict[int, Match] = {}
        while scores:
            values = {"numbers": list(scores)} | _values(viewer)
            rows = await self._connection.execute(_matched(viewer.roles), values)
            further: dict[int, float] = {}
            for idea in map(to_idea, rows):
                score, above = scores[idea.number], idea.merged_into
                if above is not None:
                    further[above] = max(score, further.get(above, 0.0))
                elif idea.number not in found or score > found[idea.number].score:
                    found[idea.number] = Match(idea, score)
            scores = further
        return sorted(found.values(), key=lambda match: (-match.score, match.idea.number))


@cache  # to build it takes longer than to run it
def _candidates(dialect: str, roles: frozenset[Role]) -> Select[Any]:
    """Of what is found, what the viewer may see, and what that was merged into."""
    found, target = SEARCH_TABLES[dialect].found.subquery(), ideas.alias()
    above = exists().where(target.c.number == ideas.c.merged_into, *_open_to(roles, target))
    query = select(*_SAID, ideas.c.merged_into).join(found, found.c.idea == ideas.c.number)
    query = query.where(*_open_to(roles, ideas), or_(ideas.c.merged_into.is_(None), above))
    return query.order_by(found.c.worth.desc(), ideas.c.number.desc()).limit(CANDIDATES)


@cache
def _matched(roles: frozenset[Role]) -> Select[Any]:
    numbers: BindParameter[list[int]] = bindparam("numbers", expanding=True)
    return IDEAS.where(ideas.c.number.in_(numbers), *_open_to(roles, ideas))


def _open_to(roles: frozenset[Role], of: FromClause) -> tuple[ColumnElement[bool], ...]:
    connection, person = bindparam("connection", type_=Text), bindparam("person", type_=BigInteger)
    shows_all = bindparam("shows_all", type_=Boolean)
    return not_(hidden(of)), seen(of, roles, connection, person, shows_all)


def _values(viewer: Viewer) -> dict[str, object]:
    return {
        "connection": viewer.connection,
        "person": viewer.person,
        "shows_all": viewer.shows_all,
    }
