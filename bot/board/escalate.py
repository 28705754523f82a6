"""An idea enters a product inbox, and leaves it when those who sent it there change their mind."""

from bot.ideas import Idea, IdeaStatus
from bot.ports import Turn
from bot.postings import PostingKind
from bot.results import Edit, Outgoing, Post, Subject


async def enter_inbox(turn: Turn, idea: Idea, by: int | None) -> tuple[Outgoing, ...]:
    """Escalate to the inbox of the idea's area; `by` is a moderator's member row, None the votes.

    A second escalation adds nothing; one after an ended one brings the same card back to life.
    """
    inbox = turn.config.product.inbox_for(idea.wording.area)
    off = idea.status in (IdeaStatus.HELD, IdeaStatus.WITHDRAWN)
    if inbox is None or idea.merged_into is not None or off:
        return ()
    posted = await turn.store.inbox_of(idea.number)
    if not await turn.store.escalate(idea.number, inbox, by, turn.now):
        return ()
    await turn.store.audit("escalated", idea.number, by, turn.now)
    if posted:
        return (Edit(idea.number, (PostingKind.INBOX,)),)
    return (Post(inbox, Subject("inbox_card", idea.number)),)


def is_wanted(turn: Turn, idea: Idea) -> bool:
    """Whether its votes are enough to escalate it by themselves."""
    return 0 < turn.config.escalation.votes <= idea.votes


async def leave_inbox(turn: Turn, idea: Idea) -> tuple[Outgoing, ...]:
    """End an escalation once neither votes nor a moderator hold it, unless the team has acted."""
    if idea.status is not IdeaStatus.NEW or is_wanted(turn, idea):
        return ()
    if await turn.store.escalation_marks(idea.number):
        return ()
    if await turn.store.team_acted(idea.number):
        return ()
    if not await turn.store.end_escalation(idea.number, turn.now):
        return ()
    await turn.store.audit("de_escalated", idea.number, turn.who.member, turn.now)
    return (Edit(idea.number, (PostingKind.INBOX,)),)
