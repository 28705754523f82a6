"""A small Discord of ours on loopback, strict where Discord is strict.

It behaves as the documentation and discord.py's source say, and was never compared with the real
one. Start it, add communities, give its connector to a client (see `connector`):

    async with running_discord() as server:
        community = server.add_community("Fans")
        ana = community.add_user("Ana")
        general = community.add_channel("general")
        client = discord.Client(intents=..., connector=server.connector(), guild_ready_timeout=0)
        ...                                  # client.start(server.token)
        seen = await ana.slash(general, "suggest")
        server.assert_clean()

Modules, by what they know: `model`, `screen`, `permissions` what there is · `sockets`, `sessions`,
`gateway` the gateway · `gate`, `limits`, `routes` REST · `interactions` their tokens · `validator`
what is refused · `talk`, `moderation`, `mentions`, `forms` what happens · `events`, `written`,
`payloads`, `interaction_payloads` how it is told · `person`, `community`, `server` to act and look.

Not here, because nothing of ours needs it: voice, sharding, stickers, polls, bans, invites, message
forwarding, webhooks other than an interaction's, members requested over the gateway (op 8).
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from aiohttp import web

from tests.clock import Clock
from tests.discord.community import BOT, Community
from tests.discord.connector import LoopbackConnector
from tests.discord.failures import Failure, Failures, Refusal
from tests.discord.gate import API, Gate
from tests.discord.gateway import PRIVILEGED, Gateway
from tests.discord.model import App, Channel, Message, User
from tests.discord.permissions import Permission
from tests.discord.person import Person
from tests.discord.rules import Rules
from tests.discord.world import ApiCall, World

Json = dict[str, Any]
Found = TypeVar("Found")
PATIENCE = 5.0
"""Seconds until a test that waits for something fails."""


class DiscordServer:
    """One app, and every guild; `rules` may be changed at any time."""

    def __init__(self, *, portal: int = 0) -> None:
        assert not portal & ~PRIVILEGED, "only privileged intents are switched on in the portal"
        self.world = World()
        self.world.app.portal = portal
        self._failures = Failures()
        self._gate = Gate(self.world, self._failures)
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.add_routes(
            [
                *self._gate.routes(),
                web.get("/gateway", self.world.gateway.serve),
                web.get("/attachments/{channel}/{file}/{name}", self._file),
            ]
        )
        self._runner = web.AppRunner(
            app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None
        )

    # ── where it is, and what it is like ──
    def connector(self) -> LoopbackConnector:
        """For `discord.Client(connector=...)`; each client needs its own."""
        return LoopbackConnector(self.world.url)

    @property
    def url(self) -> str:
        """Its address, without a path."""
        return self.world.url

    @property
    def api_url(self) -> str:
        """What takes the place of `https://discord.com/api/v10`."""
        return f"{self.world.url}{API}"

    @property
    def token(self) -> str:
        """The bot's, without `Bot `."""
        return self.world.app.token

    @property
    def app(self) -> App:
        """The app: its `portal` of privileged intents, its `commands`."""
        return self.world.app

    @property
    def bot(self) -> User:
        """The app's bot."""
        return self.world.bot

    @property
    def rules(self) -> Rules:
        """How patient it is, and what it limits."""
        return self.world.rules

    @property
    def clock(self) -> Clock:
        """Its time; `advance` it instead of waiting."""
        return self.world.clock

    @property
    def gateway(self) -> Gateway:
        """The bot's sessions and sockets: kill, close, reconnect, invalidate, forget, deafen."""
        return self.world.gateway

    # ── who and what there is ──
    def add_community(
        self, name: str, *, bot: bool = True, bot_permissions: Permission = BOT
    ) -> Community:
        """A guild; `bot_permissions` are what its invitation asked for."""
        return Community(self.world, name, bot=bot, bot_permissions=bot_permissions)

    def add_user(self, name: str, *, bot: bool = False) -> Person:
        """Somebody who is in no guild yet."""
        return Person(self.world, self.world.user(name, bot=bot))

    def fail_next(
        self,
        route: str,
        failure: Failure | Refusal,
        *,
        times: int = 1,
        retry_after: float = 0.05,
    ) -> None:
        """Make the next calls of a route fail: on the wire, or with one of Discord's errors."""
        self._failures.retry_after = retry_after
        self._failures.add(route, failure, times)

    def reset_token(self) -> None:
        """Somebody made a new token in the portal: the old one is worth nothing."""
        self.world.app.token = f"{self.world.app.token[::-1]}"
        self.gateway.forget()
        self.gateway.close(4004)

    # ── looking ──
    @property
    def calls(self) -> list[ApiCall]:
        """Every call of the app, in order; never a token."""
        return self.world.calls

    def called(self, route: str) -> list[ApiCall]:
        """The calls of one route, as `routes.table` names it."""
        return [call for call in self.calls if call.route == route]

    @property
    def invalid_requests(self) -> int:
        """Answers 401, 403 and 429 of the last ten minutes."""
        return self._gate.limits.invalid_requests

    @property
    def problems(self) -> list[str]:
        """What the app did that Discord would refuse, or that is unwise."""
        return self.world.problems

    def assert_clean(self) -> None:
        """There were no problems."""
        assert not self.problems, self.problems

    def messages(self, channel: Channel) -> list[Message]:
        """What stands in a channel, a thread or a post, oldest first."""
        return list(channel.messages.values())

    def directs(self, person: Person) -> list[Message]:
        """What stands in somebody's conversation with the bot."""
        channel = self.world.direct(person.user)
        return list(channel.messages.values()) if channel else []

    async def until(self, look: Callable[[], Found], seconds: float = PATIENCE) -> Found:
        """What `look` finds, once it finds something; looked at again after every change."""
        return await self.world.changes.until(look, seconds)

    async def settled(self, seconds: float = PATIENCE) -> None:
        """Whoever is connected has read all they were told, no call is on its way, and nobody waits
        for an answer. What the app does in its own time after that, only `until` can tell."""
        await self.gateway.read(seconds)
        await self.until(lambda: not self._gate.busy and not self._waiting(), seconds)

    async def connected(self, sessions: int = 1, seconds: float = PATIENCE) -> None:
        """So many sessions are open, and have read what they were told."""
        await self.until(lambda: len(self.gateway.open) >= sessions, seconds)
        await self.gateway.read(seconds)

    def _waiting(self) -> Sequence[object]:
        return self.world.interactions.unanswered

    # ── its own life ──
    async def start(self) -> None:
        """Serve on a port of the system's choice."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.world.url = f"http://127.0.0.1:{site.port}"
        self.gateway.url = f"ws://127.0.0.1:{site.port}/gateway"

    async def stop(self) -> None:
        """End everything."""
        self.gateway.kill()
        await self._runner.cleanup()

    async def _file(self, request: web.Request) -> web.Response:
        """What was uploaded."""
        content = self.world.files.get(request.match_info["file"])
        if content is None:
            raise web.HTTPNotFound
        return web.Response(body=content)


@asynccontextmanager
async def running_discord(*, portal: int = 0) -> AsyncIterator[DiscordServer]:
    """A server for as long as this lasts; `portal`: the privileged intents switched on."""
    server = DiscordServer(portal=portal)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
