"""Two ideas say the same: one counts for both, and nothing is moved."""

from bot.board.find import find, top
from bot.errors import NotNow
from bot.ideas import Audience, Idea
from bot.ports import Turn
from bot.results import Direct, Edit, Outgoing, Subject

_WIDTH = {Audience.INBOX: 0, Audience.CONNECTION: 1, Audience.EVERYONE: 2}


async def merge(turn: Turn, number: int, into: int) -> tuple[Idea, Idea, tuple[Outgoing, ...]]:
    """Merge an idea into another (or into what that was merged into): both, and what is seen."""
    first, second = sorted((number, into))
    locked = {n: await find(turn, n, lock=True) for n in (first, second)}
    idea, target = locked[number], await top(turn, locked[into], lock=True)
    if idea.merged_into is not None:
        raise NotNow("merged_already", number)
    if target.number == idea.number:
        raise NotNow("merge_circle", number)
    await turn.store.set_merged(number, target.number, turn.who.member, turn.now)
    await _recount(turn, idea, target)
    await turn.store.audit("merged", number, turn.who.member, turn.now, f"into {target.number}")
    return idea, target, (Edit(idea.number), Edit(target.number), *await _told(turn, idea, target))


async def unmerge(turn: Turn, number: int) -> tuple[Idea, tuple[Outgoing, ...]]:
    """Undo a merge; both ideas count as before."""
    idea = await find(turn, number, lock=True)
    if idea.merged_into is None:
        raise NotNow("not_merged", number)
    target = await top(turn, idea, lock=True)
    await turn.store.set_merged(number, None, turn.who.member, turn.now)
    await _recount(turn, idea, target)
    await turn.store.audit("unmerged", number, turn.who.member, turn.now, f"from {target.number}")
    return idea, (Edit(idea.number), Edit(target.number))


async def _recount(turn: Turn, *ideas: Idea) -> None:
    for idea in sorted(ideas, key=lambda idea: idea.number):
        await turn.store.retally(idea.number)


async def _told(turn: Turn, idea: Idea, target: Idea) -> tuple[Outgoing, ...]:
    """The author hears where their idea went, unless they did it or may not see the target."""
    if idea.author in (None, turn.who.member) or not is_as_wide(target, idea):
        return ()
    author = await turn.store.reach(idea.author or 0, idea.connection)
    subject = Subject("merged", idea.number)
    return (Direct(author.ref, author.connection, subject),) if author else ()


def is_as_wide(target: Idea, idea: Idea) -> bool:
    """Whether all who may see `idea` may see `target`: only then may its card name the target."""
    wide_enough = _WIDTH[target.audience] >= _WIDTH[idea.audience]
    return wide_enough and (
        target.audience is Audience.EVERYONE or target.connection == idea.connection
    )
