"""The server by itself; its checks at the door are tested with the playground's pages."""

import pytest
from aiohttp import ClientSession, web

from adapters.web import WebServer


async def _hello(_request: web.Request) -> web.Response:
    return web.Response(text="hello")


ROUTES = [web.get("/", _hello)]


async def test_port_zero_takes_a_free_one_and_says_which() -> None:
    server = WebServer(0, ROUTES)
    await server.start()
    try:
        async with ClientSession() as browser, browser.get(server.url) as response:
            assert await response.text() == "hello"
    finally:
        await server.stop()
    assert not server.url.endswith(":0")


async def test_a_taken_port_is_an_error_and_not_a_second_server() -> None:
    first = WebServer(0, ROUTES)
    await first.start()
    try:
        with pytest.raises(OSError, match="address already in use"):
            await WebServer(int(first.url.rpartition(":")[2]), ROUTES).start()
    finally:
        await first.stop()
