"""Moderators' reactions, and the escalations they begin and end."""

from datetime import datetime

from sqlalchemy import and_, func, or_, select, update

from bot.postings import IDEA_CARDS
from bot.refs import ChannelRef, MessageRef
from bot.store import Mark
from storage.ideas import change
from storage.part import Part
from storage.schema import IN_AN_INBOX, accounts, escalations, ideas, marks, postings


class Marks(Part):
    """Marks on messages."""

    async def set_mark(
        self, message: MessageRef, account: int, mark: Mark, active: bool, at: datetime
    ) -> int | None:
        """Set a moderator's mark; its row, or None when it was so or a later change is known."""
        row = await self._switched(marks, active, at, message=message, account=account, mark=mark)
        return row.id if row and row.changed else None

    async def mark_message(self, mark: int) -> MessageRef | None:
        """The message a mark row is on."""
        message: MessageRef | None = await self._value(
            select(marks.c.message).where(marks.c.id == mark)
        )
        return message

    async def marks(self, message: MessageRef) -> list[tuple[Mark, int]]:
        """Active marks on a message, oldest first, each with its member's row."""
        by_member = select(marks.c.mark, accounts.c.member).join(
            accounts, accounts.c.id == marks.c.account
        )
        on = by_member.where(marks.c.message == message, marks.c.active)
        rows = await self._rows(on.order_by(marks.c.changed_at, marks.c.id))
        return [(row.mark, row.member) for row in rows]

    async def mark_on(self, message: MessageRef) -> int | None:
        """The row of the oldest active mark on a message."""
        on = select(marks.c.id).where(marks.c.message == message, marks.c.active)
        row: int | None = await self._value(on.order_by(marks.c.changed_at, marks.c.id).limit(1))
        return row

    async def drop_marks(self, message: MessageRef, at: datetime) -> None:
        """Take every mark off a message that went then; one that is heard of later is ignored."""
        gone = update(marks).where(marks.c.message == message, marks.c.heard_at < at)
        await self._run(gone.values(active=False, changed_at=at, heard_at=at))

    async def escalation_marks(self, number: int) -> int:
        """Active `escalate` marks on the idea's origin and its postings."""
        origin = select(ideas.c.origin_message).where(ideas.c.number == number)
        shown = select(postings.c.message).where(
            postings.c.subject == number, postings.c.kind.in_(IDEA_CARDS)
        )
        there = or_(marks.c.message.in_(origin), marks.c.message.in_(shown))
        count: int = await self._value(
            select(func.count()).where(marks.c.mark == "escalate", marks.c.active, there)
        )
        return count


class Escalations(Part):
    """Ideas entering a product inbox."""

    async def escalate(self, number: int, inbox: ChannelRef, by: int | None, at: datetime) -> bool:
        """Enter an inbox (`by` None: the votes did it); False when it already is in one.

        2 statements.
        """
        entry = self._insert(escalations).values(
            idea=number, inbox=inbox, by=by, by_votes=by is None, at=at
        )
        began = await self._did(
            entry.on_conflict_do_nothing(index_elements=["idea"], index_where=IN_AN_INBOX)
        )
        if began:
            await self._run(change(number))
        return began

    async def end_escalation(self, number: int, at: datetime) -> bool:
        """End an escalation that a moderator began; False when there is none such.

        2 statements.
        """
        begun = and_(
            escalations.c.idea == number,
            escalations.c.ended_at.is_(None),
            escalations.c.by_votes.is_(False),
        )
        ended = await self._did(update(escalations).where(begun).values(ended_at=at))
        if ended:
            await self._run(change(number))
        return ended

    async def inbox_of(self, number: int) -> ChannelRef | None:
        """The product inbox an idea was escalated to, ended or not."""
        entered = select(escalations.c.inbox).where(escalations.c.idea == number)
        inbox: ChannelRef | None = await self._value(
            entered.order_by(escalations.c.id.desc()).limit(1)
        )
        return inbox
