"""A shorter title for an idea that came from a long message: offered, and taken by a moderator."""

from dataclasses import replace

from bot.board.find import find
from bot.board.titles import moderators_of, offers_title
from bot.errors import Gone
from bot.events import ButtonPressed, JobDone
from bot.ideas import IdeaStatus
from bot.ports import Turn
from bot.results import Edit, Post, Result, Subject, Update
from handlers.arguments import number
from handlers.views import notices


async def found(event: JobDone, turn: Turn) -> Result:
    """The model found one: it is offered, as long as the idea still has the one it came with."""
    idea = await turn.store.idea(event.subject, lock=True)
    channel = moderators_of(turn.config, idea) if idea else None
    if idea is None or channel is None or not event.title or not offers_title(turn.config, idea):
        return Result()
    await turn.store.offer_title(idea.number, event.title, turn.now)
    return Result(None, (Post(channel, Subject("title_offer", idea.number)),))


async def use(event: ButtonPressed, turn: Turn) -> Result:
    """*Use this title*: the idea is called so everywhere."""
    idea = await find(turn, number(event.action), lock=True)
    title = await turn.store.offered_title(idea.number)
    if not title or idea.status is IdeaStatus.WITHDRAWN:
        raise Gone
    await turn.store.set_wording(idea.number, replace(idea.wording, title=title))
    await turn.store.audit("titled", idea.number, turn.who.member, turn.now)
    saved = notices.say(f"Saved. #{idea.number} now says so everywhere.")
    return Result(Update(saved), (Edit(idea.number, named=True),))
