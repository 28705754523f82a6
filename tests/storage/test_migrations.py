"""A database of every earlier version, with rows in it, becomes one of today."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.ideas import Wording
from bot.people import Viewer
from bot.postings import Posting, PostingKind
from bot.refs import ChannelRef, MessageRef, ThreadRef
from bot.results import Job, Post, Subject
from bot.summaries import Part
from storage import schema
from storage.database import open_database
from storage.migrate import MIGRATIONS, upgrade
from tests.storage.board import NOON, Board

REVISIONS = sorted(file.stem.partition("_")[0] for file in MIGRATIONS.glob("[0-9]*.py"))
ROWS = Path(__file__).parent / "versions"
"""What a database of each version may hold: a file of statements each."""
EARLIER = sorted(file.stem for file in ROWS.glob("*.sql"))


async def _filled(url: str, revision: str) -> None:
    """A database of that version, with its rows."""

    def fill(connection: Connection) -> None:
        upgrade(connection, None, revision)
        for statement in (ROWS / f"{revision}.sql").read_text().split(";\n")[:-1]:
            connection.execute(text(statement))

    engine = create_async_engine(url)
    async with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            await connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        await connection.run_sync(fill)
    await engine.dispose()


def _differences(connection: Connection) -> object:
    def is_ours(name: str | None, kind: str, _parents: object) -> bool:
        return not (kind == "table" and (name or "").startswith("idea_words"))

    options = {"compare_type": True, "include_name": is_ours}
    return compare_metadata(MigrationContext.configure(connection, opts=options), schema.metadata)


def test_every_version_has_its_rows() -> None:
    assert REVISIONS[:-1] == EARLIER


@pytest.mark.parametrize("revision", EARLIER)
async def test_an_earlier_database_becomes_one_of_today(database_url: str, revision: str) -> None:
    await _filled(database_url, revision)
    database = await open_database(database_url)
    async with database.reader.connect() as connection:
        assert await connection.run_sync(_differences) == []
    async with database.reading() as store:
        card = await store.posting(1, PostingKind.CARD)
        thread = await store.thread_at(ThreadRef("community", "general", "m1"))
        stored = await store.summary(1)
    ideas = ChannelRef("community", "ideas")
    assert card == Posting(1, PostingKind.CARD, MessageRef("community", "ideas", "p1"), ideas)
    assert thread
    assert (thread.messages, thread.last_at) == (9, NOON)
    assert stored
    assert stored.summary.thread == thread.ref
    (quote,) = stored.summary.quotes
    assert (quote.part, quote.text, quote.author_name) == (Part.POINT, "My eyes hurt", "Ana")
    await database.close()


@pytest.mark.parametrize("revision", EARLIER)
async def test_everybody_stands_alone_until_they_link(database_url: str, revision: str) -> None:
    await _filled(database_url, revision)
    database = await open_database(database_url)
    board = Board(database)
    ana = await board.join("Ana")
    fan = await board.join("Ana on Discord", "fans", "discord")
    assert (ana.member, ana.person, fan.person) == (1, 1, fan.member)
    await board.link("Ana on Discord", to="Ana")
    async with database.reading() as store:
        idea = await store.idea(1)
        found = await store.find_account(fan.ref)
    assert idea
    assert found
    assert idea.author == found.person == 1
    await database.close()


@pytest.mark.parametrize("revision", EARLIER)
async def test_the_queue_goes_on_with_the_same_rows_and_new_ids(
    database_url: str, revision: str
) -> None:
    await _filled(database_url, revision)
    database = await open_database(database_url)
    board = Board(database)
    assert (await board.took(jobs=True)).work == Job("tell", 7)
    await board.enqueue(Post(ChannelRef("community", "ideas"), Subject("idea_card", 1)))
    new = await board.took()
    assert new.id == 4, "an id that was given is never given again"
    await board.enqueue(Job("summarize", 0, thread=ThreadRef("community", "general", "m1")))
    await database.close()


@pytest.mark.parametrize("revision", [one for one in EARLIER if one < "0006"])
async def test_ideas_are_found_by_the_words_of_today(database_url: str, revision: str) -> None:
    await _filled(database_url, revision)
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(_index_as_before)
    await engine.dispose()
    database = await open_database(database_url)
    viewer = Viewer("community")
    async with database.reading() as store:
        for typed, numbers in {"画面": [2], "dark": [1], "お願い": [2], "画面を暗く": [2]}.items():
            found = await store.search(Wording(typed), viewer, 5)
            assert [match.idea.number for match in found] == numbers, typed
    async with database.reader.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM idea_words"))).scalar() == 2
    await database.close()


def _index_as_before(connection: Connection) -> None:
    """An idea whose words were not taken apart, beside one that has none in the search table."""
    connection.execute(
        text(
            "INSERT INTO ideas (title, body, job, obstacle, area, status, public_status, author,"
            " connection, audience, votes, version, created_at)"
            " SELECT '画面を暗く', 'お願いします', '', '', '', status, public_status, author,"
            " connection, audience, 0, 0, created_at FROM ideas WHERE number = 1"
        )
    )
    stored = (
        "INSERT INTO idea_words (rowid, title, rest) VALUES (2, '画面を暗く', 'お願いします')"
        if connection.dialect.name == "sqlite"
        else "INSERT INTO idea_words VALUES (2, '''画面を暗く'':1A ''お願いします'':2')"
    )
    connection.exec_driver_sql(stored)
