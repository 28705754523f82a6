"""Looking things up: lists, search and single ideas, each as its viewer may see it."""

from dataclasses import replace
from typing import cast, get_args

from bot.board.find import find
from bot.events import ButtonPressed, CardAsked, ChoicesAsked, CommandUsed
from bot.ideas import Idea, Wording
from bot.messages import Action, Message
from bot.ports import Turn
from bot.postings import SHOWN
from bot.reading.clean import one_line
from bot.results import Choices, Result, Subject, Update, Whisper
from bot.store import Shelf
from handlers.arguments import number
from handlers.digest import buttons_for
from handlers.views import notices
from handlers.views.compose import card_for, compose

PAGE = 5
CHOICES = 10


async def command(event: CommandUsed, turn: Turn) -> Result:
    """`/ideas [words | top | new | mine | following | waiting | 12]`."""
    text = one_line(event.text).removeprefix("#")
    if text.isdecimal():
        return Result(Whisper(await _one(turn, int(text[:9]))))
    if not text or text.lower() in get_args(Shelf):
        return Result(Whisper(await _page(turn, cast(Shelf, text.lower() or "top"), 0)))
    matches = await turn.store.search(Wording(text), turn.viewer, PAGE)
    found = [match.idea for match in matches]
    return Result(Whisper(notices.listed(found, turn.viewer, f"About “{text[:60]}”", None)))


async def choices(event: ChoicesAsked, turn: Turn) -> Result:
    """Ideas that fit what is typed, as far as the person may see them; the most wanted at first."""
    typed = one_line(event.typed).removeprefix("#")
    if typed.isdecimal():
        exact = await turn.store.idea(int(typed[:9]))
        found = [exact] if exact and exact.visible_to(turn.viewer) else []
    elif typed:
        matches = await turn.store.search(Wording(typed), turn.viewer, CHOICES)
        found = [match.idea for match in matches]
    else:
        found = await turn.store.shelf(turn.viewer, "top", CHOICES, 0)
    return Result(Choices(tuple((str(idea.number), notices.choice(idea)) for idea in found)))


async def show(event: ButtonPressed, turn: Turn) -> Result:
    """A button of a list."""
    return Result(Whisper(await _one(turn, number(event.action))))


async def card(event: CardAsked, turn: Turn) -> Result:
    """What a posting shows now, as the queue would draw it."""
    posting = await turn.store.posting_at(event.message)
    if posting is None:
        return Result()
    subject = Subject(SHOWN[posting.kind], posting.id)
    drawn = await compose(turn.config, turn.menu, turn.store, subject, None)
    return Result(Update(drawn) if drawn else None)


async def page(event: ButtonPressed, turn: Turn) -> Result:
    """*More* below a list."""
    name = event.action.args[0] if event.action.args else ""
    shelf = cast(Shelf, name if name in get_args(Shelf) else "top")
    return Result(Update(await _page(turn, shelf, number(event.action, 1))))


async def _one(turn: Turn, wanted: int) -> Message:
    return await card_for(turn.store, await find(turn, wanted), turn.viewer)


async def _page(turn: Turn, shelf: Shelf, offset: int) -> Message:
    ideas: list[Idea] = await turn.store.shelf(turn.viewer, shelf, PAGE + 1, offset)
    more = Action.of("ideas", shelf, offset + PAGE) if len(ideas) > PAGE else None
    listed = notices.listed(ideas[:PAGE], turn.viewer, notices.shelf_title(shelf), more)
    digest = buttons_for(turn.viewer) if shelf == "waiting" else ()
    return replace(listed, buttons=listed.buttons + digest)
