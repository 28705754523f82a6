import asyncio
import signal
import sys
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from bot.errors import StorageError
from bot.ideas import Audience, IdeaStatus, NewIdea, Wording
from bot.results import Edit, Job, Post, Subject
from storage import schema
from storage.database import SqlDatabase, open_database
from tests.storage.board import IDEAS, NOON, Board, after, message, origin

KILLED_IN_A_TRANSACTION = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from storage.database import open_database

async def main():
    database = await open_database(sys.argv[1])
    async with database.transaction() as store:
        await store.claim("committed", datetime.now(UTC))
    async with database.transaction() as store:
        await store.claim("killed", datetime.now(UTC))
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_an_error_takes_everything_back(board: Board) -> None:
    before = await board.everything()

    async def fail() -> None:
        async with board.database.transaction() as store:
            await store.claim("key", NOON)
            await store.set_muted(board.member("Ana"), True, NOON)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await board.everything() == before


async def test_a_cancelled_transaction_leaves_nothing_and_harms_nobody(board: Board) -> None:
    before = await board.everything()
    inside = asyncio.Event()

    async def half_done() -> None:
        async with board.database.transaction() as store:
            await store.claim("key", NOON)
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(half_done())
    await inside.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await board.everything() == before
    async with board.database.transaction() as store:
        assert await store.claim("key", NOON)


async def test_a_process_killed_in_a_transaction_keeps_what_it_had_committed(
    database: SqlDatabase, database_url: str
) -> None:
    root = Path(__file__).parents[2]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED_IN_A_TRANSACTION, database_url, cwd=root
    )
    assert await process.wait() == -signal.SIGKILL
    async with database.transaction() as store:
        assert not await store.claim("committed", NOON)
        assert await store.claim("killed", NOON)


async def test_a_key_is_claimed_once_even_by_many_at_once(database: SqlDatabase) -> None:
    async def claim() -> bool:
        async with database.transaction() as store:
            return await store.claim("key", NOON)

    claimed = await asyncio.gather(*(claim() for _ in range(20)))
    assert sorted(claimed) == [False] * 19 + [True]


async def test_a_reader_sees_one_moment_and_waits_for_nobody(board: Board) -> None:
    idea = await board.idea()
    async with board.database.reading() as reading:
        before = await reading.idea(idea.number)
        async with board.database.transaction() as writing:
            await writing.set_status(idea.number, IdeaStatus.PLANNED, IdeaStatus.PLANNED)
            assert await reading.idea(idea.number) == before
        assert await reading.idea(idea.number) == before
    assert (await board.now(idea)).status is IdeaStatus.PLANNED


async def test_a_reader_cannot_write(database: SqlDatabase) -> None:
    async with database.reading() as store:
        with pytest.raises(DBAPIError):
            await store.claim("key", NOON)


async def test_opening_again_finds_everything_in_place(board: Board, database_url: str) -> None:
    before = await board.everything()
    again = await open_database(database_url)
    assert await Board(again).everything() == before
    await again.close()


async def test_two_processes_may_start_at_once_on_an_empty_database(database_url: str) -> None:
    both = await asyncio.gather(open_database(database_url), open_database(database_url))
    for database in both:
        async with database.transaction() as store:
            assert await store.idea(1) is None
        await database.close()


async def test_a_newer_database_is_refused(database: SqlDatabase, database_url: str) -> None:
    async with database.writer.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="9999, newer than this Sounding Board"):
        await open_database(database_url)


async def test_what_cannot_be_opened_says_so_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be opened: unable to open database file"):
        await open_database(f"sqlite+aiosqlite:///{tmp_path}/nowhere/file.sqlite")
    with pytest.raises(StorageError, match="cannot be opened") as refused:
        await open_database("postgresql+asyncpg://someone:s3cret@127.0.0.1:1/board")
    assert "s3cret" not in str(refused.value)


async def test_a_connection_belongs_to_one_workspace(database: SqlDatabase) -> None:
    await database.bind("community", "T1")
    await database.bind("fans", "guild 7")
    await database.bind("community", "T1")
    with pytest.raises(StorageError, match=r"'community' belongs to T1, but its token is for T2"):
        await database.bind("community", "T2")


async def test_workspaces_bound_at_once_agree(database: SqlDatabase) -> None:
    await asyncio.gather(*(database.bind("community", "T1") for _ in range(10)))
    with pytest.raises(StorageError):
        await database.bind("community", "T2")


async def test_a_time_without_a_zone_is_refused(database: SqlDatabase) -> None:
    async with database.transaction() as store:
        with pytest.raises(StatementError, match="without a zone"):
            await store.claim("key", datetime(2026, 11, 2))  # noqa: DTZ001 - the mistake itself


BROKEN_RULES = {
    "an unknown status": update(schema.ideas).values(status="someday"),
    "an unknown audience": update(schema.ideas).values(audience="nobody"),
    "a negative tally": update(schema.ideas).values(votes=-1),
    "an origin without its thread": update(schema.ideas).values(origin_thread=None),
    "an unknown source of a vote": insert(schema.votes).values(
        idea=1, account=1, source="import", active=True, heard_at=NOON
    ),
    "a vote of nobody": insert(schema.votes).values(
        idea=1, account=999, source="button", active=True, heard_at=NOON
    ),
    "a verdict without its time": update(schema.queue).values(verdict="sent"),
    "an unknown kind of delivery": update(schema.queue).values(kind="fax"),
    "a decision told and undone": update(schema.decisions).values(told_at=NOON, undone_at=NOON),
    "a second digest of a period": insert(schema.digests).values(
        [{"destination": IDEAS, "period": "2026-W45", "prepared_at": NOON}] * 2
    ),
    "a posting shown twice": insert(schema.postings).values(
        [
            {
                "subject": 1,
                "kind": "card",
                "message": message("m"),
                "channel": IDEAS,
                "connection": "community",
                "quiet_until": NOON,
            }
        ]
        * 2
    ),
}


@pytest.mark.parametrize("rule", BROKEN_RULES)
async def test_the_schema_itself_refuses(board: Board, rule: str) -> None:
    idea = await board.idea(origin=origin("m1"))
    await board.enqueue(Job("remind", 1))
    async with board.database.transaction() as store:
        await store.add_decision(idea, IdeaStatus.PLANNED, "", board.member("Pia"), False, NOON)
    with pytest.raises((IntegrityError, StatementError)):
        async with board.database.writer.begin() as connection:
            await connection.execute(BROKEN_RULES[rule])


async def test_a_vote_takes_at_most_six_statements(board: Board, statements: list[str]) -> None:
    idea = await board.idea()
    await board.post(idea)
    ben = board.accounts["Ben"]
    statements.clear()
    async with board.database.transaction() as store:
        await store.claim("delivery", NOON)
        account = await store.account(ben.ref, ben.name, ben.connection, NOON)
        await store.idea(idea.number, lock=True)
        await store.set_vote(idea.number, account.id, "button", True, NOON)
        await store.retally(idea.number)
        await store.enqueue((Edit(idea.number),), NOON)
    assert len(statements) == 6


def _dark_mode(author: int) -> NewIdea:
    return NewIdea(Wording("Dark mode"), author, "community", Audience.EVERYONE)


async def test_a_submit_takes_at_most_ten_statements(board: Board, statements: list[str]) -> None:
    ana = board.accounts["Ana"]
    statements.clear()
    async with board.database.transaction() as store:
        await store.claim("delivery", NOON)
        account = await store.account(ana.ref, ana.name, ana.connection, NOON)
        await store.standing(account.member, after(-86_400))
        await store.save_draft(account, "suggest", {"title": "Dark mode"}, NOON)
        await store.search(Wording("Dark mode"), board.viewer("Ana"), 3)
        idea = await store.add_idea(_dark_mode(account.member), NOON)
        await store.drop_draft(1)
        await store.enqueue((Post(IDEAS, Subject("idea_card", idea.number)),), NOON)
        await store.audit("submitted", idea.number, account.member, NOON)
    assert len(statements) == 10
