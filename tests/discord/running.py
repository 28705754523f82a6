"""The real discord.py, connected to our Discord for as long as a test lasts."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from typing import Any

import discord
import pytest
from discord import app_commands

from tests.discord.model import Channel
from tests.discord.server import DiscordServer

INTENTS = discord.Intents(guilds=True, messages=True, reactions=True)
"""The least that our bot needs."""


class Bot(discord.Client):
    """A client with a command tree, that pings nobody unless it says so, and does not wait 5 s
    before it identifies again."""

    def __init__(
        self,
        server: DiscordServer,
        *,
        intents: discord.Intents = INTENTS,
        **options: Any,  # noqa: ANN401 - discord.py's
    ) -> None:
        options = {"allowed_mentions": discord.AllowedMentions.none()} | options
        connector = server.connector()
        super().__init__(intents=intents, connector=connector, guild_ready_timeout=0, **options)
        self.tree = app_commands.CommandTree(self)
        self.happened: list[str] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once."""

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - discord.py's
        """Note what happened, in order."""
        self.happened.append(event)
        super().dispatch(event, *args, **kwargs)


@asynccontextmanager
async def connected(server: DiscordServer, bot: discord.Client) -> AsyncIterator[None]:
    """The client, ready; what ends it before is raised."""
    running = asyncio.create_task(bot.start(server.token))
    ready = asyncio.create_task(_ready(server, bot))
    try:
        await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            await running
        await ready
        yield
    finally:
        ready.cancel()
        await bot.close()
        with suppress(Exception):
            await running


async def _ready(server: DiscordServer, bot: discord.Client) -> None:
    await server.connected()
    await bot.wait_until_ready()


def there(bot: Bot, channel: Channel) -> discord.PartialMessageable:
    """Where to send, with no cache and no asking."""
    return bot.get_partial_messageable(int(channel.id))


async def refused(awaited: Awaitable[object]) -> tuple[int, int]:
    """The status and code of a refusal."""
    with pytest.raises(discord.HTTPException) as caught:
        await awaited
    return caught.value.status, caught.value.code
