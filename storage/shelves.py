"""Lists of ideas, each for its viewer."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, literal, not_, or_, select, true

from bot.ideas import Audience, Idea, IdeaStatus
from bot.people import Role, Viewer
from bot.store import Shelf
from storage.ideas import IDEAS, to_idea
from storage.part import Part
from storage.schema import follows, ideas
from storage.search import REMEMBERED, terms

HIDDEN = ideas.c.status.in_((IdeaStatus.HELD, IdeaStatus.WITHDRAWN))
WAITING = (IdeaStatus.NEW, IdeaStatus.UNDER_REVIEW)
OPEN = (*WAITING, IdeaStatus.PLANNED, IdeaStatus.IN_PROGRESS)

Clause = ColumnElement[bool]


def seen_by(viewer: Viewer) -> Clause:
    """`Idea.visible_to` in SQL."""
    if viewer.has(Role.PRODUCT):
        return true()
    here = ideas.c.connection == viewer.connection
    outside = ideas.c.audience != Audience.INBOX
    abroad = and_(literal(viewer.shows_all), ideas.c.audience == Audience.EVERYONE)
    moderated = here if viewer.has(Role.MODERATOR) else false()
    shown = or_(and_(not_(HIDDEN), or_(here, abroad)), and_(HIDDEN, moderated))
    return or_(_by(viewer), and_(outside, shown))


def _by(viewer: Viewer) -> Clause:
    return false() if viewer.member is None else ideas.c.author == viewer.member


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
            theirs = select(follows.c.idea).where(follows.c.member == (viewer.member or 0))
            return ideas.c.number.in_(theirs), newest


class Shelves(Part):
    """Ideas in lists, and by their words."""

    async def shelf(self, viewer: Viewer, shelf: Shelf, limit: int, offset: int) -> list[Idea]:
        """Ideas the viewer may see, unmerged: most wanted, newest, their own, longest waiting; and
        those they follow, merged or not."""
        belongs, order = _on(shelf, viewer)
        listed = IDEAS.where(belongs, seen_by(viewer))
        if shelf != "following":
            listed = listed.where(ideas.c.merged_into.is_(None))
        rows = await self._rows(listed.order_by(*order).limit(limit).offset(offset))
        return [to_idea(row) for row in rows]

    async def search(self, words: tuple[str, ...], viewer: Viewer, limit: int) -> list[Idea]:
        """Open or decided, unmerged ideas the viewer may see that hold the rarest of the words.

        A further statement or two when it is time to learn anew which words are common.
        """
        if self._words.outdated:
            await self.learn_words()
        rarest = self._words.rarest(terms(*words))
        if not rarest:
            return []
        holding, best = self._search.holding(rarest)
        found = IDEAS.where(holding, not_(HIDDEN), seen_by(viewer), ideas.c.merged_into.is_(None))
        rows = await self._rows(found.order_by(best, ideas.c.number.desc()).limit(limit))
        return [to_idea(row) for row in rows]

    async def learn_words(self) -> None:
        """Learn which words many ideas hold (2 statements)."""
        newest = await self._value(select(func.max(ideas.c.number))) or 0
        known = {"ideas": max(newest, 1), "least": REMEMBERED}
        shares = await self._connection.execute(self._search.common, known)
        self._words.learn(newest, ((word, share) for word, share in shares))
