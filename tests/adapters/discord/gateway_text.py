"""Text of the gateway, through the real discord.py, to what the bot hears of it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from discord.gateway import DiscordWebSocket

from adapters.discord.answers import Answers
from adapters.discord.client import Login, build_client
from adapters.discord.community import Community
from adapters.discord.listener import Listener
from adapters.discord.needs import intents_of, needs
from adapters.discord.news import News
from adapters.discord.parked import Parked
from adapters.discord.people import People
from adapters.discord.shown import Shown
from bot.events import Event
from handlers.routes import ROUTES
from tests.adapters.discord.configured import configured

Json = dict[str, Any]
PAYLOADS = Path(__file__).parents[2] / "payloads" / "discord"
NOW = datetime(2026, 11, 20, 9, 40, tzinfo=UTC)
GUILD, TALK, FORUM, DIRECT = (f"11900000000000000{end}" for end in ("01", "02", "03", "41"))
STEWARDS, MIRA = "1190000000000000007", "1190000000000000011"


class Fixed:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW


def recorded(name: str) -> str:
    """A frame as the gateway sends it."""
    return (PAYLOADS / f"{name}.json").read_text("utf-8")


@dataclass
class Ear:
    """A bot on the server of the payloads: what it heard, and what it answered."""

    parked: Parked
    heard: list[Event] = field(default_factory=list)
    answered: list[Json] = field(default_factory=list)
    _socket: DiscordWebSocket | None = None
    _client: Login | None = None

    async def hear(self, text: str) -> None:
        """What the gateway says; return when every handler is done with it."""
        assert self._socket
        assert self._client
        await self._socket.received_message(text)
        await self._client.finish()

    async def wire(self, client: Login) -> None:
        """As `DiscordWebSocket.from_client` sets one up, without a network."""
        await client.http.static_login("a-token")
        socket = DiscordWebSocket(None, loop=asyncio.get_running_loop())  # type: ignore[arg-type]
        socket._connection = client._connection
        socket._discord_parsers = client._connection.parsers
        socket._dispatch = client.dispatch
        socket.sequence, socket.shard_id, socket.shard_count = 0, None, None
        self._socket, self._client = socket, client
        for name in ("ready", "guild_create"):
            await self.hear(recorded(name))
        await client.wait_until_ready()


@asynccontextmanager
async def listening() -> AsyncIterator[Ear]:
    """A bot that has just been told of its server."""
    ear = Ear(Parked(lambda: 0.0))

    async def sink(event: Event) -> None:
        ear.heard.append(event)

    async with TestServer(_discord(ear)) as server:
        url = server.make_url("/api/v10")
        config = configured(
            f'api_url = "{url}"\nguilds = ["{GUILD}"]\nlisten = ["{TALK}", "{FORUM}"]\n'
            f'moderators = ["{STEWARDS}"]'
        )
        settings, intents = config.connections["fans"], intents_of(needs(config, "fans"))
        async with build_client(settings, intents, ready_seconds=0) as client:
            at = Community("fans", settings, (), client)
            people = People(at)
            News(at, people, ear.parked, config.voting.emoji, sink, Fixed()).attach()
            shown = Shown(at.monotonic)
            Listener(at, people, Answers(client), shown, sink, ROUTES).attach()
            await ear.wire(client)
            yield ear


def _discord(ear: Ear) -> web.Application:
    """What is asked about the people and places of the payloads, and the answers it takes."""
    member = json.loads(recorded("interaction_slash"))["d"]["member"]
    known: dict[str, Json] = {
        "/api/v10/users/@me": json.loads(recorded("ready"))["d"]["user"],
        f"/api/v10/channels/{DIRECT}": {"id": DIRECT, "type": 1, "recipients": []},
        f"/api/v10/guilds/{GUILD}/members/{MIRA}": member,
    }

    async def serve(request: web.Request) -> web.Response:
        if request.path.endswith("/callback"):
            ear.answered.append(await request.json())
            return web.Response(status=204)
        body = json.dumps(known[request.path])
        return web.Response(body=body, headers={"Content-Type": "application/json"})

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", serve)
    return app
