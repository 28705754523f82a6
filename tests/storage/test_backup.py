"""A copy of a database that is in use."""

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.ideas import Audience, NewIdea, Wording
from storage.backup import back_up
from storage.database import open_database
from tests.storage.board import NOON, Board


@pytest.fixture
def url(tmp_path: Path) -> str:
    """SQLite only: PostgreSQL has its own tool."""
    return f"sqlite+aiosqlite:///{tmp_path / 'board.sqlite'}"


@pytest.fixture
async def board(url: str) -> AsyncIterator[Board]:
    """Ana's board."""
    board = Board(await open_database(url))
    await board.join("Ana")
    yield board
    await board.database.close()


async def test_a_copy_is_whole_while_a_writer_is_busy(
    board: Board, url: str, tmp_path: Path
) -> None:
    before = await board.idea("Before")
    file = tmp_path / "copy.sqlite"
    async with board.database.transaction() as store:
        await store.set_muted(board.member("Ana"), True, NOON)
        await asyncio.to_thread(back_up, url, file)
    copy = Board(await open_database(f"sqlite+aiosqlite:///{file}"), board.accounts)
    assert (await copy.now(before)).wording.title == "Before"
    async with copy.database.reading() as store:
        assert not await store.is_muted(board.accounts["Ana"].ref)
        assert await store.search(Wording("Before"), board.viewer("Ana"), 5)
    assert (await copy.idea("After")).number == 2
    await copy.database.close()


async def test_many_writes_meanwhile_leave_copies_of_one_moment_each(
    board: Board, url: str, tmp_path: Path
) -> None:
    """An idea and its vote are written together: a copy has as many of the one as the other."""
    files = [tmp_path / f"copy{number}.sqlite" for number in range(5)]
    copying = asyncio.create_task(asyncio.to_thread(_copy_to, url, files))
    written = 0
    while not copying.done() or written < 20:
        await _idea_with_vote(board)
        written += 1
    await copying
    for file in files:
        assert _ask(file, "SELECT count(*) FROM ideas") == _ask(file, "SELECT count(*) FROM votes")
        assert _ask(file, "PRAGMA integrity_check") == ("ok",)


def _copy_to(url: str, files: list[Path]) -> None:
    for file in files:
        back_up(url, file)


async def _idea_with_vote(board: Board) -> None:
    new = NewIdea(Wording("Dark mode"), board.member("Ana"), "community", Audience.EVERYONE)
    async with board.database.transaction() as store:
        idea = await store.add_idea(new, NOON)
        await store.set_vote(idea.number, board.accounts["Ana"].id, "button", True, NOON)


def _ask(file: Path, question: str) -> object:
    with closing(sqlite3.connect(file)) as copy:
        return copy.execute(question).fetchone()


async def test_a_copy_never_overwrites_and_only_its_owner_reads_it(
    board: Board, url: str, tmp_path: Path
) -> None:
    file = tmp_path / "copy.sqlite"
    size = back_up(url, file)
    assert size == file.stat().st_size > 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(StorageError, match="is there already"):
        back_up(url, file)
    assert file.stat().st_size == size


def test_what_an_older_release_wrote_is_copied_as_it_is(url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "board.sqlite", isolation_level=None)) as made:
        made.execute("CREATE TABLE alembic_version (version_num TEXT)")
        made.execute("INSERT INTO alembic_version VALUES ('0001')")
    back_up(url, tmp_path / "copy.sqlite")
    assert _ask(tmp_path / "copy.sqlite", "SELECT * FROM alembic_version") == ("0001",)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql+asyncpg://bot@host/board", "pg_dump"),
        ("sqlite+aiosqlite:////nowhere/at/all.sqlite", "unable to open database file"),
    ],
)
def test_what_cannot_be_copied_is_said(address: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=said):
        back_up(address, tmp_path / "copy.sqlite")
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_that_is_not_there_is_said(board: Board, url: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="No such file or directory"):
        back_up(url, tmp_path / "nowhere" / "copy.sqlite")
