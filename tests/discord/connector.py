"""How a `discord.Client` reaches our Discord: the same client, another wire.

discord.py 2.7.1 builds every address from `discord.http.Route.BASE` (`https://discord.com/api/v10`)
and `DiscordWebSocket.DEFAULT_GATEWAY` (`wss://gateway.discord.gg/`): class attributes, the same for
every client of the process. `Client` never asks `/gateway/bot` (only `AutoShardedClient` does), and
goes back to `DEFAULT_GATEWAY` after an invalid session. Answers to interactions and follow-ups do
not pass through `client.http.request` but share its aiohttp session.

So the one place that all traffic of one client passes is that session's connector, which is the
constructor's to give:

    client = discord.Client(intents=..., connector=server.connector(), guild_ready_timeout=0)
    await client.start(server.token)

`connect` is what aiohttp calls for each request, websockets included, and the host is decided
there; nothing is patched, and two clients in one process may be at two places. It is made inside a
running loop and closed by the client. `guild_ready_timeout` is how long the client waits for one
more guild before it says that it is ready: two seconds unless it is given.

What is at another `api_url` in production (a proxy that keeps rate limits, say) can be reached in
the same way; a proxy leaves the gateway alone, which the `url` of `/gateway/bot` tells.
"""

from typing import TYPE_CHECKING

from aiohttp import TCPConnector
from yarl import URL

if TYPE_CHECKING:
    from aiohttp import ClientRequest, ClientTimeout
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

REST, GATEWAY = "discord.com", "gateway.discord.gg"


class LoopbackConnector(TCPConnector):
    """Takes what is meant for Discord to `base` instead."""

    def __init__(self, base: str) -> None:
        super().__init__(limit=0)
        self._base = URL(base)

    async def connect(
        self,
        req: "ClientRequest",
        traces: "list[Trace]",
        timeout: "ClientTimeout",  # noqa: ASYNC109 - aiohttp's signature
    ) -> "Connection":
        """A connection for one request."""
        req.url = self._there(req.url)
        return await super().connect(req, traces, timeout)

    def _there(self, url: URL) -> URL:
        if url.host == REST:
            return url.with_scheme("http").with_host("127.0.0.1").with_port(self._base.port)
        if url.host == GATEWAY:
            return self._base.with_path("/gateway").with_query(url.query)
        return url
