"""Votes and follows: by button, and by reaction on a card."""

from bot.board.find import find
from bot.board.submit import board_of
from bot.board.vote import set_vote, take_back
from bot.errors import UserMistake
from bot.events import ButtonPressed, ReactionChanged
from bot.ports import Turn
from bot.results import Result, Update, Whisper
from handlers.arguments import number
from handlers.views import notices


async def pressed(event: ButtonPressed, turn: Turn) -> Result:
    """*Vote*: the card answers with the new count; pressed again, the way back is offered."""
    wanted = number(event.action)
    root, changed, outgoing = await set_vote(turn, wanted, "button", active=True)
    if not changed:
        return Result(Whisper(notices.supporting(root)))
    return Result(Whisper(notices.joined(root)), outgoing)


async def unvote(event: ButtonPressed, turn: Turn) -> Result:
    """*Take my vote back*, however it was given."""
    root, changed, outgoing = await take_back(turn, number(event.action))
    return Result(Update(notices.unvoted(root, changed)), outgoing)


async def reacted(event: ReactionChanged, turn: Turn) -> Result:
    """The voting emoji on a card: it sets or clears only its own vote, and answers nothing."""
    idea = await turn.store.idea_at(event.message)
    is_card = idea is not None and not (idea.origin and idea.origin.message == event.message)
    if idea is None or not is_card or event.channel != board_of(turn.config, event.channel):
        return Result()
    try:
        _, _, outgoing = await set_vote(turn, idea.number, "reaction", active=event.added)
    except UserMistake:
        return Result()
    return Result(None, outgoing)


async def follow(event: ButtonPressed, turn: Turn) -> Result:
    """*Tell me when it is decided* follows."""
    idea = await find(turn, number(event.action))
    changed = await turn.store.set_follow(idea.number, turn.who.member, True, turn.now)
    if changed:
        await turn.store.audit("followed", idea.number, turn.who.member, turn.now)
    return Result(Whisper(notices.following(idea, changed)))


async def unfollow(event: ButtonPressed, turn: Turn) -> Result:
    """*Do not tell me* stops that."""
    idea = await find(turn, number(event.action))
    if await turn.store.set_follow(idea.number, turn.who.member, False, turn.now):
        await turn.store.audit("unfollowed", idea.number, turn.who.member, turn.now)
    return Result(Update(notices.say(f"You will not be told about #{idea.number}.")))
