"""The product team's word on an idea: taken at once, told a minute later."""

from datetime import timedelta

from bot.board.find import find
from bot.board.reach import author_here, member_of, where_it_began
from bot.errors import Gone, NotNow
from bot.ideas import UNDECIDED, Decision, Idea, IdeaStatus
from bot.people import Account
from bot.ports import Turn
from bot.postings import PostingKind
from bot.results import Direct, Edit, Job, Outgoing, Subject

UNDO_SECONDS = 60
"""How long a decision waits, with *Undo*, before people are told."""
_ONWARD = {
    IdeaStatus.PLANNED: (IdeaStatus.IN_PROGRESS, IdeaStatus.SHIPPED),
    IdeaStatus.IN_PROGRESS: (IdeaStatus.SHIPPED,),
}
"""Steps that take nothing back of what people were told."""
_OFF = frozenset({IdeaStatus.HELD, IdeaStatus.WITHDRAWN})
_OVERTAKEN = (
    (IdeaStatus.PLANNED, IdeaStatus.IN_PROGRESS),
    (IdeaStatus.NEW, IdeaStatus.UNDER_REVIEW),
)
"""What is still true of an idea that went on to a status of which nobody is told."""


async def decide(
    turn: Turn, idea: Idea, status: IdeaStatus, reason: str, by: int | None = None
) -> tuple[Decision, tuple[Outgoing, ...]]:
    """Give an idea a status (its own one: an answer); people hear of it when the minute is over.
    What nobody did is nobody's decision; what a job does for somebody is `by` them."""
    correction = await _is_correction(turn, idea, status)
    by = by or turn.viewer.member
    row = await turn.store.add_decision(idea, status, reason, by, correction, turn.now)
    decision = await turn.store.decision(row)
    if decision is None:
        raise Gone
    waits = _waits(decision)
    if not decision.is_answer:
        await turn.store.set_status(idea.number, status, idea.public_status if waits else status)
    await turn.store.audit(_verb(decision), idea.number, by, turn.now, f"decision {row}")
    edit = Edit(idea.number, (PostingKind.INBOX,)) if waits else Edit(idea.number, named=True)
    return decision, (edit, *_telling(decision))


async def _is_correction(turn: Turn, idea: Idea, status: IdeaStatus) -> bool:
    """Another word than people were given already must reach them, as a correction."""
    if status is IdeaStatus.HELD:
        return await turn.store.was_told(idea.number)
    kept = (idea.status, IdeaStatus.WITHDRAWN, *_ONWARD.get(idea.status, ()))
    if idea.status in UNDECIDED or status in kept:
        return False
    return await turn.store.was_told(idea.number)


def _waits(decision: Decision) -> bool:
    """An idea goes and comes back at once; everything else that is told waits for its minute."""
    return decision.is_told and _OFF.isdisjoint((decision.status, decision.previous))


def _verb(decision: Decision) -> str:
    return "answered" if decision.is_answer else str(decision.status)


def _telling(decision: Decision) -> tuple[Outgoing, ...]:
    return (Job("tell", decision.id, UNDO_SECONDS),) if decision.is_told else ()


async def undo(turn: Turn, number: int) -> tuple[Decision, tuple[Outgoing, ...]]:
    """Take the latest decision back before anybody is told; NotNow when it is too late."""
    decision = await turn.store.decision(number)
    if decision is None or decision.undone:
        raise Gone
    idea = await find(turn, decision.idea, lock=True)
    latest = await turn.store.last_decision(idea.number)
    if latest is None or latest.id != number or _is_late(turn, decision):
        raise NotNow("undo_late", idea.number)
    if not await turn.store.undo_decision(number, turn.now):
        raise NotNow("undo_late", idea.number)
    if not decision.is_answer:
        public = decision.previous if idea.public_status is decision.status else idea.public_status
        await turn.store.set_status(idea.number, decision.previous, public)
    await turn.store.audit("undid", idea.number, turn.who.member, turn.now, f"decision {number}")
    return decision, (Edit(idea.number, named=True),)


def _is_late(turn: Turn, decision: Decision) -> bool:
    return decision.is_told and turn.now >= decision.at + timedelta(seconds=UNDO_SECONDS)


async def tell(turn: Turn, number: int) -> tuple[Outgoing, ...]:
    """The minute is over: the cards say it, and so do we to author and followers, once each."""
    decision = await turn.store.decision(number)
    idea = await turn.store.idea(decision.idea, lock=True) if decision else None
    if decision is None or idea is None or decision.undone:
        return ()
    if not await _stands(turn, idea, decision):
        return ()
    if idea.status is decision.status:
        await turn.store.set_status(idea.number, idea.status, decision.status)
    told = await turn.store.tell(number, turn.now)
    directs = tuple(
        Direct(account.ref, account.connection, _subject(turn, idea, decision, account))
        for account in told
    )
    return (Edit(idea.number), *directs, *await _in_thread(turn, idea, decision))


async def _stands(turn: Turn, idea: Idea, decision: Decision) -> bool:
    """Whether it is still true, and no later decision says the same by itself."""
    if decision.is_answer:
        return True
    if idea.status is not decision.status:
        return (decision.status, idea.status) in _OVERTAKEN
    last = await turn.store.last_decision(idea.number)
    return last is None or last.is_answer or last.id == decision.id


def _subject(turn: Turn, idea: Idea, decision: Decision, account: Account) -> Subject:
    """Who came by a merged idea and may not see this one hears the news without its words."""
    theirs = idea.author is not None and idea.author == account.person
    seen = theirs or idea.reaches(member_of(turn.config, account.connection, account))
    return Subject("decision" if seen else "merged_decision", decision.id)


async def _in_thread(turn: Turn, idea: Idea, decision: Decision) -> tuple[Outgoing, ...]:
    """One post where it began, mentioning only the author, unless they decided it or are muted."""
    if decision.status in _OFF or decision.lets_in:
        return ()
    author = None if decision.by == idea.author else await author_here(turn, idea)
    mention = None if author is None or await turn.store.is_muted(author) else author
    return await where_it_began(turn, idea, Subject("decision", decision.id), mention)
