"""Finding an idea for somebody: what they may not see looks like what does not exist."""

from dataclasses import replace

from bot.errors import NoSuchIdea, NotAllowed
from bot.ideas import Idea
from bot.ports import Turn


async def find(turn: Turn, number: int, *, lock: bool = False) -> Idea:
    """The idea, if the viewer may know of it; NoSuchIdea otherwise."""
    idea = await turn.store.idea(number, lock=lock)
    if idea is None or not idea.visible_to(turn.viewer):
        raise NoSuchIdea(number)
    return idea


async def own(turn: Turn, number: int, *, lock: bool = True) -> Idea:
    """The viewer's own idea; NotAllowed for another's."""
    idea = await find(turn, number, lock=lock)
    if idea.author is None or idea.author != turn.viewer.person:
        raise NotAllowed
    return idea


async def top(turn: Turn, idea: Idea, *, lock: bool = False) -> Idea:
    """The idea it was merged into in the end, or itself."""
    while idea.merged_into is not None:
        above = await turn.store.idea(idea.merged_into, lock=lock)
        if above is None:
            return idea
        idea = above
    return idea


def named(turn: Turn, idea: Idea, counting: Idea) -> Idea:
    """What to call it to the viewer: the idea that counts, or theirs if they may not see that."""
    return counting if counting.visible_to(turn.viewer) else replace(idea, votes=counting.votes)
