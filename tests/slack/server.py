"""A small Slack of ours on loopback, strict where Slack is strict.

It behaves as the documentation and the libraries' sources say, and was never compared with the
real one. Start it, add workspaces, point `AsyncWebClient(base_url=server.api_url)` at it.

    async with running_slack() as server:
        workspace = server.add_workspace("Customers")
        ana = workspace.add_user("Ana")
        general = workspace.add_channel("general", [ana])
        ...                                  # connect the app with workspace.bot_token, .app_token
        seen = await ana.command(general, "/suggest dark mode")
        workspace.assert_clean()

Modules, by what they know: `model`, `screen` what there is · `sockets`, `deliveries` Socket Mode ·
`gate`, `methods` the Web API · `replies` response URLs · `talk`, `channels`, `modals`, `forms` what
happens · `events`, `payloads` how it is told · `person`, `workspace` to act and look.
"""

import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from aiohttp import web

from tests.clock import Clock
from tests.slack import replies
from tests.slack.elements import Json
from tests.slack.failures import Failure, Failures, Planned
from tests.slack.gate import Gate
from tests.slack.manifests import BOT_SCOPES, declared
from tests.slack.model import App, User
from tests.slack.rules import Rules
from tests.slack.team import Hub, Team
from tests.slack.workspace import Workspace


class SlackServer:
    """Every workspace of this Slack; `rules` may be changed at any time."""

    def __init__(self) -> None:
        self.hub = Hub()
        self._failures = Failures()
        self._gate = Gate(self.hub, self._failures)
        app = web.Application(client_max_size=4 * 1024 * 1024)
        app.add_routes(
            [
                web.post("/api/{method}", self._gate.serve),
                web.get("/api/{method}", self._gate.serve),
                web.get("/link/", self._link),
                web.post("/response/{name}", self._reply),
                web.post("/upload/{file}", self._upload),
            ]
        )
        self._runner = web.AppRunner(
            app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None
        )

    @property
    def rules(self) -> Rules:
        """How patient it is, and how badly it delivers."""
        return self.hub.rules

    @property
    def clock(self) -> Clock:
        """Its time; `advance` it instead of waiting."""
        return self.hub.clock

    @property
    def api_url(self) -> str:
        """The `base_url` of its Web API."""
        return f"{self.hub.url}/api/"

    def add_workspace(
        self,
        name: str,
        *,
        scopes: Iterable[str] = BOT_SCOPES,
        manifest: Json | None = None,
        paid: bool = True,
        enterprise: str | None = None,
    ) -> Workspace:
        """A company's Slack with the app installed; by its `manifest` when there is one, else with
        these scopes, all events, commands and shortcuts."""
        ids, team_id = self.hub.ids, self.hub.ids.new("T")
        bot = User(ids.new("U"), "soundingboard", "soundingboard", team_id, bot_id=ids.new("B"))
        app = App(
            id=ids.new("A"),
            name="Sounding Board",
            bot=bot,
            bot_token=f"xoxb-{secrets.token_hex(8)}",
            app_token=f"xapp-{secrets.token_hex(8)}",
            scopes=frozenset(scopes),
        )
        if manifest is not None:
            declared(app, manifest)
        team = Team(self.hub, team_id, name, app, paid=paid)
        team.enterprise = enterprise
        self.hub.teams[team_id] = team
        return Workspace(team)

    def fail_next(
        self,
        method: str,
        failure: Failure | str,
        *,
        times: int = 1,
        retry_after: int = 1,
        workspace: Workspace | None = None,
    ) -> None:
        """Make the next calls of a method (or of `response_url`) fail: on the wire, or with one of
        Slack's errors; those of one workspace, or of any."""
        team = workspace.id if workspace else ""
        self._failures.add(Planned(method, failure, retry_after, team), times)

    async def start(self) -> None:
        """Serve on a port of the system's choice."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.hub.url = f"http://127.0.0.1:{site.port}"

    async def stop(self) -> None:
        """End everything."""
        for team in self.hub.teams.values():
            await team.deliveries.aclose()
            await team.sockets.aclose()
        await self._runner.cleanup()

    async def _link(self, request: web.Request) -> web.StreamResponse:
        app_id = request.query.get("app_id")
        for team in self.hub.teams.values():
            if team.app.id == app_id:
                return await team.sockets.serve(request, team.deliveries.heard)
        raise web.HTTPForbidden

    async def _reply(self, request: web.Request) -> web.Response:
        return await replies.serve(self.hub, self._failures, request)

    async def _upload(self, request: web.Request) -> web.Response:
        """The bytes of a file, raw or as a form."""
        file = self.hub.uploads.get(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        content = await request.read()
        if len(content) != file["size"]:
            raise web.HTTPBadRequest(text="the length is not the one announced")
        file["content"] = content
        return web.Response(text=f"OK - {len(content)}")


@asynccontextmanager
async def running_slack() -> AsyncIterator[SlackServer]:
    """A server for as long as this lasts."""
    server = SlackServer()
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
