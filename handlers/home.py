"""The bot's own page, where the platform has one: what became of mine, and what waits for me."""

from bot.events import HomeOpened
from bot.people import Role
from bot.ports import Turn
from bot.results import Page, Result
from bot.store import Shelf
from handlers.digest import buttons_for
from handlers.views import home


async def opened(event: HomeOpened, turn: Turn) -> Result:
    """Their ideas and what they follow; for the product team what waits, before that."""
    shown: tuple[Shelf, ...] = ("mine", "following")
    if turn.viewer.has(Role.PRODUCT):
        shown = ("waiting", *shown)
    shelves = {
        shelf: await turn.store.shelf(turn.viewer, shelf, home.SHOWN + 1, 0) for shelf in shown
    }
    return Result(Page(home.page(shelves, turn.viewer, buttons_for(turn.viewer))))
