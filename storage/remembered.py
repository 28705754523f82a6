"""What a model answered, so that it need not be asked again; gone with any message it was shown."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select

from bot.prompts import Shown
from bot.refs import MessageRef
from storage.part import Part, same_person
from storage.schema import accounts, answers, shown


def shown_of(member: int) -> ColumnElement[bool]:
    """Whether a message that was shown is a member's, on any of their accounts."""
    theirs = accounts.c.member.in_(same_person(member))
    return shown.c.author.in_(select(accounts.c.ref).where(theirs))


class Remembered(Part):
    """Answers by a digest of the question. `Queue.prune` forgets them after a week."""

    async def kept_answer(self, key: str) -> str | None:
        """What the model answered to that question, if it is kept."""
        found: str | None = await self._value(select(answers.c.text).where(answers.c.key == key))
        return found

    async def keep_answer(
        self, key: str, text: str, messages: Collection[Shown], at: datetime
    ) -> None:
        """Keep an answer for as long as all these messages are there; an earlier one stays
        (2 statements)."""
        new = self._insert(answers).values(key=key, text=text, at=at)
        if not await self._did(new.on_conflict_do_nothing()) or not messages:
            return
        rows = [{"answer": key, "message": one.message, "author": one.author} for one in messages]
        await self._connection.execute(insert(shown), rows)

    async def drop_answer(self, key: str) -> None:
        """Forget one that is of no use."""
        await self._run(delete(answers).where(answers.c.key == key))

    async def drop_answers_about(self, messages: Collection[MessageRef]) -> None:
        """Forget all for which the model was shown one of these."""
        await self._drop_answers(shown.c.message.in_(messages))

    async def _drop_answers(self, about: ColumnElement[bool]) -> None:
        of_these = select(shown.c.answer).where(about)
        await self._run(delete(answers).where(answers.c.key.in_(of_these)))
