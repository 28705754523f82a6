"""A moderator looks first: what waits is let in, or kept off the board with a reason."""

from bot.board import review
from bot.board.find import find
from bot.events import ButtonPressed, FormSubmitted
from bot.ports import Turn
from bot.results import Result, Update, Whisper
from handlers.arguments import invalid, number, reason_of
from handlers.views import forms, notices
from handlers.views import review as views


async def let_in(event: ButtonPressed, turn: Turn) -> Result:
    """*Let it in*."""
    idea = await find(turn, number(event.action), lock=True)
    outgoing = await review.let_in(turn, idea)
    return Result(Whisper(views.let_in(idea), redraws=True), outgoing)


async def refuse(event: ButtonPressed, turn: Turn) -> Result:
    """*Decline…* asks for a reason, which its author reads."""
    review.check_held(await find(turn, number(event.action)))
    return Result(forms.refuse(event.action, {}, turn.config))


async def refused(event: FormSubmitted, turn: Turn) -> Result:
    """Kept off the board, and its author told why."""
    idea = await find(turn, number(event.action), lock=True)
    reason, wrong = reason_of(event)
    if wrong:
        return await invalid(event, turn, ("reason", wrong))
    outgoing = await review.refuse(turn, idea, reason)
    return Result(Whisper(views.refused(idea)), outgoing)


async def hold(event: ButtonPressed, turn: Turn) -> Result:
    """*Hold it again*, while nothing has come of it."""
    idea = await find(turn, number(event.action), lock=True)
    outgoing = await review.hold_again(turn, idea)
    line = f"#{idea.number} waits for a moderator again. Nobody else sees it."
    return Result(Update(notices.say(line)), outgoing)
