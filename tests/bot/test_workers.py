"""The loop that empties the queue: in order, awake at once, and orderly in the end."""

import asyncio
from datetime import timedelta

from bot.ports import QueueRow
from bot.workers import IDLE_SECONDS, Bell, Held, work
from tests.bot.fakes import NOW, FakeQueue, FixedClock, row


class Bench:
    """A worker, and what it handled."""

    def __init__(self, *rows: QueueRow, stop_after: int = 0) -> None:
        self.queue = FakeQueue(list(rows))
        self.bell = Bell()
        self.stopping = asyncio.Event()
        self.handled: list[int] = []
        self.waiting = Held(frozenset(), None)
        self._stop_after = stop_after

    async def _handle(self, row: QueueRow) -> None:
        self.handled.append(row.id)
        if len(self.handled) == self._stop_after:
            self.stop()

    def stop(self) -> None:
        self.stopping.set()
        self.bell.ring()

    async def run(self) -> None:
        await work(
            self.queue, FixedClock(), self.bell, self.stopping, self._handle, jobs=False,
            held=lambda: self.waiting,
        )  # fmt: skip


async def test_rows_are_handled_one_after_the_other() -> None:
    bench = Bench(row(1), row(2), row(3), stop_after=3)
    await bench.run()
    assert bench.handled == [1, 2, 3]


async def test_the_row_in_hand_is_finished_and_no_other_is_taken() -> None:
    bench = Bench(row(1), row(2), stop_after=1)
    await bench.run()
    assert bench.handled == [1]
    assert [left.id for left in bench.queue.rows] == [2]


async def test_what_is_held_is_left_alone() -> None:
    bench = Bench(row(1, lane="busy"), row(2), stop_after=1)
    bench.waiting = Held(frozenset({"busy"}), NOW + timedelta(seconds=1))
    await bench.run()
    assert bench.handled == [2]


async def test_a_ring_wakes_it_at_once() -> None:
    bench = Bench(stop_after=1)
    async with asyncio.timeout(IDLE_SECONDS / 2), asyncio.TaskGroup() as tasks:
        tasks.create_task(bench.run())
        await bench.queue.looked.wait()
        bench.queue.rows.append(row(1))
        bench.bell.ring()
    assert bench.handled == [1]


async def test_a_ring_while_it_looks_is_not_missed() -> None:
    bench = Bench(stop_after=1)

    async def next_due(*, jobs: bool, held: frozenset[str]) -> None:
        bench.queue.rows.append(row(1))
        bench.bell.ring()

    bench.queue.next_due = next_due  # type: ignore[method-assign]
    async with asyncio.timeout(IDLE_SECONDS / 2):
        await bench.run()
    assert bench.handled == [1]


async def test_an_idle_worker_stops_at_once() -> None:
    bench = Bench()
    async with asyncio.timeout(IDLE_SECONDS / 2), asyncio.TaskGroup() as tasks:
        tasks.create_task(bench.run())
        await bench.queue.looked.wait()
        bench.stop()
    assert bench.handled == []


async def test_it_wakes_by_itself_when_something_is_due() -> None:
    bench = Bench(stop_after=1)
    bench.queue.due = NOW - timedelta(seconds=1)
    async with asyncio.timeout(IDLE_SECONDS / 2), asyncio.TaskGroup() as tasks:
        tasks.create_task(bench.run())
        await bench.queue.looked.wait()
        bench.queue.rows.append(row(1))
    assert bench.handled == [1]
