"""Review first: an idea is held until a moderator lets it in; till then only its author knows."""

from bot.board.decide import decide
from bot.board.titles import moderators_of
from bot.config import Config
from bot.errors import NotNow
from bot.ideas import Audience, Decision, Idea, IdeaStatus
from bot.people import Role
from bot.ports import Turn
from bot.refs import ChannelRef, ThreadRef
from bot.results import Outgoing, Post, Subject


def is_reviewed(turn: Turn, audience: Audience, *channels: ChannelRef | None) -> bool:
    """Whether a moderator looks first at what the viewer suggests, for one of the channels it
    passes through. A moderator's own needs no look; what is for the inbox only they do not see."""
    if audience is Audience.INBOX or turn.viewer.has(Role.MODERATOR):
        return False
    return any(_reviews(turn.config, channel) for channel in channels if channel)


def _reviews(config: Config, channel: ChannelRef) -> bool:
    return config.connections[channel.connection].reviews(channel.channel)


async def offer(
    turn: Turn, idea: Idea, board: ChannelRef | None, home: ThreadRef | None
) -> tuple[Outgoing, ...]:
    """Offer a held idea to its moderators, and remember where its card will stand."""
    if board:
        await turn.store.keep_place(idea.number, board, home)
    channel = moderators_of(turn.config, idea)
    return (Post(channel, Subject("review", idea.number)),) if channel else ()


async def let_in(turn: Turn, idea: Idea, by: int | None = None) -> tuple[Outgoing, ...]:
    """Put a held idea on the board: its card is posted, once in its life. `by` is the moderator's
    member row where a job does it."""
    check_held(idea)
    has_card = await turn.store.last_decision(idea.number, IdeaStatus.NEW)
    _, outgoing = await decide(turn, idea, IdeaStatus.NEW, "", by)
    place = None if has_card else await _place(turn, idea)
    if place is None:
        return outgoing
    channel, thread = place
    return (*outgoing, Post(channel, Subject("idea_card", idea.number), thread))


async def refuse(turn: Turn, idea: Idea, reason: str) -> tuple[Outgoing, ...]:
    """Keep a held idea off the board; its author hears why."""
    check_held(idea)
    _, outgoing = await decide(turn, idea, IdeaStatus.WITHDRAWN, reason)
    return outgoing


def check_held(idea: Idea) -> None:
    """NotNow once it was decided, or counts for another one."""
    if idea.merged_into is not None:
        raise NotNow("merged_already", idea.number)
    if idea.status is not IdeaStatus.HELD:
        raise NotNow("reviewed", idea.number)


async def hold_again(turn: Turn, idea: Idea) -> tuple[Outgoing, ...]:
    """Undo `let_in`, while nothing has come of it; NotNow otherwise."""
    if not await _may_go_back(turn, idea, await turn.store.last_decision(idea.number)):
        raise NotNow("hold_late", idea.number)
    _, outgoing = await decide(turn, idea, IdeaStatus.HELD, "")
    return outgoing


async def _may_go_back(turn: Turn, idea: Idea, last: Decision | None) -> bool:
    let_in_now = last is not None and last.lets_in and idea.status is IdeaStatus.NEW
    if not let_in_now or idea.escalated or idea.merged_into is not None:
        return False
    if await turn.store.has_merged(idea.number) or await turn.store.team_acted(idea.number):
        return False
    return not await turn.store.others_voted(idea.number, idea.author or 0)


async def _place(turn: Turn, idea: Idea) -> tuple[ChannelRef, ThreadRef | None] | None:
    """Where its card belongs: on the board, if it did not come in by us."""
    kept = await turn.store.place_of(idea.number)
    board = turn.config.connections[idea.connection].board
    return kept or ((ChannelRef(idea.connection, board), None) if board else None)
