"""Ideas: how they are stored, found by number or message, and changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Row,
    Select,
    Update,
    bindparam,
    delete,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from bot.ideas import UNDECIDED, Idea, IdeaStatus, NewIdea, Origin, Wording
from bot.postings import IDEA_CARDS, Posting, PostingKind
from bot.refs import ChannelRef, IdeaNumber, MessageRef, ThreadRef
from storage.part import LINKS, Part, name_of, person_of
from storage.schema import escalations, ideas, merges, places, postings, queue, titles
from storage.search import SEARCH_TABLES
from storage.types import RowId

_ESCALATED = exists().where(escalations.c.idea == ideas.c.number, escalations.c.ended_at.is_(None))
IDEAS = select(
    ideas,
    name_of(ideas.c.author).label("author_name"),
    person_of(ideas.c.author).label("writer"),
    person_of(ideas.c.captured_by).label("captor"),
    _ESCALATED.label("escalated"),
)


Number = int | BindParameter[int]
"""Of an idea; a parameter where a statement is built once and run often."""


def to_idea(row: Row[Any]) -> Idea:
    """The idea in a row of `IDEAS`."""
    came_from = row.origin_message and Origin(
        row.origin_message, row.origin_thread, row.permalink or "", row.origin_deleted_at
    )
    return Idea(
        number=IdeaNumber(row.number),
        wording=Wording(row.title, row.body, row.job, row.obstacle, row.area),
        status=row.status,
        public_status=row.public_status,
        author=row.writer,
        author_name=row.author_name,
        connection=row.connection,
        audience=row.audience,
        origin=came_from,
        captured_by=row.captor,
        merged_into=row.merged_into,
        votes=row.votes,
        escalated=row.escalated,
        created_at=row.created_at,
        worded_at=row.worded_at,
    )


def whole(number: Number) -> Select[Any]:
    """The numbers of an idea and of all that was merged into it, however deep."""
    numbers = select(ideas.c.number).where(ideas.c.number == number).cte(recursive=True)
    merged = select(ideas.c.number).where(ideas.c.merged_into == numbers.c.number)
    return select(numbers.union(merged).c.number)


def upward(numbers: CompoundSelect[Any]) -> Select[Any]:
    """These ideas, and all above them that they were merged into."""
    some = numbers.subquery()
    found = select(some.c[0].label("number")).cte(recursive=True)
    above = select(ideas.c.merged_into).where(
        ideas.c.number == found.c.number, ideas.c.merged_into.is_not(None)
    )
    return select(found.union(above).c.number)


def change(number: Number, **values: object) -> Update:
    """A change of an idea that its cards show."""
    changed = update(ideas).where(ideas.c.number == number)
    return changed.values(version=ideas.c.version + 1, **values)


class Ideas(Part):
    """Ideas one at a time."""

    async def add_idea(self, new: NewIdea, at: datetime) -> Idea:
        """Store an idea as new or held, with its search text (2 statements)."""
        status = IdeaStatus.HELD if new.held else IdeaStatus.NEW
        row = await self._one(
            _NEW,
            **_columns(new.wording),
            status=status,
            public_status=status,
            author=new.author,
            connection=new.connection,
            audience=new.audience,
            origin_message=new.origin and new.origin.message,
            origin_thread=new.origin and new.origin.thread,
            permalink=new.origin and new.origin.permalink,
            captured_by=new.captured_by,
            created_at=at,
            worded_at=at if new.verbatim else None,
            by=new.author,
            caught=new.captured_by,
        )
        idea = to_idea(row)
        self._words.stored(idea.number)
        await self._index(idea.number, new.wording)
        return idea

    async def idea(self, number: int, *, lock: bool = False) -> Idea | None:
        """An idea; `lock` holds it for this transaction (lowest number first, please), and whoever
        links waits for its end."""
        held = _HELD[self._connection.dialect.name]
        row = await self._row(held if lock else _WANTED, wanted=number)
        return to_idea(row) if row else None

    async def idea_at(self, message: MessageRef, *, lock: bool = False) -> Idea | None:
        """The idea captured from this message or shown by it; `lock` as above."""
        shown = select(postings.c.subject).where(
            postings.c.message == message, postings.c.kind.in_(IDEA_CARDS)
        )
        here = or_(ideas.c.origin_message == message, ideas.c.number.in_(shown))
        there = IDEAS.where(here).order_by(ideas.c.number).limit(1)
        row = await self._row(_held(there, self._connection.dialect.name) if lock else there)
        return to_idea(row) if row else None

    async def recent_origins(
        self, connection: str, since: datetime, limit: int
    ) -> list[MessageRef]:
        """The messages that a connection's ideas came from, of ideas made `since` that are neither
        decided nor merged, latest first; without those known to be gone."""
        there = ideas.c.origin_message.is_not(None), ideas.c.origin_deleted_at.is_(None)
        undecided = ideas.c.status.in_(UNDECIDED), ideas.c.merged_into.is_(None)
        made = ideas.c.connection == connection, ideas.c.created_at >= since
        wanted = select(ideas.c.origin_message).where(*there, *undecided, *made)
        rows = await self._rows(wanted.order_by(ideas.c.number.desc()).limit(limit))
        return [row.origin_message for row in rows]

    async def forget_posting(self, message: MessageRef, at: datetime) -> bool:
        """A posting is gone: it is edited no more (2 statements). False when it is none of ours."""
        known = await self._did(delete(postings).where(postings.c.message == message))
        if known:
            waits = queue.c.kind == "edit", queue.c.message == message, queue.c.done_at.is_(None)
            ended = {"done_at": at, "verdict": "dropped", "leased_until": None}
            await self._run(update(queue).where(*waits).values(ended))
        return known

    async def posting(self, number: int, kind: PostingKind) -> Posting | None:
        """The latest posting of that kind."""
        there = select(postings).where(postings.c.subject == number, postings.c.kind == kind)
        return _to_posting(await self._row(there.order_by(postings.c.id.desc()).limit(1)))

    async def posting_at(self, message: MessageRef) -> Posting | None:
        """What a message of ours shows."""
        return _to_posting(await self._row(select(postings).where(postings.c.message == message)))

    async def set_status(self, number: int, status: IdeaStatus, public: IdeaStatus) -> None:
        """Set what the team sees and what customers see."""
        await self._run(change(number, status=status, public_status=public))

    async def set_wording(
        self, number: int, wording: Wording, worded_at: datetime | None = None
    ) -> None:
        """Replace an idea's words and its search text, and offer no title for the old ones
        (3 statements); `worded_at` is when its message said so, None when the words are somebody
        else's."""
        if await self._did(change(number, **_columns(wording), worded_at=worded_at)):
            await self._index(number, wording)
            await self._run(delete(titles).where(titles.c.idea == number))

    async def _index(self, number: int, wording: Wording) -> None:
        await self._connection.execute(self._search.put, self._search.row(number, wording))

    async def lose_origin(self, number: int, at: datetime) -> bool:
        """Note that the message an idea came from is gone; False when that was known."""
        lost = change(number, origin_deleted_at=at)
        return await self._did(lost.where(ideas.c.origin_deleted_at.is_(None)))

    async def has_merged(self, number: int) -> bool:
        """Whether other ideas are merged into this one."""
        return await self._any(select(ideas.c.number).where(ideas.c.merged_into == number).limit(1))

    async def keep_place(self, number: int, channel: ChannelRef, thread: ThreadRef | None) -> None:
        """Remember where the card of a held idea will stand."""
        await self._run(insert(places).values(idea=number, channel=channel, thread=thread))

    async def place_of(self, number: int) -> tuple[ChannelRef, ThreadRef | None] | None:
        """Where the card of an idea that was held belongs."""
        row = await self._row(select(places).where(places.c.idea == number))
        return (row.channel, row.thread) if row else None

    async def set_merged(self, number: int, into: int | None, by: int, at: datetime) -> None:
        """Merge, or un-merge with None; the merge itself is kept as a row (2 statements)."""
        if await self._did(change(number, merged_into=into)):
            await self._run(insert(merges).values(idea=number, into_idea=into, by=by, at=at))


def _to_posting(row: Row[Any] | None) -> Posting | None:
    return Posting(row.subject, row.kind, row.message, row.channel) if row else None


# Built once: to build a statement takes about as long as to run it.
_WANTED = IDEAS.where(ideas.c.number == bindparam("wanted"))


def _held(query: Select[Any], dialect: str) -> Select[Any]:
    """Ideas that are locked, after a share of the links' lock: a condition that asks nothing of a
    row is looked at before any row is, or each might wait for the other."""
    if dialect == "postgresql":
        shared = func.pg_advisory_xact_lock_shared(LINKS).table_valued("locked")
        query = query.where(select(true()).select_from(shared).scalar_subquery())
    return query.with_for_update(of=ideas)


_HELD = {dialect: _held(_WANTED, dialect) for dialect in SEARCH_TABLES}
_BY, _CAUGHT = bindparam("by", type_=RowId), bindparam("caught", type_=RowId)
_NEW = insert(ideas).returning(
    ideas,
    name_of(_BY).label("author_name"),
    person_of(_BY).label("writer"),
    person_of(_CAUGHT).label("captor"),
    false().label("escalated"),
)


def _columns(wording: Wording) -> dict[str, str]:
    return {
        "title": wording.title,
        "body": wording.body,
        "job": wording.job,
        "obstacle": wording.obstacle,
        "area": wording.area,
    }
