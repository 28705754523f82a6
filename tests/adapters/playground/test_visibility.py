"""What one may not see looks like what does not exist."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from adapters.playground.adapter import open_playground
from bot.refs import AccountRef, ChannelRef
from tests.adapters.playground.world import (
    INBOX,
    MENU,
    NAME,
    PATIENCE,
    Hands,
    World,
    browsing,
    changes,
    opened,
    settings,
)

SECRET = "the team thinks aloud"


async def test_the_inbox_is_there_for_the_product_team_only(world: World) -> None:
    await world.say(SECRET, person="pia", channel="product-inbox")

    team, others = await world.state("pia"), await world.state("mo")

    assert "product-inbox" in [channel["id"] for channel in team["channels"]]
    assert next(c for c in team["channels"] if c["id"] == "product-inbox")["private"]
    assert "product-inbox" not in [channel["id"] for channel in others["channels"]]
    assert SECRET in str(team["messages"])
    assert SECRET not in str(others)


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("react", {"emoji": "👍", "added": True}),
        ("press", {"action": "vote:1", "notice": None}),
        ("shortcut", {"shortcut": "turn_into_idea"}),
    ],
)
async def test_a_hidden_message_answers_as_a_missing_one(
    world: World, address: str, body: dict[str, Any]
) -> None:
    card = await world.card("vote:1", channel=INBOX)

    hidden = await world.post(address, message=card.message, **body)
    missing = await world.post(address, message="000999", **body)

    assert hidden == missing
    assert hidden[0] == 404
    assert world.bot.heard == []


@pytest.mark.parametrize("address", ["message", "command"])
async def test_a_hidden_channel_answers_as_a_missing_one(world: World, address: str) -> None:
    hidden = await world.post(address, channel="product-inbox", text="/suggest")
    direct = await world.post(address, channel="dm-ben", text="/suggest")
    missing = await world.post(address, channel="nowhere", text="/suggest")

    assert hidden == direct == missing
    assert hidden[0] == 404


async def test_a_hidden_thread_answers_as_a_missing_one(world: World) -> None:
    root = await world.say(SECRET, person="pia", channel="product-inbox")

    hidden = await world.post("message", channel="general", thread=root, text="hello")
    missing = await world.post("message", channel="general", thread="000999", text="hello")

    assert hidden == missing
    assert hidden[0] == 404


async def test_the_stream_shows_what_happens_and_nothing_hidden(world: World) -> None:
    seq = (await world.state())["seq"]
    address = "/api/stream"
    async with world.browser.get(address, params={"person": "ana", "after": seq}) as stream:
        await world.say(SECRET, person="pia", channel="product-inbox")
        root = await world.say("It hurts", person="ben")
        await world.do("react", person="mo", message=root, emoji="💚", added=True)
        await world.do("person", person="ben", directs_open=False)
        seen = await changes(stream, 3)

    assert SECRET not in str(seen)
    assert [change["seq"] for change in seen] == sorted(change["seq"] for change in seen)
    assert seen[-1]["person"]["directs_open"] is False
    last = next(change["message"] for change in reversed(seen) if "message" in change)
    assert last["id"] == root
    assert last["reactions"] == [{"emoji": "💚", "people": ["mo"]}]


async def test_a_reply_changes_the_message_it_answers(world: World) -> None:
    root = await world.say("It hurts")
    seq = (await world.state())["seq"]
    async with world.browser.get("/api/stream", params={"person": "ana", "after": seq}) as stream:
        reply = await world.say("It does", thread=root)
        first, second = await changes(stream, 2)

    assert (first["message"]["id"], first["message"]["replies"]) == (root, 1)
    assert (second["message"]["id"], second["message"]["thread"]) == (reply, root)


async def test_the_state_tells_who_is_there_and_what_can_be_done(world: World) -> None:
    state = await world.state("mo")

    roles = {person["name"]: person["role"] for person in state["people"]}
    assert roles == {
        "Ana": "member",
        "Ben": "member",
        "Chloé": "member",
        "Dmitri": "member",
        "Mo": "moderator",
        "Pia": "product",
    }
    assert [channel["id"] for channel in state["channels"]] == ["general", "ideas", "dm-mo"]
    assert state["channels"][-1] == {
        "id": "dm-mo",
        "name": "Sounding Board",
        "topic": "",
        "private": False,
        "direct": True,
    }
    assert state["commands"] == [{"name": "suggest", "usage": "[title]", "help": "Suggest an idea"}]
    assert state["shortcuts"] == [{"name": "turn_into_idea", "help": "Turn into idea"}]
    assert "💡" in state["emoji"]


async def test_without_a_name_the_first_person_looks(world: World) -> None:
    async with world.browser.get("/api/state") as response:
        state = await response.json()

    assert "dm-ana" in [channel["id"] for channel in state["channels"]]


async def test_nobody_is_found_under_a_name_that_is_not_there(world: World) -> None:
    async with world.browser.get("/api/state", params={"person": "bot"}) as response:
        assert response.status == 404
    assert (await world.post("message", person="bot", channel="general", text="hi"))[0] == 404


async def test_a_moderators_channel_is_for_moderators(tmp_path: Path) -> None:
    with_channel = settings(tmp_path).model_copy(update={"moderators_channel": "mods"})
    adapter = await open_playground(NAME, with_channel, tmp_path, MENU, Hands(), sample=False)
    mods = ChannelRef(NAME, "mods")

    seen = [
        person
        for person in ("ana", "mo", "pia")
        if await adapter.can_see(AccountRef("playground", person), mods)
    ]

    await adapter.aclose()
    assert seen == ["mo"]


async def test_an_open_stream_ends_when_the_server_stops(tmp_path: Path) -> None:
    async with opened(tmp_path, Hands()) as adapter:
        async with browsing(adapter) as (browser, _):
            stream = await browser.get("/api/stream")
            assert stream.status == 200
            rest = asyncio.create_task(stream.read())
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(rest, return_exceptions=True)
