"""Counting threads in memory, and looking after them until the stop."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot import threads as threads_module
from bot.config import playground_config
from bot.events import MessagePosted
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef
from bot.summaries import Thread
from bot.threads import Threads
from storage.database import SqlDatabase
from tests.bot.fakes import NOW, FixedClock

THREAD = ThreadRef("playground", "general", "m0")


class Desk:
    """Threads over a real database."""

    def __init__(self, database: SqlDatabase) -> None:
        self.database = database
        config = playground_config(Path("/nowhere"))
        self.threads = Threads(config, database, FixedClock(), lambda: None)

    def hear(self, name: str, minutes: int = 0) -> None:
        self.threads.hear(
            MessagePosted(
                key=None,
                at=NOW + timedelta(minutes=minutes),
                account=AccountRef("playground", "ana"),
                name="Ana",
                channel=ChannelRef("playground", "general"),
                message=MessageRef("playground", "general", name),
                thread=THREAD,
                text="Hello",
                permalink=f"/#general/{name}",
            )
        )

    async def known(self) -> Thread | None:
        async with self.database.reading() as store:
            return await store.thread_at(THREAD)

    async def messages(self) -> int:
        thread = await self.known()
        return thread.messages if thread else 0


@pytest.fixture
def desk(database: SqlDatabase) -> Desk:
    return Desk(database)


async def test_counts_are_kept_in_memory_until_they_are_flushed(desk: Desk) -> None:
    desk.hear("m1", minutes=2)
    desk.hear("m2", minutes=1)
    assert await desk.known() is None
    await desk.threads.flush()
    assert await desk.known() == Thread(1, THREAD, 3, NOW + timedelta(minutes=2), "/#general/m1")
    desk.hear("m2", minutes=1)
    await desk.threads.flush()
    assert await desk.messages() == 3


async def test_a_flush_that_failed_loses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hear("m1")

    def unreachable() -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(desk.database, "transaction", unreachable)
        with pytest.raises(ConnectionError):
            await desk.threads.flush()
    desk.hear("m2")
    await desk.threads.flush()
    assert await desk.messages() == 3


async def test_only_the_latest_messages_are_remembered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads_module, "REMEMBERED", 2)
    for name in ("m1", "m2", "m3", "m2", "m1"):
        desk.hear(name)
    await desk.threads.flush()
    assert await desk.messages() == 1 + 4


async def test_an_orderly_stop_keeps_what_was_counted(desk: Desk) -> None:
    stopping = asyncio.Event()
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(desk.threads.run(stopping))
        desk.hear("m1")
        stopping.set()
    assert await desk.messages() == 2
