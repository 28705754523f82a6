"""A private answer that comes later: on the pages its person has open, for a quarter of an hour."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientResponse

from adapters.playground.rules import HANDLE_SECONDS
from bot.errors import DeliveryError, Forgotten
from bot.events import Event
from bot.messages import Action, Button, Message
from bot.ports import SendFollowup
from bot.refs import AccountRef
from bot.results import Whisper
from tests.adapters.playground.world import World, changes

READING = Whisper(Message((("Reading…",),)))
SUMMARY = Message((("In short",),), buttons=(Button("Post", Action.of("post_summary", 1)),))


@asynccontextmanager
async def _page(world: World, person: str = "ana") -> AsyncIterator[ClientResponse]:
    """A page that has heard all there is."""
    seq = str((await world.state(person))["seq"])
    query = {"person": person, "after": seq}
    async with world.browser.get("/api/stream", params=query) as response:
        yield response


async def _asks(world: World, person: str = "ana") -> tuple[str, dict[str, Any]]:
    """Somebody uses a command: the handle that the bot got, and the answer."""
    world.bot.answer = READING
    answer = await world.do("command", person=person, channel="general", text="/suggest")
    return world.bot.last.handle, answer


async def _follow_up(world: World, handle: str, person: str = "ana") -> None:
    sending = SendFollowup(handle, AccountRef("playground", person), SUMMARY)
    assert await world.adapter.send(sending, "sb1") is None


async def test_it_shows_on_every_open_page_in_place_of_the_first_answer(world: World) -> None:
    handle, first = await _asks(world)
    async with _page(world) as one, _page(world) as other:
        await _follow_up(world, handle)
        (shown,), (same,) = await changes(one, 1), await changes(other, 1)
    notice = shown["notice"]
    assert shown == same
    assert "seq" not in shown
    assert (notice["kind"], notice["channel"], notice["thread"]) == ("whisper", "general", None)
    assert notice["replaces"] == first["notice"]
    assert notice["content"]["lines"] == [[{"t": "text", "text": "In short"}]]


async def test_its_buttons_can_be_pressed(world: World) -> None:
    handle, _ = await _asks(world)
    async with _page(world) as page:
        await _follow_up(world, handle)
        (shown,) = await changes(page, 1)
    world.bot.answer = None
    await world.do("press", action="post_summary:1", message=None, notice=shown["notice"]["notice"])
    assert world.bot.last.action == Action.of("post_summary", 1)


async def test_nothing_of_it_is_stored(world: World) -> None:
    handle, _ = await _asks(world)
    before = await world.state()
    async with _page(world) as page:
        await _follow_up(world, handle)
        await changes(page, 1)
    assert await world.state() == before


async def test_it_waits_for_the_first_answer(world: World) -> None:
    early: list[DeliveryError] = []

    async def follow_up(event: Event) -> None:
        with pytest.raises(DeliveryError) as refused:
            await _follow_up(world, event.handle or "")  # type: ignore[union-attr]
        early.append(refused.value)

    async with _page(world) as page:
        world.bot.before = follow_up
        handle, _ = await _asks(world)
        assert [error.retry_after for error in early] == [0.1]
        await _follow_up(world, handle)
        assert len(await changes(page, 1)) == 1


async def test_without_an_open_page_it_is_too_late(world: World) -> None:
    handle, _ = await _asks(world)
    with pytest.raises(Forgotten):
        await _follow_up(world, handle)
    async with _page(world, "ben"):
        with pytest.raises(Forgotten):
            await _follow_up(world, handle)


async def test_a_page_that_was_closed_is_not_open(world: World) -> None:
    handle, _ = await _asks(world)
    pages = world.adapter._interactions.pages
    with pages.open("ana", lambda: False), pytest.raises(Forgotten):
        await _follow_up(world, handle)
    with pages.open("ana", lambda: False), pages.open("ana", lambda: True) as read:
        await _follow_up(world, handle)
    assert len(read.take()) == 1
    assert read.take() == []


async def test_after_a_quarter_of_an_hour_it_is_too_late(world: World) -> None:
    handle, _ = await _asks(world)
    world.hands.seconds += HANDLE_SECONDS
    async with _page(world):
        with pytest.raises(Forgotten):
            await _follow_up(world, handle)


async def test_a_handle_is_one_persons(world: World) -> None:
    handle, _ = await _asks(world)
    async with _page(world, "ben"):
        with pytest.raises(Forgotten):
            await _follow_up(world, handle, "ben")


async def test_every_interaction_brings_a_handle_and_no_message_does(world: World) -> None:
    message = await world.say("Hello")
    (posted,) = await world.bot.until(1)
    assert posted.handle is None  # type: ignore[union-attr]
    await world.do("shortcut", message=message, shortcut="turn_into_idea")
    first = world.bot.last.handle
    card = await world.card("vote:1")
    await world.do("press", action="vote:1", message=card.message)
    assert first
    assert world.bot.last.handle not in (None, first)
    assert first not in repr(world.bot.heard)
