"""Votes: set or cleared, never toggled; one person counts once over all that was merged."""

from dataclasses import replace

from bot.board.escalate import enter_inbox, is_wanted
from bot.board.find import find, named, top
from bot.errors import NotNow
from bot.ideas import Idea, IdeaStatus
from bot.ports import Turn
from bot.results import Edit, Outgoing
from bot.store import VoteSource


async def set_vote(
    turn: Turn, number: int, source: VoteSource, *, active: bool
) -> tuple[Idea, bool, tuple[Outgoing, ...]]:
    """Set the viewer's vote by one source: the idea that counts it, as they may know it, whether
    anything changed, and what others will see. NotNow when the idea no longer takes votes."""
    idea = await find(turn, number, lock=True)
    root = await top(turn, idea, lock=True)
    if not root.accepts_votes:
        why = "held" if root.status is IdeaStatus.HELD else "closed"
        raise NotNow(why, named(turn, idea, root).number)
    if not await turn.store.set_vote(idea.number, turn.who.id, source, active, turn.now):
        return named(turn, idea, root), False, ()
    counted, outgoing = await count(turn, root)
    return named(turn, idea, counted), True, outgoing


async def take_back(turn: Turn, number: int) -> tuple[Idea, bool, tuple[Outgoing, ...]]:
    """Clear every vote of the viewer on an idea and on those merged into it."""
    idea = await find(turn, number, lock=True)
    root = await top(turn, idea, lock=True)
    if not await turn.store.clear_votes(root.number, turn.who.member, turn.now):
        return named(turn, idea, root), False, ()
    counted, outgoing = await count(turn, root)
    return named(turn, idea, counted), True, outgoing


async def count(turn: Turn, root: Idea) -> tuple[Idea, tuple[Outgoing, ...]]:
    """Count again; enough votes escalate by themselves, once."""
    counted = replace(root, votes=await turn.store.retally(root.number))
    outgoing: tuple[Outgoing, ...] = (Edit(root.number),)
    if is_wanted(turn, counted) and not root.escalated:
        outgoing += await enter_inbox(turn, root, by=None)
    return counted, outgoing
