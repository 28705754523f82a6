"""`soundingboard check`: whether all that the bot needs is there. It changes nothing."""

import argparse
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from bot.cli import table
from bot.cli.parts import opened
from bot.config import Config
from bot.errors import StorageError
from bot.findings import Finding, Verdict
from storage.database import missing_migrations


async def check(config: Config, _folder: Path, _options: argparse.Namespace) -> int:
    """Print a line for each part; exit code 0, 1 (have a look) or 2 (mend it first)."""
    found = [*_configuration(config)]
    found += [finding async for finding in _connections(config)]
    found += [finding async for finding in _assistant(config)]
    found += [finding async for finding in _storage(config)]
    rows = [(finding.verdict.name.lower(), finding.part, finding.text) for finding in found]
    table.show([("", "part", ""), *rows])
    return max(finding.verdict for finding in found)


def _configuration(config: Config) -> Iterator[Finding]:
    """It was read, or we would not be here: what is left are gaps."""
    if not config.product.inboxes:
        text = "set product.inbox: without one, no idea reaches the product team"
        yield Finding("configuration", Verdict.LOOK, text)
    else:
        yield Finding("configuration", Verdict.RIGHT, "read, with no problems")


async def _connections(config: Config) -> AsyncIterator[Finding]:
    for name, connection in config.connections.items():
        part = f"connection {name}"
        if connection.platform == "playground":
            yield Finding(part, Verdict.RIGHT, "embedded, needs nothing from outside")
        else:
            look = _slack if connection.platform == "slack" else _discord
            for finding in await look(config, name):
                yield finding


async def _slack(config: Config, name: str) -> tuple[Finding, ...]:
    from adapters.slack.client import open_session, open_web
    from adapters.slack.examine import examine

    settings = config.connections[name]
    app_token = settings.app_token.get_secret_value() if settings.app_token else ""
    async with open_session() as session:
        return (await examine(open_web(settings, session), app_token, config, name)).findings


async def _discord(config: Config, name: str) -> tuple[Finding, ...]:
    from adapters.discord.client import build_client
    from adapters.discord.examine import examine
    from adapters.discord.needs import intents_of, needs

    async with build_client(config.connections[name], intents_of(needs(config, name))) as client:
        return (await examine(client, config, name)).findings


async def _assistant(config: Config) -> AsyncIterator[Finding]:
    if config.assistant is not None:
        from adapters.openai.examine import examine

        yield await examine(config.assistant)


async def _storage(config: Config) -> AsyncIterator[Finding]:
    try:
        missing = await missing_migrations(config.storage.url.get_secret_value())
    except StorageError as error:
        yield Finding("storage", Verdict.MEND, str(error))
        return
    if missing:
        text = f"opens; the next start brings it up to date (migrations: {missing})"
        yield Finding("storage", Verdict.RIGHT, text)
        return
    yield Finding("storage", Verdict.RIGHT, "opens, up to date")
    async with opened(config) as database:
        dead = sum(part.rows for part in await database.queue.backlog() if part.dead)
    if dead:
        text = f"see `soundingboard queue --dead`: {dead} given up"
        yield Finding("queue", Verdict.LOOK, text)
    else:
        yield Finding("queue", Verdict.RIGHT, "nothing was given up")
