"""`soundingboard run`: the bot, until it is told to stop."""

import argparse
import asyncio
import errno
import signal
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.cli.archive import DigestArchive
from bot.cli.parts import SystemClock, build, opened
from bot.config import Config
from bot.dispatch import menu_of
from bot.errors import ConfigError
from bot.ports import Adapter, Assistant
from handlers.routes import ROUTES

if TYPE_CHECKING:
    from adapters.playground.adapter import PlaygroundAdapter
    from adapters.web import WebServer

log = structlog.get_logger()


async def run(config: Config, folder: Path, options: argparse.Namespace) -> int:
    """Start every connection; SIGTERM and Ctrl-C stop in order."""
    from adapters.health import health
    from adapters.metrics import PrometheusMeter
    from adapters.web import WebServer

    port = config.web.port if options.port is None else options.port
    clock, meter = SystemClock(), PrometheusMeter()
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(opened(config))

        async def numbers() -> bytes:
            return meter.page(await database.queue.backlog(), clock.now())

        adapters, playground = await _adapters(config, folder, stack)
        assistant = await _assistant(config, stack)
        bot = build(config, database, adapters, clock, meter, assistant)
        pages = playground.routes(DigestArchive(config, database)) if playground else []
        server = WebServer(port, [*health(bot.app.unready, numbers), *pages])
        await _serve(server, port, stack)
        if playground:
            print(f"Your playground: {server.url}{playground.entrance}", flush=True)
        else:
            log.info("serving", url=server.url)
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, bot.app.stop)
        await bot.run()
    return 0


async def _adapters(
    config: Config, folder: Path, stack: AsyncExitStack
) -> "tuple[dict[str, Adapter], PlaygroundAdapter | None]":
    """Every connection's, and the one among them that brings pages."""
    adapters: dict[str, Adapter] = {}
    playground = None
    for name, connection in config.connections.items():
        match connection.platform:
            case "playground":
                adapters[name] = playground = await _playground(config, name, folder, stack)
            case "slack":
                adapters[name] = await _slack(config, name, stack)
            case "discord":
                adapters[name] = _discord(config, name)
    return adapters, playground


async def _playground(
    config: Config, name: str, folder: Path, stack: AsyncExitStack
) -> "PlaygroundAdapter":
    from adapters.playground.adapter import open_playground

    menu, settings = menu_of(ROUTES), config.connections[name]
    inboxes = config.product.inboxes
    adapter = await open_playground(name, settings, folder, menu, SystemClock(), inboxes)
    stack.push_async_callback(adapter.aclose)
    return adapter


async def _assistant(config: Config, stack: AsyncExitStack) -> Assistant | None:
    """The model, where one is configured: nothing of it is imported otherwise."""
    if config.assistant is None:
        return None
    from adapters.openai.assistant import OpenAIAssistant

    assistant = OpenAIAssistant(config.assistant)
    stack.push_async_callback(assistant.aclose)
    return assistant


async def _slack(config: Config, name: str, stack: AsyncExitStack) -> Adapter:
    from adapters.slack.adapter import SlackAdapter
    from adapters.slack.client import open_session

    session = await stack.enter_async_context(open_session())
    return SlackAdapter(name, config, session, SystemClock())


def _discord(config: Config, name: str) -> Adapter:
    from adapters.discord.adapter import DiscordAdapter

    return DiscordAdapter(name, config, ROUTES, SystemClock())


async def _serve(server: "WebServer", port: int, stack: AsyncExitStack) -> None:
    try:
        await server.start()
    except (OSError, OverflowError) as error:
        raise ConfigError((_unusable(port, error),)) from error
    stack.push_async_callback(server.stop)


def _unusable(port: int, error: Exception) -> str:
    taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
    why = "is in use, perhaps by another Sounding Board" if taken else "cannot be used"
    mend = "Choose another: `make run PORT=8788`, or `soundingboard run --port 8788`."
    return f"port {port} {why}. {mend}"
