"""What counts as an answer, and which ideas wait for one.

An answer is a decision with a reason, or a question: pressing *Under review* is none. An idea
waits for the team while nobody gave a reason and no question of theirs is open.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, select, union_all

from bot.ideas import IdeaStatus
from bot.people import Role, Viewer
from storage.schema import decisions, ideas, questions
from storage.shelves import HIDDEN, WAITING, seen_by

_REASONED = and_(
    decisions.c.undone_at.is_(None),
    decisions.c.reason != "",
    decisions.c.status != IdeaStatus.WITHDRAWN,
)
_ANSWERS = union_all(
    select(decisions.c.idea, decisions.c.at).where(_REASONED),
    select(questions.c.idea, questions.c.at),
).subquery("answers")
SETTLED = union_all(
    select(decisions.c.idea).where(_REASONED),
    select(questions.c.idea).where(questions.c.answered_at.is_(None)),
)
"""Ideas that nobody waits for the team to speak about."""

FIRST = (
    select(_ANSWERS.c.idea, func.min(_ANSWERS.c.at).label("at"))
    .group_by(_ANSWERS.c.idea)
    .subquery("first")
)
"""Each answered idea with the time of its first answer."""


def status_for(viewer: Viewer) -> ColumnElement[Any]:
    """`Idea.status_for` in SQL."""
    return ideas.c.status if viewer.has(Role.PRODUCT) else ideas.c.public_status


def shown_to(viewer: Viewer) -> ColumnElement[bool]:
    """Ideas on the board that the viewer may see, merged ones included."""
    return and_(not_(HIDDEN), seen_by(viewer))


def waiting_for(viewer: Viewer) -> Select[Any]:
    """The ideas that wait for an answer, as the viewer may see them."""
    return select(ideas.c.number, ideas.c.votes, ideas.c.created_at).where(
        ideas.c.merged_into.is_(None),
        status_for(viewer).in_(WAITING),
        shown_to(viewer),
        ideas.c.number.not_in(SETTLED),
    )
