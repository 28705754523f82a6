"""The playground's own memory."""

import asyncio
from pathlib import Path

import pytest

from adapters.playground.chat import Chat
from adapters.playground.render import said
from adapters.playground.rows import Channel, Person, Reaction
from bot.errors import StorageError
from tests.adapters.playground.world import Hands, World, opened
from tests.sqlite import sqlite

NOW = Hands().now()


async def test_everything_is_there_after_a_restart(world: World, tmp_path: Path) -> None:
    message = await world.say("It hurts")
    await world.do("react", message=message, emoji="💚", added=True)
    await world.do("person", directs_open=False)
    workspace = await world.adapter.workspace()

    async with opened(tmp_path, world.hands) as again:
        chat = again._community.chat
        found = await chat.message(message)
        person = await chat.person("ana")
        assert await again.workspace() == workspace
    assert found is not None
    assert found.reactions == (("💚", ("ana",)),)
    assert person is not None
    assert not person.directs_open


async def test_two_communities_are_two_workspaces(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        chat = await Chat.open(tmp_path / name)
        found.append(await chat.fact("workspace"))
        await chat.close()

    assert found[0] != found[1]


async def test_another_versions_file_is_refused(tmp_path: Path) -> None:
    with sqlite(tmp_path / "playground.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()

    with pytest.raises(StorageError, match="another version"):
        await Chat.open(tmp_path / "playground.sqlite")


async def test_a_private_channel_never_becomes_public(tmp_path: Path) -> None:
    chat = await Chat.open(tmp_path / "playground.sqlite")
    await chat.add_channel(Channel("inbox", "inbox", needs="product"))
    await chat.add_channel(Channel("inbox", "inbox"))

    found = await chat.channel("inbox")
    await chat.close()
    assert found is not None
    assert found.needs == "product"


async def test_changes_made_at_once_are_counted_one_by_one(tmp_path: Path) -> None:
    chat = await Chat.open(tmp_path / "playground.sqlite")
    await chat.add_person(Person("ana", "Ana", "#000000"))
    await chat.add_channel(Channel("ideas", "ideas"))

    said_by = [chat.say("ana", "ideas", None, said(str(n)), NOW) for n in range(20)]
    ids = await asyncio.gather(*said_by)

    messages = await chat.history(("ideas",), 100)
    await chat.close()
    assert len(set(ids)) == 20
    assert len({message.seq for message in messages}) == 20


async def test_a_cancelled_change_leaves_nothing_and_stops_nobody(tmp_path: Path) -> None:
    chat = await Chat.open(tmp_path / "playground.sqlite")
    await chat.add_person(Person("ana", "Ana", "#000000"))
    await chat.add_channel(Channel("ideas", "ideas"))
    for turns in range(12):
        task = asyncio.create_task(chat.say("ana", "ideas", None, said("x"), NOW))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    await chat.say("ana", "ideas", None, said("after"), NOW)

    messages = await chat.history(("ideas",), 100)
    waiting = await chat.undelivered()
    await chat.close()
    assert messages[-1].content == said("after")
    assert len(waiting) == len(messages)


async def test_a_reaction_that_was_there_changes_nothing(tmp_path: Path) -> None:
    chat = await Chat.open(tmp_path / "playground.sqlite")
    await chat.add_person(Person("ana", "Ana", "#000000"))
    await chat.add_channel(Channel("ideas", "ideas"))
    message = await chat.say("ana", "ideas", None, said("x"), NOW)

    given = [await chat.react(message, Reaction("ana", "👍", True, NOW)) for _ in range(2)]

    waiting = await chat.undelivered()
    await chat.close()
    assert given == [True, False]
    assert len(waiting) == 2
