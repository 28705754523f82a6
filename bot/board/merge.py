"""Two ideas say the same: one counts for both, and nothing is moved."""

from bot.board.escalate import enter_inbox, leave_inbox
from bot.board.find import find, named, top
from bot.board.reach import member_of, post_of
from bot.board.vote import count
from bot.errors import NotNow
from bot.ideas import Idea, IdeaStatus
from bot.ports import Turn
from bot.postings import PostingKind
from bot.refs import ChannelRef
from bot.results import Direct, Edit, Outgoing, Post, Subject


async def merge(turn: Turn, number: int, into: int) -> tuple[Idea, Idea, tuple[Outgoing, ...]]:
    """Merge an idea into another (or into what that was merged into): both, as the viewer may know
    them, and what others will see."""
    first, second = sorted((number, into))
    locked = {n: await find(turn, n, lock=True) for n in (first, second)}
    idea, target = locked[number], await top(turn, locked[into], lock=True)
    if idea.merged_into is not None:
        raise NotNow("merged_already", number)
    if target.number == idea.number:
        raise NotNow("merge_circle", number)
    if target.status in (IdeaStatus.HELD, IdeaStatus.WITHDRAWN):
        raise NotNow(target.status, into)
    await turn.store.set_merged(number, target.number, turn.who.member, turn.now)
    await turn.store.audit("merged", number, turn.who.member, turn.now, f"into {target.number}")
    counting, counted = await count(turn, target)
    outgoing = (Edit(idea.number), *counted, *await _told(turn, idea, target))
    outgoing += await _moved(turn, idea)
    if idea.escalated and not counting.escalated:
        outgoing += await enter_inbox(turn, counting, turn.who.member)
    return idea, named(turn, locked[into], target), outgoing


async def _moved(turn: Turn, idea: Idea) -> tuple[Outgoing, ...]:
    """In a forum, an idea's post says where it went; what stands there already is edited, and what
    is about to be posted says what is so then."""
    post, moved = await post_of(turn, idea), Subject("moved", idea.number)
    if post is None or await turn.store.posting(idea.number, PostingKind.MOVED):
        return ()
    if await turn.store.is_to_be_posted(moved):
        return ()
    return (Post(ChannelRef(post.connection, post.channel), moved, post),)


async def unmerge(turn: Turn, number: int) -> tuple[Idea, tuple[Outgoing, ...]]:
    """Undo a merge; both ideas count as before."""
    idea = await find(turn, number, lock=True)
    if idea.merged_into is None:
        raise NotNow("not_merged", number)
    above = await _above(turn, idea)
    await turn.store.set_merged(number, None, turn.who.member, turn.now)
    for counted in (idea, *above):
        await turn.store.retally(counted.number)
    into = f"from {idea.merged_into}"
    await turn.store.audit("unmerged", number, turn.who.member, turn.now, into)
    edits = tuple(Edit(counted.number) for counted in (idea, *above))
    return idea, (*edits, *await _back_out(turn, above))


async def _back_out(turn: Turn, above: list[Idea]) -> tuple[Outgoing, ...]:
    """What counted may have come into the inbox by this merge alone."""
    now = await turn.store.idea(above[-1].number) if above else None
    return await leave_inbox(turn, now) if now and now.escalated else ()


async def _above(turn: Turn, idea: Idea) -> list[Idea]:
    """All it is merged into, up to the idea that counts."""
    found: list[Idea] = []
    while idea.merged_into is not None:
        above = await turn.store.idea(idea.merged_into, lock=True)
        if above is None:
            break
        found.append(idea := above)
    return found


async def _told(turn: Turn, idea: Idea, target: Idea) -> tuple[Outgoing, ...]:
    """The author hears where their idea went, unless they did it or may not see the target."""
    if idea.author is None or idea.author == turn.who.person:
        return ()
    author = await turn.store.reach(idea.author, idea.connection)
    if not author or not target.visible_to(member_of(turn.config, author.connection, author)):
        return ()
    return (Direct(author.ref, author.connection, Subject("merged", idea.number)),)
