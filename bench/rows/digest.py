"""The digest of a year's board: beside SQL by hand, and what a read feels of it."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import aiosqlite

from bench.filling import NAME, duplicate
from bench.lab import Lab
from bench.table import Row, ratio
from bench.timing import in_turn, took
from bench.year import END, VOTES_EACH, live_through
from bot.board.digest import gather
from bot.cli.parts import SystemClock, build
from bot.config import Config, playground_config
from bot.dispatch import Dispatch
from bot.events import CommandUsed
from bot.people import Role, Viewer
from bot.periods import WEEK, Period
from storage.database import SqlDatabase, open_database

_ROUNDS = 10
_WEEK = Period(END - WEEK, END)
_TEAM = Viewer(NAME, None, frozenset({Role.PRODUCT}), shows_all=True)
_BY_HAND = Path(__file__).with_suffix(".sql")
_READS = 5
"""Before each digest, as a baseline in the same minute."""


async def _year(lab: Lab) -> tuple[SqlDatabase, Config]:
    """A copy of the many ideas with a year's life in it; made once a run."""
    folder = lab.folder / "year"
    config = playground_config(folder)
    if not folder.exists():
        folder.mkdir()
        file = folder / "soundingboard.sqlite"
        duplicate((await lab.shelf(lab.scale.many)).file, file)
        await asyncio.to_thread(live_through, file, lab.scale.many)
    database = await open_database(config.storage.url.get_secret_value())
    lab.closing.push_async_callback(database.close)
    return database, config


async def _digest(database: SqlDatabase, config: Config) -> None:
    async with database.reading() as store:
        await gather(store, config, _TEAM, _WEEK)


async def digesting(lab: Lab) -> Row:
    """A week's sections and numbers, beside the same in SQL by hand."""
    database, config = await _year(lab)
    back = {"end": 0, "start": 7, "before": 14, "since": config.digest.waiting_days, "first": 56}
    values = {name: _text(END - timedelta(days=days)) for name, days in back.items()}
    _about, *statements = _BY_HAND.read_text(encoding="utf-8").split("\n\n")
    async with aiosqlite.connect(lab.folder / "year" / "soundingboard.sqlite") as raw:

        async def by_hand() -> None:
            for statement in statements:
                await raw.execute_fetchall(statement, values)

        rounds = min(_ROUNDS, lab.scale.rounds)
        times = await in_turn(rounds, lambda: _digest(database, config), by_hand)
    votes = lab.scale.many * VOTES_EACH
    note = f"beside the SQL by hand; {lab.scale.many:,} ideas, {votes:,} votes"
    return ratio("a week's digest", *times, 1.5, 3, note)


async def reading_meanwhile(lab: Lab) -> Row:
    """`/ideas 12` while a digest is made, beside the same without."""
    database, config = await _year(lab)
    dispatch = build(config, database, {}, SystemClock()).dispatch
    alone, meanwhile = [], []
    for _ in range(min(_ROUNDS, lab.scale.rounds)):
        alone += [await took(dispatch(_look(lab))) for _ in range(_READS)]
        making = asyncio.create_task(_digest(database, config))
        meanwhile += await _reads_until(making, lab, dispatch)
        await making
    note = f"beside the same without a digest; {len(meanwhile)} reads during {_ROUNDS} digests"
    return ratio("/ideas 12 while a digest is made", meanwhile, alone, 1.5, 3, note)


async def _reads_until(making: "asyncio.Task[None]", lab: Lab, dispatch: Dispatch) -> list[float]:
    """A read each hundredth of a second, at least one, for as long as the digest takes."""
    times = [await took(dispatch(_look(lab)))]
    while not making.done():
        await asyncio.sleep(0.01)
        times.append(await took(dispatch(_look(lab))))
    return times


def _look(lab: Lab) -> CommandUsed:
    return CommandUsed(**lab.envelope(), command="ideas", text="12")


def _text(moment: datetime) -> str:
    """As SQLite keeps a time."""
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
