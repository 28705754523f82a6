"""A plain message in a listened channel: hardly more than nothing at all."""

from collections.abc import Awaitable, Callable

from bench.lab import Lab
from bench.table import Row, ratio
from bench.timing import in_turn
from bot.cli.parts import SystemClock
from bot.dispatch import Dispatch, Wording
from bot.events import MessagePosted
from bot.refs import MessageRef
from handlers.views.mistakes import FAILED, apologise

_AT_ONCE = 500


async def talking(lab: Lab) -> Row:
    """Messages that are not for the bot, beside a dispatch without any route."""
    shelf = await lab.shelf(lab.scale.few)
    wording = Wording(apologise, FAILED)
    empty = Dispatch((), shelf.database, shelf.config, SystemClock(), wording, lambda: None)
    talk = [_message(lab, number) for number in range(_AT_ONCE)]

    def all_through(dispatch: Dispatch) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            for message in talk:
                await dispatch(message)

        return run

    times = await in_turn(lab.scale.rounds, all_through(shelf.dispatch), all_through(empty))
    ours, base = ([each / _AT_ONCE for each in side] for side in times)
    return ratio("a plain message", ours, base, 1.5, 3, "beside dispatch with an empty route table")


def _message(lab: Lab, number: int) -> MessagePosted:
    envelope = lab.envelope()
    ref = MessageRef(envelope["channel"].connection, envelope["channel"].channel, f"{number:06}")
    text = lab.language.text(5, 40)
    return MessagePosted(**envelope, message=ref, thread=None, text=text, to_bot=False)
