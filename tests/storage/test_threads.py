import asyncio
from datetime import timedelta

from bot.refs import ThreadRef
from bot.summaries import Heard, Thread
from storage.database import SqlDatabase
from tests.storage.board import NOON, Board, after

LONG = ThreadRef("community", "general", "m1")
SHORT = ThreadRef("community", "general", "m2")
ABROAD = ThreadRef("fans", "general", "m1")
QUIET = (NOON - timedelta(days=3), NOON)


async def _hear(database: SqlDatabase, *heard: Heard) -> None:
    async with database.transaction() as store:
        await store.hear(heard)


async def _offer(board: Board, least: int = 5) -> list[Thread]:
    async with board.database.transaction() as store:
        return await store.offer_threads(("community",), least, QUIET, after(0))


async def test_a_new_thread_has_its_opening_too_and_then_counts_replies(board: Board) -> None:
    await _hear(board.database, Heard(LONG, 3, after(-60), "/m4"), Heard(SHORT, 1, NOON, "/m9"))
    await _hear(board.database, Heard(LONG, 2, after(-90), "/m7"))
    async with board.database.reading() as store:
        found = await store.thread_at(LONG)
        assert found == Thread(1, LONG, 6, after(-60), "/m4")
        assert await store.thread(1) == found
        assert await store.thread(7) is None
        assert await store.thread_at(ABROAD) is None


async def test_hearing_nothing_writes_nothing(board: Board, statements: list[str]) -> None:
    statements.clear()
    await _hear(board.database)
    assert statements == []


async def test_a_long_quiet_thread_is_offered_once_in_its_life(board: Board) -> None:
    await _hear(board.database, Heard(LONG, 4, NOON, ""), Heard(SHORT, 3, NOON, ""),
                Heard(ABROAD, 9, NOON, ""))  # fmt: skip
    assert [thread.ref for thread in await _offer(board)] == [LONG]
    assert await _offer(board) == []
    await _hear(board.database, Heard(LONG, 40, NOON, ""))
    assert await _offer(board) == []


async def test_one_that_is_loud_or_long_forgotten_is_not_offered(board: Board) -> None:
    forgotten = NOON - timedelta(days=4)
    await _hear(board.database, Heard(LONG, 9, after(1), ""), Heard(SHORT, 9, forgotten, ""))
    assert await _offer(board) == []


async def test_two_processes_that_look_at_once_offer_it_once(board: Board) -> None:
    await _hear(board.database, Heard(LONG, 9, NOON, ""))
    offered = await asyncio.gather(*(_offer(board) for _ in range(5)))
    assert sorted(len(threads) for threads in offered) == [0, 0, 0, 0, 1]
