"""Votes and follows: by button, and by reaction on a card."""

from bot.board.find import find, top
from bot.board.submit import board_of
from bot.board.vote import count, set_vote, take_back
from bot.errors import UserMistake
from bot.events import ButtonPressed, ReactionChanged, ReactionsRead
from bot.ideas import Idea
from bot.ports import Turn
from bot.postings import PostingKind
from bot.results import Result, Update, Whisper
from handlers.arguments import number
from handlers.views import notices


async def pressed(event: ButtonPressed, turn: Turn) -> Result:
    """*Vote*: the card answers with the new count; pressed again, the way back is offered."""
    wanted = number(event.action)
    root, changed, outgoing = await set_vote(turn, wanted, "button", active=True)
    if not changed:
        return Result(Whisper(notices.supporting(root)))
    return Result(Whisper(notices.joined(root), redraws=True), outgoing)


async def unvote(event: ButtonPressed, turn: Turn) -> Result:
    """*Take my vote back*, however it was given."""
    root, changed, outgoing = await take_back(turn, number(event.action))
    return Result(Update(notices.unvoted(root, changed)), outgoing)


async def reacted(event: ReactionChanged, turn: Turn) -> Result:
    """The voting emoji on a card: it sets or clears only its own vote, and answers nothing."""
    idea = await turn.store.idea_at(event.message)
    if idea is None or not await _is_voted_at(event, turn, idea):
        return Result()
    try:
        _, _, outgoing = await set_vote(turn, idea.number, "reaction", active=event.added)
    except UserMistake:
        return Result()
    return Result(None, outgoing)


async def reread(event: ReactionsRead, turn: Turn) -> Result:
    """Votes by reaction are exactly these, after a gap; those by button stay as they are."""
    idea = await turn.store.idea_at(event.message, lock=True)
    if idea is None or not await _is_voted_at(event, turn, idea):
        return Result()
    root = await top(turn, idea, lock=True)
    if not root.accepts_votes:
        return Result()
    before = await turn.store.reaction_voters(idea.number)
    gone = [account for ref, account in before.items() if ref not in event.people]
    new = [
        (await turn.store.account(ref, name, event.channel.connection, event.at)).id
        for ref, name in event.people.items()
        if ref not in before
    ]
    changes = [(account, False) for account in gone] + [(account, True) for account in new]
    changed = [
        await turn.store.set_vote(idea.number, account, "reaction", active, event.at)
        for account, active in changes
    ]
    if not any(changed):
        return Result()
    _, outgoing = await count(turn, root)
    return Result(None, outgoing)


async def _is_voted_at(event: ReactionChanged | ReactionsRead, turn: Turn, idea: Idea) -> bool:
    """On its public card, wherever that stands; of the messages that ideas are made of, only on one
    that opens a forum's post."""
    if idea.origin and idea.origin.message == event.message:
        return event.opening
    if event.channel == board_of(turn.config, event.channel):
        return True
    card = await turn.store.posting(idea.number, PostingKind.CARD)
    return card is not None and card.message == event.message


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
