"""Follows, and what the team asks an idea's author."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.ideas import Question
from storage.part import Part, name_of, person_of, same_person
from storage.schema import follows, ideas, questions

_QUESTIONS = select(
    questions,
    name_of(questions.c.asked_by).label("asked_by_name"),
    person_of(questions.c.asked_by).label("asker"),
)


def _to_question(row: Row[Any]) -> Question:
    return Question(row.id, row.idea, row.text, row.asker, row.asked_by_name, row.answer)


class Questions(Part):
    """Questions, answers and follows."""

    async def set_follow(self, number: int, member: int, active: bool, at: datetime) -> bool:
        """Follow or stop; False when it was so already."""
        return await self._set(follows, active, at, member, idea=number)

    async def add_question(self, number: int, text: str, by: int, at: datetime) -> int:
        """Store a question to an idea's author and return its row."""
        author = select(ideas.c.author).where(ideas.c.number == number).scalar_subquery()
        row = insert(questions).values(idea=number, member=author, text=text, asked_by=by, at=at)
        stored: int = await self._value(row.returning(questions.c.id))
        return stored

    async def question(self, question: int) -> Question | None:
        """A question by its row."""
        row = await self._row(_QUESTIONS.where(questions.c.id == question))
        return _to_question(row) if row else None

    async def open_questions(self, member: int) -> list[Question]:
        """Unanswered questions to a member, latest first."""
        theirs = questions.c.member.in_(same_person(member))
        asked = _QUESTIONS.where(theirs, questions.c.answered_at.is_(None))
        rows = await self._rows(asked.order_by(questions.c.id.desc()))
        return [_to_question(row) for row in rows]

    async def set_answer(self, question: int, text: str, at: datetime) -> bool:
        """Answer a question; False when it has an answer."""
        open_ = update(questions).where(
            questions.c.id == question, questions.c.answered_at.is_(None)
        )
        return await self._did(open_.values(answer=text, answered_at=at))
