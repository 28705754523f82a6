"""What a supervisor and Prometheus ask: `/healthz`, `/readyz` and `/metrics`."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from adapters.metrics import CONTENT_TYPE


def health(
    unready: Callable[[], Awaitable[list[str]]], numbers: Callable[[], Awaitable[bytes]]
) -> list[web.RouteDef]:
    """The routes. `unready` says what does not work, a line each; `numbers` makes the metrics."""

    async def lives(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(_request: web.Request) -> web.Response:
        missing = await unready()
        lines = missing or ["ready"]
        return web.Response(text="\n".join(lines) + "\n", status=503 if missing else 200)

    async def metrics(_request: web.Request) -> web.Response:
        # aiohttp refuses a content type that names its charset, except as a header.
        return web.Response(body=await numbers(), headers={"Content-Type": CONTENT_TYPE})

    return [web.get("/healthz", lives), web.get("/readyz", ready), web.get("/metrics", metrics)]
