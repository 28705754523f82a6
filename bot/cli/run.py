"""`soundingboard run`: the bot, until it is told to stop."""

import argparse
import asyncio
import errno
import signal
from contextlib import AsyncExitStack
from pathlib import Path

from bot.cli.parts import SystemClock, build, opened
from bot.config import Config
from bot.dispatch import menu_of
from bot.errors import ConfigError
from bot.ports import Adapter
from handlers.routes import ROUTES


async def run(config: Config, folder: Path, options: argparse.Namespace) -> int:
    """Start every connection; SIGTERM and Ctrl-C stop in order."""
    if options.port is not None:
        web = config.web.model_copy(update={"port": options.port})
        config = config.model_copy(update={"web": web})
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(opened(config))
        adapters = await _adapters(config, folder, stack)
        bot = build(config, database, adapters, SystemClock())
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, bot.app.stop)
        await bot.run()
    return 0


async def _adapters(config: Config, folder: Path, stack: AsyncExitStack) -> dict[str, Adapter]:
    adapters: dict[str, Adapter] = {}
    for name, connection in config.connections.items():
        if connection.platform != "playground":
            raise ConfigError(
                (f"connections.{name}: there is no {connection.platform} adapter yet.",)
            )
        adapters[name] = await _playground(config, name, folder, stack)
    return adapters


async def _playground(config: Config, name: str, folder: Path, stack: AsyncExitStack) -> Adapter:
    from adapters.playground.adapter import open_playground
    from adapters.web import WebServer

    menu, settings = menu_of(ROUTES), config.connections[name]
    inboxes = config.product.inboxes
    adapter = await open_playground(name, settings, folder, menu, SystemClock(), inboxes)
    stack.push_async_callback(adapter.aclose)
    server = WebServer(config.web.port, adapter.routes())
    try:
        await server.start()
    except (OSError, OverflowError) as error:
        raise ConfigError((_unusable(config.web.port, error),)) from error
    stack.push_async_callback(server.stop)
    print(f"Your playground: {server.url}{adapter.entrance}", flush=True)
    return adapter


def _unusable(port: int, error: Exception) -> str:
    taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
    why = "is in use, perhaps by another playground" if taken else "cannot be used"
    return f"port {port} {why}. Choose another with `soundingboard run --port 8788`."
