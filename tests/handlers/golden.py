"""Boards for the golden digests, straight into the tables, and the files themselves."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from adapters.playground.checks import check_content
from adapters.playground.render import render
from adapters.slack.render import render as render_for_slack
from bot.board.digest import gather, viewer_for
from bot.board.past import Shown, look_up
from bot.config import Config, parse
from bot.ideas import TEXT_LIMIT, TITLE_LIMIT
from bot.messages import Message
from bot.periods import Period, last_period
from bot.reading.clean import clean, one_line
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef
from handlers.views.digest.posts import brief, pages
from handlers.views.plain import plain
from storage import schema
from storage.database import SqlDatabase
from tests.flows.fits import REALM, assert_message_fits, buttons_of

GOLDEN = Path(__file__).parents[1] / "golden" / "digests"
INBOX = ChannelRef("community", "inbox")
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
_CONFIG = """
timezone = "{0}"
[connections.community]
platform = "playground"
[product]
inbox = "community/inbox"
[digest]
to = ["community/inbox"]
"""


def config_in(zone: str) -> Config:
    return parse(_CONFIG.format(zone), {}, Path("/nowhere"))


@dataclass
class Filled:
    """Rows of a board to be: people 1 to `people`, ideas with their votes."""

    database: SqlDatabase
    names: Sequence[str] = ("Ana", "Ben", "Chloé", "Dmitri")
    ideas: list[dict[str, Any]] = field(default_factory=list)
    votes: list[dict[str, Any]] = field(default_factory=list)

    def idea(
        self, title: str, at: datetime, body: str = "", job: str = "", obstacle: str = "",
        **more: object,
    ) -> int:  # fmt: skip
        """An idea as it would be stored: cleaned, and not longer than may be."""
        number = len(self.ideas) + 1
        texts = {"body": body, "job": job, "obstacle": obstacle}
        row = {
            "number": number,
            "title": one_line(title)[:TITLE_LIMIT],
            **{name: clean(text)[:TEXT_LIMIT] for name, text in texts.items()},
            "area": "",
            "status": "new",
            "public_status": "new",
            "author": number % len(self.names) + 1,
            "connection": "community",
            "audience": "everyone",
            "origin_message": MessageRef("community", "general", f"m{number}"),
            "origin_thread": ThreadRef("community", "general", f"m{number}"),
            "permalink": f"https://chat.example/general/m{number}",
            "votes": 0,
            "version": 0,
            "created_at": at,
        }
        self.ideas.append(row | more)
        return number

    def vote(self, number: int, people: int, at: datetime) -> None:
        """The first so many people vote for it."""
        self.ideas[number - 1]["votes"] += people
        self.votes += [
            {
                "idea": number,
                "account": person,
                "source": "button",
                "active": True,
                "changed_at": at,
                "heard_at": at,
            }
            for person in range(1, people + 1)
        ]

    async def store(self) -> None:
        """Into the tables."""
        people = list(enumerate(self.names, 1))
        members = [{"id": n, "joined_at": NOW} for n, _ in people]
        accounts = [
            {
                "id": n,
                "member": n,
                "ref": AccountRef("playground", f"p{n}"),
                "name": name,
                "connection": "community",
                "seen_at": NOW,
            }
            for n, name in people
        ]
        async with self.database.writer.begin() as connection:
            await connection.execute(insert(schema.members), members)
            await connection.execute(insert(schema.accounts), accounts)
            if self.ideas:
                await connection.execute(insert(schema.ideas), self.ideas)
            if self.votes:
                await connection.execute(insert(schema.votes), self.votes)


async def digest_of(
    database: SqlDatabase, config: Config, now: datetime = NOW, period: Period | None = None
) -> Shown:
    """The inbox's digest of the period that is over by now."""
    period = period or last_period(config.digest.schedule, config.zone, now)
    viewer = viewer_for(config, INBOX)
    async with database.reading() as store:
        return await look_up(store, await gather(store, config, viewer, period), viewer)


async def written(shown: Shown, config: Config) -> str:
    """All of a digest as text: what its channel gets, then what one person would."""
    posted = [] if shown.digest.is_silent else await pages(shown, config)
    whispered = brief(shown, config)
    for message in (*posted, whispered):
        assert_whole(message)
    parts = [plain(message) for message in posted] or ["(nothing is posted)\n"]
    return (
        "\n== below it ==\n".join(parts) + "\n== in short, for one person ==\n" + plain(whispered)
    )


def assert_whole(message: Message) -> None:
    """It is within every limit, and the renderer had nothing to leave out."""
    content = render(message)
    check_content(content)
    assert_message_fits(message)
    assert_whole_on_slack(message)
    assert len(content["cards"]) == len(message.cards)
    assert "more buttons" not in str(content["lines"])
    for shown, card in zip(content["cards"], message.cards, strict=True):
        assert len(shown["body"]) == len(card.body)
        assert len(shown["fields"]) == len(card.fields)


def assert_whole_on_slack(message: Message) -> None:
    """Slack, too, gets all of its words and buttons."""
    blocks = render_for_slack(message, REALM)["blocks"]
    rich = [block["elements"][0]["elements"] for block in blocks if block["type"] == "rich_text"]
    words = "".join(piece.get("text", "") for pieces in rich for piece in pieces)
    for line in (*message.lines, *(line for card in message.cards for line in card.body)):
        assert all(part in words for part in line if isinstance(part, str))
    rows = [block["elements"] for block in blocks if block["type"] == "actions"]
    assert sum(map(len, rows)) == len(buttons_of(message))


def compare(name: str, text: str) -> None:
    """With the file of that name; GOLDEN=write writes it."""
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def ago(days: float, before: datetime = NOW) -> datetime:
    return before - timedelta(days=days)
