"""What is held about a member, and its erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, cast, delete, or_, select, union, update

from bot.ideas import IdeaStatus
from bot.refs import IdeaNumber
from storage.ideas import upward
from storage.links import Links
from storage.part import same_person
from storage.remembered import shown_of
from storage.schema import (
    accounts,
    answers,
    audit,
    blocks,
    citations,
    codes,
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
    wrong_codes,
)

WITHDRAWN_TITLE = "Removed at its author's request"


class Erasure(Links):
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

        The whole person goes, with every account. The keys of the schema do most of it. Several
        statements, and one for each of the ideas.
        """
        await self.hold_links()
        seen = await self._rows(_concerned(member))
        own = accounts.c.member.in_(same_person(member))
        refs = select(accounts.c.ref).where(own)
        theirs = queue.c.account.in_(refs)
        await self._run(delete(queue).where(theirs, queue.c.kind != "post"))
        await self._run(update(queue).where(theirs).values(account=None))
        written = drafts.c.form["author"].as_string()  # a message somebody else is about to send in
        await self._run(
            delete(drafts).where(written.in_(select(cast(accounts.c.ref, Text)).where(own)))
        )
        await self._run(delete(statements).where(statements.c.id.in_(_about(member))))
        await self._drop_answers(shown_of(member))
        if words:
            await self._withdraw(member)
        await self._run(delete(members).where(members.c.id.in_(same_person(member))))
        for row in seen:
            await self.retally(row.number)
        return [IdeaNumber(row.number) for row in seen]

    async def _withdraw(self, member: int) -> None:
        """Blank the words of a member's ideas, here and in the search table."""
        blank = dict.fromkeys(("body", "job", "obstacle", "area"), "")
        gone = {"status": IdeaStatus.WITHDRAWN, "public_status": IdeaStatus.WITHDRAWN}
        theirs = ideas.c.author.in_(same_person(member))
        await self._run(update(ideas).where(theirs).values(title=WITHDRAWN_TITLE, **blank, **gone))
        own = select(ideas.c.number).where(theirs)
        await self._run(delete(titles).where(titles.c.idea.in_(own)))
        for statement in self._search.drop(own):
            await self._run(statement)


def _concerned(member: int) -> Select[Any]:
    """The ideas a member is seen in, and those they were merged into; locked, lowest first."""
    same = same_person(member)
    own = select(accounts.c.id).where(accounts.c.member.in_(same))
    touched = union(
        select(ideas.c.number).where(or_(ideas.c.author.in_(same), ideas.c.captured_by.in_(same))),
        select(votes.c.idea).where(votes.c.active, votes.c.account.in_(own)),
        select(decisions.c.idea).where(decisions.c.by.in_(same)),
        select(questions.c.idea).where(
            or_(questions.c.member.in_(same), questions.c.asked_by.in_(same))
        ),
    )
    concerned = ideas.c.number.in_(upward(touched))
    return select(ideas.c.number).where(concerned).order_by(ideas.c.number).with_for_update()


def _about(member: int) -> Select[Any]:
    """What a model said of their messages."""
    own = select(accounts.c.id).where(accounts.c.member.in_(same_person(member)))
    return select(citations.c.statement).where(citations.c.account.in_(own))


def _held(member: int) -> dict[str, Select[Any]]:
    same = same_person(member)
    own = select(accounts.c.id).where(accounts.c.member.in_(same))
    queries = {
        "accounts": select(
            accounts.c.ref, accounts.c.name, accounts.c.connection, accounts.c.seen_at
        ).where(accounts.c.member.in_(same)),
        "ideas": select(ideas).where(ideas.c.author.in_(same)),
        "captured": select(ideas.c.number).where(ideas.c.captured_by.in_(same)),
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
            or_(questions.c.member.in_(same), questions.c.asked_by.in_(same))
        ),
        "codes": select(codes.c.at).where(codes.c.account.in_(own)),
        "wrong_codes": select(wrong_codes.c.at).where(wrong_codes.c.account.in_(own)),
        "audit": select(audit).where(audit.c.member.in_(same)),
    }
    for table in (decisions, escalations, merges):
        queries[table.name] = select(table).where(table.c.by.in_(same))
    for table in (follows, mutes, blocks, optouts, told):
        queries[table.name] = select(table).where(table.c.member.in_(same))
    return queries


def _json(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | dict | None) else str(value)
