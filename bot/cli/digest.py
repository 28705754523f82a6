"""`soundingboard digest --period last-week`: a digest now, or to read it without preparing any."""

import argparse
import sys
from pathlib import Path

from bot.board.digest import gather, viewer_for
from bot.board.past import look_up
from bot.cli.parts import SystemClock, opened
from bot.config import Config
from bot.errors import ConfigError
from bot.people import Role, Viewer
from bot.periods import Period, named_period
from bot.ports import Clock
from bot.refs import ChannelRef
from bot.scheduler import Prepared, prepare
from handlers.views.digest.posts import pages
from handlers.views.plain import plain
from storage.database import SqlDatabase

_CAME = {
    Prepared.POSTED: "{0}: prepared. The running bot posts it.",
    Prepared.SILENT: "{0}: there is nothing to say about that time, so nothing is posted.",
    Prepared.BEFORE: "{0}: it was prepared before.",
}


async def digest(config: Config, _folder: Path, options: argparse.Namespace) -> int:
    """Prepare it for every destination; exit code 1 for a period that cannot be."""
    clock = SystemClock()
    try:
        period = named_period(options.period, config.digest.schedule, config.zone, clock.now())
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    async with opened(config) as database:
        await (_show if options.dry_run else _prepare)(database, config, period, clock)
    return 0


async def _prepare(database: SqlDatabase, config: Config, period: Period, clock: Clock) -> None:
    if not config.digest.to:
        raise ConfigError(
            ("digest.to: name a channel there to send digests to, or add --dry-run to read one.",)
        )
    for destination in config.digest.to:
        came = await prepare(database, config, destination, period, clock)
        print(_CAME[came].format(destination))


async def _show(database: SqlDatabase, config: Config, period: Period, _clock: Clock) -> None:
    """What each destination would get; without any, what the product team would."""
    team = Viewer("", None, frozenset({Role.PRODUCT}), shows_all=True)
    readers: dict[ChannelRef | None, Viewer] = {
        to: viewer_for(config, to) for to in config.digest.to
    }
    for destination, viewer in (readers or {None: team}).items():
        async with database.reading() as store:
            found = await gather(store, config, viewer, period)
            shown = await look_up(store, found, viewer)
        if destination:
            print(f"── for {destination} ──\n")
        if found.is_silent:
            print("There is nothing to say about that time.")
            continue
        print("\n\n".join([plain(message) for message in await pages(shown, config)]))
