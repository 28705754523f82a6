"""What is held about a member, and its erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, cast, delete, or_, select, union, update

from bot.ideas import IdeaStatus
from bot.refs import IdeaNumber
from storage.remembered import Remembered, shown_of
from storage.schema import (
    accounts,
    answers,
    audit,
    blocks,
    citations,
    decisions,
    drafts,
    escalations,
    follows,
    ideas,
    marks,
    members,
    merges,
    mutes,
    optouts,
    postings,
    questions,
    queue,
    quotes,
    shown,
    statements,
    titles,
    told,
    votes,
)
from storage.votes import Votes

WITHDRAWN_TITLE = "Removed at its author's request"


class Erasure(Votes, Remembered):
    """A member's data, shown or gone."""

    async def held_data(self, member: int) -> dict[str, Any]:
        """All that is held about a member, ready for JSON (a statement for each kind)."""
        return {
            kind: [
                {key: _json(value) for key, value in row._mapping.items()}
                for row in await self._rows(query)
            ]
            for kind, query in _held(member).items()
        }

    async def erase(self, member: int, words: bool, at: datetime) -> list[IdeaNumber]:
        """Erase a member (with the words of their ideas, or not); the ideas that look different
        now, already counted again. What was queued for them alone goes too.

        The keys of the schema do most of it. Several statements, and one for each of the ideas.
        """
        seen = await self._rows(_concerned(member))
        refs = select(accounts.c.ref).where(accounts.c.member == member)
        theirs = queue.c.account.in_(refs)
        await self._run(delete(queue).where(theirs, queue.c.kind != "post"))
        await self._run(update(queue).where(theirs).values(account=None))
        written = drafts.c.form["author"].as_string()  # a message somebody else is about to send in
        await self._run(
            delete(drafts).where(
                written.in_(select(cast(accounts.c.ref, Text)).where(accounts.c.member == member))
            )
        )
        await self._run(delete(statements).where(statements.c.id.in_(_about(member))))
        await self._drop_answers(shown_of(member))
        if words:
            await self._withdraw(member)
        await self._run(delete(members).where(members.c.id == member))
        for row in seen:
            await self.retally(row.number)
        return [IdeaNumber(row.number) for row in seen]

    async def _withdraw(self, member: int) -> None:
        """Blank the words of a member's ideas, here and in the search table."""
        blank = dict.fromkeys(("body", "job", "obstacle", "area"), "")
        gone = {"status": IdeaStatus.WITHDRAWN, "public_status": IdeaStatus.WITHDRAWN}
        theirs = ideas.c.author == member
        await self._run(update(ideas).where(theirs).values(title=WITHDRAWN_TITLE, **blank, **gone))
        own = select(ideas.c.number).where(theirs)
        await self._run(delete(titles).where(titles.c.idea.in_(own)))
        for statement in self._search.drop(own):
            await self._run(statement)


def _concerned(member: int) -> Select[Any]:
    """The ideas a member is seen in, and those they were merged into; locked, lowest first."""
    own = select(accounts.c.id).where(accounts.c.member == member)
    touched = union(
        select(ideas.c.number).where(or_(ideas.c.author == member, ideas.c.captured_by == member)),
        select(votes.c.idea).where(votes.c.active, votes.c.account.in_(own)),
        select(decisions.c.idea).where(decisions.c.by == member),
        select(questions.c.idea).where(
            or_(questions.c.member == member, questions.c.asked_by == member)
        ),
    ).subquery()
    upward = select(touched.c.number).cte(recursive=True)
    roots = select(ideas.c.merged_into).where(
        ideas.c.number == upward.c.number, ideas.c.merged_into.is_not(None)
    )
    concerned = ideas.c.number.in_(select(upward.union(roots).c.number))
    return select(ideas.c.number).where(concerned).order_by(ideas.c.number).with_for_update()


def _about(member: int) -> Select[Any]:
    """What a model said of their messages."""
    own = select(accounts.c.id).where(accounts.c.member == member)
    return select(citations.c.statement).where(citations.c.account.in_(own))


def _held(member: int) -> dict[str, Select[Any]]:
    own = select(accounts.c.id).where(accounts.c.member == member)
    queries = {
        "accounts": select(
            accounts.c.ref, accounts.c.name, accounts.c.connection, accounts.c.seen_at
        ).where(accounts.c.member == member),
        "ideas": select(ideas).where(ideas.c.author == member),
        "captured": select(ideas.c.number).where(ideas.c.captured_by == member),
        "votes": select(votes).where(votes.c.account.in_(own)),
        "marks": select(marks).where(marks.c.account.in_(own)),
        "drafts": select(drafts).where(drafts.c.account.in_(own)),
        "postings": select(postings).where(postings.c.account.in_(own)),
        "quotes": select(quotes).where(quotes.c.account.in_(own)),
        "statements": select(statements).where(statements.c.id.in_(_about(member))),
        "shown": select(shown.c.message, answers.c.at)  # the answer is about others, too
        .join(answers, answers.c.key == shown.c.answer)
        .where(shown_of(member)),
        "questions": select(questions).where(
            or_(questions.c.member == member, questions.c.asked_by == member)
        ),
        "audit": select(audit).where(audit.c.member == member),
    }
    for table in (decisions, escalations, merges):
        queries[table.name] = select(table).where(table.c.by == member)
    for table in (follows, mutes, blocks, optouts, told):
        queries[table.name] = select(table).where(table.c.member == member)
    return queries


def _json(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | dict | None) else str(value)
