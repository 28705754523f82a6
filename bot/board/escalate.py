"""An idea enters a product inbox, and leaves it when those who sent it there change their mind."""

from bot.ideas import Idea, IdeaStatus, PostingKind
from bot.ports import Turn
from bot.results import Edit, Outgoing, Post, Subject


async def enter_inbox(turn: Turn, idea: Idea, by: int | None) -> tuple[Outgoing, ...]:
    """Escalate to the inbox of the idea's area; `by` is a moderator's member row, None the votes.

    A second escalation adds nothing; one after an ended one brings the same card back to life.
    """
    inbox = turn.config.product.inbox_for(idea.wording.area)
    if inbox is None or idea.merged_into is not None:
        return ()
    posted = await turn.store.inbox_of(idea.number)
    if not await turn.store.escalate(idea.number, inbox, by, turn.now):
        return ()
    await turn.store.audit("escalated", idea.number, by, turn.now)
    if posted:
        return (Edit(idea.number, (PostingKind.INBOX,)),)
    return (Post(inbox, Subject("inbox_card", idea.number)),)


async def leave_inbox(turn: Turn, idea: Idea) -> tuple[Outgoing, ...]:
    """End an escalation once no moderator's reaction holds it, unless the team has acted."""
    if idea.status is not IdeaStatus.NEW or await turn.store.escalation_marks(idea.number):
        return ()
    if await turn.store.last_decision(idea.number):
        return ()
    if not await turn.store.end_escalation(idea.number, turn.now):
        return ()
    await turn.store.audit("de_escalated", idea.number, turn.who.member, turn.now)
    return (Edit(idea.number, (PostingKind.INBOX,)),)
