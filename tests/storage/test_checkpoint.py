"""What was erased is not in SQLite's files once the old rows have been pruned."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.storage.board import Board, after

TRACE = b"xylophone"


@pytest.fixture
def files(database_url: str, tmp_path: Path) -> Path:
    """The folder of the database's files."""
    if make_url(database_url).get_backend_name() != "sqlite":
        pytest.skip("PostgreSQL keeps no files beside us")
    return tmp_path


def _traces(folder: Path) -> list[str]:
    found = [file.name for file in folder.iterdir() if TRACE in file.read_bytes().lower()]
    return sorted(found)


async def _suggest_and_erase(board: Board) -> None:
    await board.join("Zoëtrope")
    await board.idea("Xylophone mode", by="Zoëtrope")
    async with board.database.transaction() as store:
        await store.erase(board.member("Zoëtrope"), True, after(1))


async def test_pruning_leaves_no_erased_word_in_any_file(board: Board, files: Path) -> None:
    await _suggest_and_erase(board)
    assert "soundingboard.sqlite-wal" in _traces(files)
    await board.database.queue.prune(after(2))
    assert _traces(files) == []
    assert (files / "soundingboard.sqlite-wal").stat().st_size == 0


async def test_a_long_read_stops_neither_the_pruning_nor_a_vote_after_it(
    board: Board, files: Path
) -> None:
    idea = await board.idea()
    async with board.database.reading() as store, asyncio.timeout(2):
        before = await store.idea(idea.number)
        await _suggest_and_erase(board)
        await board.database.queue.prune(after(2))
        assert await board.vote(idea, "Ben")
        assert await store.idea(idea.number) == before
    await board.database.queue.prune(after(3))
    assert _traces(files) == []


async def test_pruning_works_wherever_the_board_is_kept(board: Board) -> None:
    await board.database.queue.prune(after(1))
    await board.database.queue.prune(after(2))
    assert await board.vote(await board.idea(), "Ben")
