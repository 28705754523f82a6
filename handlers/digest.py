"""*Weekly digest*: what has gathered since the last one, for whoever of the product team asks."""

from bot.board.digest import gather
from bot.board.past import look_up
from bot.events import ButtonPressed
from bot.messages import Action, Button
from bot.people import Role, Viewer
from bot.periods import named_period
from bot.ports import Turn
from bot.results import Result, Whisper
from handlers.views.digest.posts import brief


async def so_far(event: ButtonPressed, turn: Turn) -> Result:
    """The period that is not over yet; nothing is prepared by looking."""
    config = turn.config
    period = named_period("this-week", config.digest.schedule, config.zone, turn.now)
    digest = await gather(turn.store, config, turn.viewer, period)
    shown = await look_up(turn.store, digest, turn.viewer)
    return Result(Whisper(brief(shown, config)))


def buttons_for(viewer: Viewer) -> tuple[Button, ...]:
    """The button, for the product team."""
    if not viewer.has(Role.PRODUCT):
        return ()
    return (Button("Weekly digest", Action.of("digest")),)
