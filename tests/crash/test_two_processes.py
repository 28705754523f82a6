"""Two processes of one bot share a PostgreSQL database: each thing is done once, by either."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.adapters.slack.company import Company, found
from tests.conftest import SERVER
from tests.postgres import PostgresServer
from tests.process import PATIENCE, Process
from tests.slack.model import Channel, Message
from tests.slack.person import Person
from tests.slack.server import running_slack

pytestmark = pytest.mark.skipif(not SERVER, reason="SOUNDINGBOARD_TEST_POSTGRES names no server")

TITLES = ("Dark mode", "Offline maps", "Keyboard shortcuts", "Word counts")
LATER = "Footnotes"
EVERYTHING = 4 * PATIENCE
"""Seconds for a burst of deliveries: a post a second, an edit in ten, a digest in sixty."""


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    """An empty database."""
    return postgres.new()


def begun(company: Company) -> Process:
    return Process(company.folder, "bot", "--config", "config.toml", "run", **company.tokens)


@asynccontextmanager
async def two_bots(folder: Path, url: str) -> AsyncIterator[tuple[Company, Process, Process]]:
    """Both of them, begun at once on an empty database and connected; a digest every minute."""
    async with running_slack() as server:
        company = found(server, folder, digest=True)
        file = folder / "config.toml"
        often = file.read_text().replace("[digest]", '[digest]\nschedule = "* * * * *"')
        file.write_text(often.replace("sqlite:///board.sqlite", url))
        with begun(company) as one, begun(company) as other:
            for workspace in (company.customers, company.office):
                await workspace.connected(4, PATIENCE)
            yield company, one, other
        company.assert_clean()


def customers(company: Company, number: int) -> list[Person]:
    """So many more people in the community."""
    people = [company.customers.add_user(f"Customer{each}") for each in range(number)]
    for channel in (company.general, company.ideas):
        channel.room.members += [person.id for person in people]
    return people


async def rows(url: str, query: str) -> list[Any]:
    """What a query finds in the database."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        found = list((await connection.execute(text(query))).all())
    await engine.dispose()
    return found


async def suggest(company: Company, person: Person, title: str) -> None:
    await person.command(company.general, f"/suggest {title}")
    await company.customers.until(lambda: person.screen.view, PATIENCE)
    assert person.screen.view
    await person.submit(person.screen.view)


async def vote(company: Company, person: Person, card: Message) -> None:
    """Pressed in one process and, perhaps, again in the other."""
    await asyncio.gather(person.press(card, "Vote"), person.react(card, "+1"))
    await person.press(card, "Vote")


def by_bot(channel: Channel) -> list[Message]:
    """All that the bot wrote in a channel, threads too."""
    return [one for one in channel.room.messages.values() if one.app_id]


def titled(channel: Channel) -> Counter[str]:
    """The ideas that a channel shows, and how often."""
    beginnings = [one.text.partition("\n")[0] for one in by_bot(channel)]
    return Counter(title for said in beginnings for title in TITLES if f"· {title}" in said)


async def until(company: Company, look: Callable[[], object]) -> None:
    await company.customers.until(look, EVERYTHING)


async def test_two_processes_do_everything_once_and_one_goes_on(tmp_path: Path, url: str) -> None:
    async with two_bots(tmp_path, url) as (company, one, other):
        people, once = customers(company, 8), Counter(TITLES)
        suggested = zip(people, TITLES, strict=False)
        await asyncio.gather(*(suggest(company, *each) for each in suggested))
        await until(company, lambda: titled(company.ideas) == once)
        cards = [company.card(company.ideas, title) for title in TITLES]
        voted = (vote(company, person, card) for person in people for card in cards)
        await asyncio.gather(*voted, *(company.mo.react(card, "rocket") for card in cards))
        await until(company, lambda: all("8 votes" in str(card.blocks) for card in cards))
        await until(company, lambda: titled(company.inbox) == once)
        await until(company, lambda: [one for one in by_bot(company.inbox) if one.thread_ts])
        assert await asyncio.to_thread(other.stop) == 0
        await suggest(company, company.ana, LATER)
        await until(company, lambda: LATER in by_bot(company.ideas)[-1].text)
        assert await asyncio.to_thread(one.stop) == 0
        assert "Traceback" not in one.log + other.log
        said = [*by_bot(company.ideas), *by_bot(company.inbox)]
        posted = "SELECT count(*) FROM queue WHERE kind = 'post' AND verdict = 'sent'"
        # A chart comes without a row of its own.
        assert await rows(url, posted) == [(sum(not one.files for one in said),)]
    votes = "SELECT votes FROM ideas ORDER BY number"
    assert await rows(url, votes) == [(8,)] * len(TITLES) + [(0,)]
    sources = "SELECT source, count(*) FROM votes WHERE active GROUP BY source ORDER BY source"
    assert await rows(url, sources) == [("button", 32), ("reaction", 32)]
    twice = "SELECT subject_kind FROM queue GROUP BY kind, subject_kind, subject_id, channel"
    assert await rows(url, f"{twice} HAVING kind = 'post' AND count(*) > 1") == []
    assert await rows(url, "SELECT error FROM queue WHERE verdict = 'dead'") == []
