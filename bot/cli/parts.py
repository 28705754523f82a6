"""Builds the parts from the configuration and puts them together."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from bot.app import App
from bot.assistance import Assistance
from bot.config import Config
from bot.dispatch import Dispatch, Wording, menu_of
from bot.jobs import Jobs
from bot.meter import NO_METER, Meter
from bot.outbox import Outbox
from bot.ports import Adapter, Assistant, Clock, Database
from bot.reader import Reader
from bot.scheduler import Scheduler
from bot.threads import Threads
from bot.workers import Bell
from bot.writer import Writer
from handlers.routes import ROUTES
from handlers.views.compose import compose
from handlers.views.mistakes import FAILED, apologise
from storage.database import SqlDatabase, open_database


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC)


@asynccontextmanager
async def opened(config: Config) -> AsyncIterator[SqlDatabase]:
    """The database, brought up to date, and closed in the end."""
    database = await open_database(config.storage.url.get_secret_value())
    try:
        yield database
    finally:
        await database.close()


@dataclass(frozen=True, slots=True)
class Bot:
    """The core, put together around its adapters."""

    app: App
    dispatch: Dispatch
    outbox: Outbox
    jobs: Jobs
    threads: Threads
    scheduler: Scheduler

    async def run(self) -> None:
        """Until `app.stop()`."""
        watches = self.threads.run, self.scheduler.run
        await self.app.run(self.dispatch, self.outbox, self.jobs, watches)


def build(
    config: Config,
    database: Database,
    adapters: Mapping[str, Adapter],
    clock: Clock,
    meter: Meter = NO_METER,
    assistant: Assistant | None = None,
) -> Bot:
    """Put the core together."""
    bell = Bell()
    wording = Wording(apologise, FAILED)
    threads = Threads(config, database, clock, bell.ring)
    dispatch = Dispatch(ROUTES, database, config, clock, wording, bell.ring, meter, threads.hear)
    outbox = Outbox(adapters, database, partial(compose, config, menu_of(ROUTES)), clock, meter)
    writer = None
    if assistant is not None:
        assistance = Assistance(assistant, config, database, clock, meter)
        writer = Writer(assistance, config, database)
    reader = Reader(adapters, config, database, writer)
    jobs = Jobs(reader, database, dispatch, clock, meter)
    scheduler = Scheduler(database, config, clock, bell)
    app = App(adapters, database, clock, bell)
    return Bot(app, dispatch, outbox, jobs, threads, scheduler)
