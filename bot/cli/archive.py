"""Past digests for the pages that show them."""

from bot.board.past import past, read
from bot.config import Config
from bot.messages import Message
from bot.people import Viewer
from bot.ports import Database
from handlers.views.digest.numbers import dates
from handlers.views.digest.posts import pages


class DigestArchive:
    """The port `Archive`: every read takes the viewer."""

    def __init__(self, config: Config, database: Database) -> None:
        self._config = config
        self._database = database

    async def titles(self, viewer: Viewer) -> list[tuple[int, str]]:
        """The row of each, and what it is called, latest first."""
        async with self._database.reading() as store:
            found = await past(store, viewer)
        zone = self._config.zone
        return [(one.id, f"{dates(one.period, zone)} · {one.destination}") for one in found]

    async def messages(self, viewer: Viewer, row: int) -> list[Message]:
        """A digest as its channel got it, with the words of today; empty when there is none."""
        async with self._database.reading() as store:
            shown = await read(store, self._config, viewer, row)
        return await pages(shown, self._config) if shown else []
