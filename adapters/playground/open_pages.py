"""The pages people have open: where a private notice can be shown later. It is kept nowhere."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from adapters.playground.render import Json
from bot.errors import Forgotten


@dataclass(slots=True, eq=False)
class OpenPage:
    """One page; `news` is set while notices wait to be written, `is_read` says if anybody reads."""

    person: str
    is_read: Callable[[], bool]
    news: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: list[Json] = field(default_factory=list)

    def put(self, notice: Json) -> None:
        """Have a notice written."""
        self._waiting.append(notice)
        self.news.set()

    def take(self) -> list[Json]:
        """What waits."""
        waiting, self._waiting = self._waiting, []
        self.news.clear()
        return waiting


@dataclass(slots=True)
class OpenPages:
    """All of them."""

    _pages: list[OpenPage] = field(default_factory=list)

    @contextmanager
    def open(self, person: str, is_read: Callable[[], bool]) -> Iterator[OpenPage]:
        """A page that is open for as long as this lasts."""
        page = OpenPage(person, is_read)
        self._pages.append(page)
        try:
            yield page
        finally:
            self._pages.remove(page)

    def show(self, person: str, notice: Json) -> None:
        """On every page of the person's; Forgotten when there is none."""
        theirs = [page for page in self._pages if page.person == person and page.is_read()]
        if not theirs:
            raise Forgotten("they have no page open")
        for page in theirs:
            page.put(notice)
