"""The scheduler through weeks of clock time, on a real database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.config import Config, parse
from bot.periods import Period
from bot.refs import ChannelRef
from bot.scheduler import Scheduler
from bot.workers import Bell
from storage.database import SqlDatabase, open_database
from tests.community import FixedClock

HERE = """
timezone = "Europe/Berlin"
[connections.here]
platform = "playground"
[digest]
schedule = "{0}"
to = ["here/one", "here/other"]
"""
ONE, OTHER = ChannelRef("here", "one"), ChannelRef("here", "other")


def config(schedule: str = "0 9 * * 1") -> Config:
    return parse(HERE.format(schedule), {}, Path("/nowhere"))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'soundingboard.sqlite'}")
    yield database
    await database.close()


async def periods(database: SqlDatabase, destination: ChannelRef = ONE) -> list[Period]:
    async with database.reading() as store:
        return await store.digest_periods(destination)


@pytest.mark.parametrize(
    "start", [datetime(2026, 3, 16, tzinfo=UTC), datetime(2026, 10, 12, tzinfo=UTC)]
)
@pytest.mark.parametrize("schedule", ["0 9 * * 1", "30 2 * * 0"])
async def test_through_a_clock_change_each_week_is_prepared_once(
    database: SqlDatabase, schedule: str, start: datetime
) -> None:
    clock = FixedClock()
    clock.time = start
    scheduler = Scheduler(database, config(schedule), clock, Bell())
    for _ in range(24 * 2 * 21):
        await scheduler.look()
        clock.advance(1800)
    for destination in (ONE, OTHER):
        prepared = await periods(database, destination)
        assert len(prepared) == 4
        assert len({period.end for period in prepared}) == 4
        assert all(a.end == b.start for a, b in pairwise(prepared))


async def test_two_processes_that_watch_share_the_work(database: SqlDatabase) -> None:
    clock = FixedClock()
    both = [Scheduler(database, config(), clock, Bell()) for _ in range(2)]
    for _ in range(4):
        await asyncio.gather(*(scheduler.look() for scheduler in both))
        clock.advance(timedelta(days=7).total_seconds())
    assert len(await periods(database)) == 4


async def test_it_looks_at_once_and_stops_when_told(database: SqlDatabase) -> None:
    stopping, bell = asyncio.Event(), Bell()
    rung = bell.next
    running = asyncio.create_task(Scheduler(database, config(), FixedClock(), bell).run(stopping))
    async with asyncio.timeout(8):
        await rung.wait()
        stopping.set()
        await running
    assert await periods(database) != []


async def test_without_a_destination_nothing_is_prepared(database: SqlDatabase) -> None:
    nowhere = config().digest.model_copy(update={"to": ()})
    settings = config().model_copy(update={"digest": nowhere})
    await Scheduler(database, settings, FixedClock(), Bell()).look()
    assert await periods(database) == []
