"""What was erased is not in SQLite's files once the old rows have been pruned."""

import asyncio
from pathlib import Path

import pytest

from tests.storage.board import Board, after

TRACE = b"xylophone"


on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""PostgreSQL keeps its files to itself."""


def _traces(folder: Path) -> list[str]:
    found = [file.name for file in folder.iterdir() if TRACE in file.read_bytes().lower()]
    return sorted(found)


async def _suggest_and_erase(board: Board) -> None:
    await board.join("Zoëtrope")
    await board.idea("Xylophone mode", by="Zoëtrope")
    async with board.database.transaction() as store:
        await store.erase(board.member("Zoëtrope"), True, after(1))


@on_sqlite
async def test_pruning_leaves_no_erased_word_in_any_file(board: Board, tmp_path: Path) -> None:
    await _suggest_and_erase(board)
    assert "soundingboard.sqlite-wal" in _traces(tmp_path)
    await board.database.queue.prune(after(2))
    assert _traces(tmp_path) == []
    assert (tmp_path / "soundingboard.sqlite-wal").stat().st_size == 0


@on_sqlite
async def test_a_long_read_stops_neither_the_pruning_nor_a_vote_after_it(
    board: Board, tmp_path: Path
) -> None:
    idea = await board.idea()
    async with board.database.reading() as store, asyncio.timeout(2):
        before = await store.idea(idea.number)
        await _suggest_and_erase(board)
        await board.database.queue.prune(after(2))
        assert await board.vote(idea, "Ben")
        assert await store.idea(idea.number) == before
    await board.database.queue.prune(after(3))
    assert _traces(tmp_path) == []


async def test_pruning_works_wherever_the_board_is_kept(board: Board) -> None:
    await board.database.queue.prune(after(1))
    await board.database.queue.prune(after(2))
    assert await board.vote(await board.idea(), "Ben")
