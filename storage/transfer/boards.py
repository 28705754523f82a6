"""Another board's ideas, merges and votes become ours; its people become members of a realm.

What stays the same for ever is an audit row: verb `imported`, the board and its id for the idea.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import assert_never

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ideas import Audience, IdeaStatus
from bot.refs import AccountRef
from bot.transfer.boards.board import BoardIdea, BoardMerge, BoardVote, Item, Source
from bot.transfer.problems import Problem
from storage.database import SqlDatabase
from storage.ideas import change, whole
from storage.schema import audit, decisions, ideas, merges
from storage.search import SEARCH_TABLES
from storage.store import SqlStore
from storage.transfer.counts import Counts, Hear, batches, resumable
from storage.transfer.finish import finish
from storage.words import KnownWords

AT_ONCE = 125
"""An item is at most four rows, and a commit at most 500."""
IMPORTED = "imported"


async def bring_board(
    database: SqlDatabase,
    read: Iterable[Item | Problem],
    source: Source,
    now: datetime,
    hear: Hear,
) -> Counts:
    """Store what is new, and count again. The same import again changes nothing."""
    counts = Counts()
    with resumable(counts):
        for batch in batches(read, AT_ONCE):
            async with database.writer.begin() as connection:
                chunk = _Chunk(connection, source, now, counts)
                await chunk.bring(batch)
            hear(counts, chunk.problems)
        await finish(database)
    return counts


@dataclass(frozen=True, slots=True)
class _Ours:
    """What one of their ideas is here."""

    number: int
    created_at: datetime


class _Chunk:
    """One commit's worth."""

    def __init__(
        self, connection: AsyncConnection, source: Source, now: datetime, counts: Counts
    ) -> None:
        self.problems: list[Problem] = []
        self._connection = connection
        self._store = SqlStore(connection, KnownWords())
        self._source = source
        self._now = now
        self._counts = counts
        self._ours: dict[str, _Ours] = {}

    async def bring(self, batch: list[Item | Problem]) -> None:
        """In the order of the file."""
        for _, some in groupby(batch, type):
            items = list(some)
            self._ours = await self._known(items)
            for item in items:
                match item:
                    case Problem():
                        self._refuse(item)
                    case BoardIdea():
                        await self._idea(item)
                    case BoardMerge():
                        await self._merge(item)
                    case BoardVote():
                        await self._vote(item)
                    case _:
                        assert_never(item)

    def _refuse(self, problem: Problem) -> None:
        self.problems.append(problem)
        self._counts.problems += 1

    def _count(self, changed: bool) -> None:
        if changed:
            self._counts.new += 1
        else:
            self._counts.same += 1

    async def _known(self, items: Sequence[Item | Problem]) -> dict[str, _Ours]:
        """The ideas that came from there before, by their keys."""
        keys = {item.key for item in items if not isinstance(item, Problem)}
        keys |= {item.into for item in items if isinstance(item, BoardMerge)}
        named = {self._name(key): key for key in keys}
        wanted = audit.c.verb == IMPORTED, audit.c.detail.in_(named)
        query = select(audit.c.detail, ideas.c.number, ideas.c.created_at)
        rows = query.join(ideas, ideas.c.number == audit.c.idea).where(*wanted)
        return {
            named[row.detail]: _Ours(row.number, row.created_at)
            for row in await self._connection.execute(rows)
        }

    def _name(self, key: str) -> str:
        return f"{self._source.name} {key}"

    async def _idea(self, new: BoardIdea) -> None:
        ours = self._ours.get(new.key)
        if ours is None:
            await self._store_idea(new)
            self._count(True)
        elif new.created_at and new.created_at != ours.created_at:
            made = f"{ours.created_at:%Y-%m-%d}"
            self._refuse(
                Problem(
                    new.line,
                    f"{self._name(new.key)} was brought in before, as #{ours.number}, and was made "
                    f"on {made} then. Is this another board?",
                )
            )
        else:
            self._count(False)

    async def _store_idea(self, new: BoardIdea) -> None:
        words = new.wording
        account = await self._store.find_account(new.author) if new.author else None
        row = insert(ideas).values(
            title=words.title,
            body=words.body,
            area=words.area,
            status=new.status,
            public_status=new.status,
            author=account and account.member,
            connection=self._source.connection,
            audience=Audience.EVERYONE,
            created_at=new.created_at or self._now,
        )
        shown = row.returning(ideas.c.number, ideas.c.created_at)
        stored = (await self._connection.execute(shown)).one()
        ours = _Ours(stored.number, stored.created_at)
        search = SEARCH_TABLES[self._connection.dialect.name]
        await self._connection.execute(search.put, search.row(ours.number, words))
        name = self._name(new.key)
        await self._store.audit(IMPORTED, ours.number, None, self._now, name)
        if new.answer:
            await self._answer(new, ours)
        self._ours[new.key] = ours

    async def _answer(self, new: BoardIdea, ours: _Ours) -> None:
        """What their team said, as a decision that everybody has heard of."""
        at = new.answered_at or ours.created_at
        row = insert(decisions).values(
            idea=ours.number,
            previous=IdeaStatus.NEW,
            status=new.status,
            reason=new.answer,
            correction=False,
            at=at,
            told_at=at,
        )
        await self._connection.execute(row)

    async def _merge(self, merge: BoardMerge) -> None:
        """Once: whoever undid it here keeps it so."""
        ours, into = self._ours.get(merge.key), self._ours.get(merge.into)
        if ours is None or into is None:
            self._refuse(
                Problem(merge.line, f"It is a duplicate of {merge.into}, which is not here.")
            )
            return
        done = select(merges.c.id).where(merges.c.idea == ours.number).limit(1)
        if await self._connection.scalar(done) is not None:
            self._count(False)
            return
        family = select(ideas.c.number).where(ideas.c.number.in_(whole(ours.number)))
        if into.number in (await self._connection.scalars(family)).all():
            self._refuse(Problem(merge.line, f"It and {merge.into} are duplicates of each other."))
            return
        await self._connection.execute(change(ours.number, merged_into=into.number))
        at = merge.at or ours.created_at
        row = insert(merges).values(idea=ours.number, into_idea=into.number, at=at)
        await self._connection.execute(row)
        self._count(True)

    async def _vote(self, vote: BoardVote) -> None:
        ours = self._ours.get(vote.key)
        if ours is None:
            self._refuse(Problem(vote.line, f"The vote is for {vote.key}, which is not here."))
            return
        account = await self._store.find_account(vote.voter) or await self._store.account(
            vote.voter, vote.name, self._connection_of(vote.voter), self._now
        )
        # Without a time it is as old as the idea: nothing that was wanted long ago is news.
        at = vote.at or ours.created_at
        self._count(await self._store.set_vote(ours.number, account.id, "button", True, at))

    def _connection_of(self, account: AccountRef) -> str:
        """Nobody can be written to in a realm of imported people, so it is no connection."""
        imported = account.realm == self._source.realm
        return self._source.realm if imported else self._source.connection
