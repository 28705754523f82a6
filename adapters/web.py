"""The web server: route lists on loopback, with the checks every page owes its visitor.

Any page in the visitor's browser can reach a loopback port, by a cross-site request or by pointing
its own name at 127.0.0.1. Hence the Host check on everything and the Origin check on changes.
"""

import asyncio
from collections.abc import Iterable

from aiohttp import web
from aiohttp.typedefs import Handler

LOOPBACK = "127.0.0.1"
BODY_LIMIT = 256 * 1024
"""Bytes: five form fields of 3,000 characters, each escaped to 12 bytes, with room to spare."""
STOP_SECONDS = 1.0
"""How long open requests may still take once the server stops."""
STOPPING = web.AppKey("STOPPING", asyncio.Event)
"""Set when the server begins to stop: answers that would go on for ever end."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class WebServer:
    """Serves routes on 127.0.0.1; port 0 lets the system choose one."""

    def __init__(self, port: int, routes: Iterable[web.AbstractRouteDef]) -> None:
        app = web.Application(middlewares=[_only_local], client_max_size=BODY_LIMIT)
        app.add_routes(routes)
        app[STOPPING] = asyncio.Event()
        app.on_shutdown.append(_say_stopping)
        app.on_response_prepare.append(_add_headers)
        self._runner = web.AppRunner(app, shutdown_timeout=STOP_SECONDS, access_log=None)
        self._port = port

    @property
    def url(self) -> str:
        """The origin people open, with the port really bound; known once started."""
        return f"http://{LOOPBACK}:{self._port}"

    async def start(self) -> None:
        """Bind and serve; OSError when the port is taken."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, self._port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        self._port = site.port

    async def stop(self) -> None:
        """Take no more requests and end those in hand."""
        await self._runner.cleanup()


@web.middleware
async def _only_local(request: web.Request, handler: Handler) -> web.StreamResponse:
    if request.host not in _hosts(request):
        raise web.HTTPForbidden(text="Open the address that the program printed.\n")
    if request.method not in {"GET", "HEAD"} and not _same_origin(request):
        raise web.HTTPForbidden(text="This request came from another page.\n")
    return await handler(request)


def _hosts(request: web.Request) -> set[str]:
    """What `Host` may say: the names of the address this request came in on."""
    _, port = request.get_extra_info("sockname") or (LOOPBACK, 0)
    return {f"{LOOPBACK}:{port}", f"localhost:{port}"}


def _same_origin(request: web.Request) -> bool:
    return request.headers.get("Origin") == f"http://{request.host}"


async def _say_stopping(app: web.Application) -> None:
    app[STOPPING].set()


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
