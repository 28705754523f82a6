"""Lists of ideas, each for its viewer."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, false, literal, not_, or_, select

from bot.ideas import Audience, Idea, IdeaStatus
from bot.people import Role, Viewer
from bot.store import Shelf
from storage.ideas import IDEAS, to_idea
from storage.part import Part, rows_of
from storage.schema import follows, ideas

WAITING = (IdeaStatus.NEW, IdeaStatus.UNDER_REVIEW)
OPEN = (*WAITING, IdeaStatus.PLANNED, IdeaStatus.IN_PROGRESS)

Clause = ColumnElement[bool]


def hidden(of: FromClause = ideas) -> Clause:
    """Off the board: ideas, or an alias of theirs."""
    return of.c.status.in_((IdeaStatus.HELD, IdeaStatus.WITHDRAWN))


HIDDEN = hidden()


def seen_by(viewer: Viewer) -> Clause:
    """`Idea.visible_to` in SQL."""
    everywhere = literal(viewer.shows_all)
    return seen(ideas, viewer.roles, viewer.connection, viewer.person, everywhere)


def seen(
    of: FromClause,
    roles: frozenset[Role],
    connection: str | ColumnElement[str],
    person: int | ColumnElement[int] | None,
    everywhere: ColumnElement[bool],
) -> Clause:
    """The same for ideas or an alias of theirs, and for a viewer who may be parameters."""
    theirs = false() if person is None else of.c.author.in_(rows_of(person))
    here = of.c.connection == connection
    outside = of.c.audience != Audience.INBOX
    abroad = and_(everywhere, of.c.audience == Audience.EVERYONE)
    moderated = here if Role.MODERATOR in roles else false()
    if Role.PRODUCT in roles:
        held = of.c.status == IdeaStatus.HELD
        return or_(theirs, not_(held), and_(outside, moderated))
    shown = or_(and_(not_(hidden(of)), or_(here, abroad)), and_(hidden(of), moderated))
    return or_(theirs, and_(outside, shown))


def _by(viewer: Viewer) -> Clause:
    return false() if viewer.person is None else ideas.c.author.in_(rows_of(viewer.person))


def _on(shelf: Shelf, viewer: Viewer) -> tuple[Clause, tuple[ColumnElement[Any], ...]]:
    """What belongs on a shelf, and its order."""
    status = ideas.c.status if viewer.has(Role.PRODUCT) else ideas.c.public_status
    newest = ideas.c.created_at.desc(), ideas.c.number.desc()
    match shelf:
        case "top":
            wanted = ideas.c.votes.desc(), ideas.c.number.desc()
            return and_(status.in_(OPEN), not_(HIDDEN)), wanted
        case "waiting":
            longest = ideas.c.created_at, ideas.c.number
            return and_(status.in_(WAITING), not_(HIDDEN)), longest
        case "new":
            return not_(HIDDEN), newest
        case "mine":
            return _by(viewer), newest
        case "following":
            own = follows.c.member.in_(rows_of(viewer.person or 0))
            theirs = select(follows.c.idea).where(own)
            return ideas.c.number.in_(theirs), newest


class Shelves(Part):
    """Ideas in lists."""

    async def shelf(self, viewer: Viewer, shelf: Shelf, limit: int, offset: int) -> list[Idea]:
        """Ideas the viewer may see, unmerged: most wanted, newest, their own, longest waiting; and
        those they follow, merged or not."""
        belongs, order = _on(shelf, viewer)
        listed = IDEAS.where(belongs, seen_by(viewer))
        if shelf != "following":
            listed = listed.where(ideas.c.merged_into.is_(None))
        rows = await self._rows(listed.order_by(*order).limit(limit).offset(offset))
        return [to_idea(row) for row in rows]
