"""A board on which much has happened, and short ways to move it."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from bot.ideas import IdeaStatus
from bot.refs import AccountRef
from bot.transfer.boards.board import Source
from bot.transfer.boards.boards import BOARDS
from bot.transfer.problems import Problem
from bot.transfer.records import Format, header, records, to_line
from storage import schema
from storage.database import SqlDatabase
from storage.transfer.boards import bring_board
from storage.transfer.counts import Counts
from storage.transfer.inward import bring
from storage.transfer.outward import exported
from tests.community import START, Community

SAMPLES = Path(__file__).parents[1] / "payloads" / "import"


async def live(community: Community) -> None:
    """Suggested, voted, followed, captured, escalated, asked, decided, undone, merged, muted,
    linked, blocked and erased."""
    dark = await community.suggest("ana", "Dark mode", body='=SUM("glare")\nat night 🌙')
    night = await community.suggest("ben", "Night mode, please", area="Editor")
    export = await community.suggest("chloé", "-1 click to export", body="'@home, \u05d0")
    said = community.write("dmitri", "It would be good to sort the list by date, don't you think?")
    await community.react("mo", "💡", said.ref)
    await community.settle()
    for who in ("ben", "chloé", "dmitri"):
        await community.press(who, f"vote:{dark}")
    await community.press("ben", f"unvote:{dark}")
    await community.react("dmitri", "👍", community.card_of(night), channel="ideas")
    await community.press("dmitri", f"follow:{export}")
    await community.react("mo", "🚀", community.card_of(dark), channel="ideas")
    await community.settle()
    await community.submit("pia", f"ask:{dark}", {"reason": "+ on which screen?"})
    await community.submit("ana", "reply:1", {"reason": '"Both", mostly'})
    await community.submit("pia", f"answer:{dark}", {"reason": "-- we will see"})
    await community.press("pia", f"decide:{dark}:planned:new")
    await community.later(61)
    await community.submit("pia", f"decline:{export}:new", {"reason": "=too late"})
    await community.press("pia", "undo:3")
    await community.submit("mo", f"merge:{night}:", {"into": str(dark)})
    await community.command("ben", "/sounding mute")
    await community.command("ben", "/sounding no-model")
    await community.press("mo", f"block:{export}")
    await community.suggest("zoë", "Gone soon")
    await community.press("zoë", f"vote:{dark}")
    await community.command("zoë", "/sounding forget-me")
    await community.press("zoë", "forget")
    await community.settle()
    async with community.database.transaction() as store:
        accounts = [AccountRef("playground", who) for who in ("ana", "dmitri")]
        one, other = [await store.find_account(ref) for ref in accounts]
        assert one
        assert other
        for number in await store.link(other.member, one.member):
            await store.retally(number)


async def text_of(database: SqlDatabase, form: Format = "json") -> bytes:
    """The whole export."""
    lines = [to_line(form, kind, values) async for kind, values in exported(database)]
    return "".join([header(form), *lines]).encode()


@dataclass
class Heard:
    """What an import said on its way, and the most rows of any commit."""

    problems: list[Problem] = field(default_factory=list)
    most: int = 0
    _rows: int = 0

    def __call__(self, counts: Counts, problems: list[Problem]) -> None:
        self.problems += problems
        self.most = max(self.most, counts.rows - self._rows)
        self._rows = counts.rows

    @property
    def said(self) -> list[str]:
        """Each problem as it is shown."""
        return [f"{problem.line}: {problem.text}" for problem in self.problems]


async def moved(database: SqlDatabase, text: bytes | Iterable[bytes]) -> tuple[Counts, Heard]:
    """Bring in an export."""
    heard = Heard()
    lines = io.BytesIO(text) if isinstance(text, bytes) else text
    counts = await bring(database, records(lines), heard)
    return counts, heard


async def moved_from(
    database: SqlDatabase,
    board: str,
    file: Path,
    *,
    areas: tuple[str, ...] = (),
    statuses: Mapping[str, IdeaStatus] | None = None,
) -> tuple[Counts, Heard]:
    """Bring in another board's file."""
    heard, source = Heard(), Source(board, "community", areas, statuses)
    with file.open("rb") as opened:
        items = BOARDS[board](opened, source)
        counts = await bring_board(database, items, source, START, heard)
    return counts, heard


async def how_many(database: SqlDatabase) -> dict[str, int]:
    """Rows of each table that has any."""
    async with database.reader.connect() as connection:
        counted = {
            table.name: await connection.scalar(select(func.count()).select_from(table)) or 0
            for table in schema.metadata.sorted_tables
        }
    return {name: rows for name, rows in counted.items() if rows}
