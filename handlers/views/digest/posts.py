"""A digest's messages: one for the channel with the others below it, or all in a private one."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from bot.board.digest import PAGES, kinds, viewer_for
from bot.board.past import Shown, look_up
from bot.config import Config
from bot.digests import Section
from bot.messages import Card, Message
from bot.store import Store
from handlers.views.digest import numbers
from handlers.views.digest.decide import decide
from handlers.views.digest.sections import cards
from handlers.views.digest.writer import LONG, SHORT, Writer

_GONE = Card(body=(("What stood here was taken back.",),))
_LISTS = tuple(section for section in Section if section is not Section.DECIDE)

Pages = dict[str, Callable[[Store, int, Config], Awaitable[Message | None]]]


async def _post(kind: str, store: Store, row: int, config: Config) -> Message | None:
    """One message of a stored digest, made from the state now."""
    digest = await store.digest(row)
    if digest is None or digest.destination is None:
        return None
    viewer = viewer_for(config, digest.destination)
    return await page(kind, await look_up(store, digest, viewer, PAGES[kind]), config)


SUBJECTS: Pages = {kind: partial(_post, kind) for kind in PAGES}
"""By kind of subject."""


async def page(kind: str, shown: Shown, config: Config) -> Message:
    """A message of a digest; it says so when its words were all taken back."""
    writer = Writer(shown, config.digest.waiting_days)
    if kind == "digest":
        return _first(writer, config)
    if kind == "digest_numbers":
        return await _last(shown, config)
    return Message(cards=cards(writer, PAGES[kind]) or (_GONE,))


async def pages(shown: Shown, config: Config) -> list[Message]:
    """All messages of a digest, as its channel gets them."""
    return [await page(kind, shown, config) for kind in kinds(shown.digest)]


def _first(writer: Writer, config: Config) -> Message:
    period = writer.shown.digest.period
    head = numbers.heading(period, config.zone), *numbers.lead(writer.shown, LONG.entries)
    return Message(head, decide(writer))


async def _last(shown: Shown, config: Config) -> Message:
    """The numbers; their chart is drawn in a thread of its own."""
    picture = await asyncio.to_thread(numbers.picture, shown, config.zone)
    card = numbers.card(shown.digest.numbers, drawn=picture is not None)
    return Message(cards=(card,), image=picture)


def brief(shown: Shown, config: Config) -> Message:
    """The whole digest in short, for one person."""
    writer = Writer(shown, config.digest.waiting_days, SHORT)
    if shown.digest.is_silent:
        return Message((("Nothing has happened yet since the last digest.",),))
    head = numbers.heading(shown.digest.period, config.zone), *numbers.lead(shown, SHORT.entries)
    told = (*decide(writer), *cards(writer, _LISTS))
    return Message((*head, *numbers.answers(shown.digest.numbers)), told)
