"""An idea follows the message it came from: its words for a while, and its end."""

from dataclasses import replace
from datetime import timedelta

from bot.board.decide import decide
from bot.board.submit import captured_wording
from bot.ideas import UNDECIDED, Idea, IdeaStatus
from bot.people import Account
from bot.ports import Turn
from bot.reading.clean import letters
from bot.reading.requests import suggestion_in
from bot.refs import MessageRef
from bot.results import Edit, Outgoing

FOLLOWS = timedelta(minutes=15)
"""How long after an idea was made its message still gives it its words."""


async def follow_edit(
    turn: Turn, message: MessageRef, author: Account | None, text: str
) -> tuple[Outgoing, ...]:
    """The author's new words, while they are the message's own and nobody has acted on them."""
    idea = await _made_of(turn, message)
    if idea is None or author is None or not await _follows(turn, idea, author.person):
        return ()
    words = suggestion_in(text) if idea.captured_by == idea.author else None
    if letters(text if words is None else words) < 2:
        return ()
    said = captured_wording(words or text)
    wording = replace(idea.wording, title=said.title, body=said.body)
    if wording == idea.wording:
        return ()
    await turn.store.set_wording(idea.number, wording, turn.now)
    await turn.store.audit("message_edited", idea.number, author.member, turn.now)
    return (Edit(idea.number, named=True),)


async def _follows(turn: Turn, idea: Idea, person: int) -> bool:
    if person != idea.author or idea.worded_at is None:
        return False
    if not idea.worded_at < turn.now <= idea.created_at + FOLLOWS:
        return False
    if idea.status not in UNDECIDED or idea.merged_into is not None:
        return False
    return not await turn.store.others_voted(idea.number, person)


async def follow_deletion(turn: Turn, message: MessageRef) -> tuple[Outgoing, ...]:
    """Withdrawn, unless it is decided or counts together with others; its cards say what is so."""
    idea = await _made_of(turn, message)
    if idea is None or not await turn.store.lose_origin(idea.number, turn.now):
        return ()
    await turn.store.audit("message_deleted", idea.number, None, turn.now)
    if idea.status not in UNDECIDED or idea.merged_into is not None:
        return (Edit(idea.number),)
    if await turn.store.has_merged(idea.number):
        return (Edit(idea.number),)
    _, outgoing = await decide(turn, idea, IdeaStatus.WITHDRAWN, "")
    return outgoing


async def _made_of(turn: Turn, message: MessageRef) -> Idea | None:
    known = await turn.store.idea_at(message, lock=True)
    made = known and known.origin and known.origin.message == message
    return known if made else None
