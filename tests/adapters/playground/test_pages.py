"""The way in, and what the server refuses at the door."""

import socket
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar

from adapters.playground.pages import STATIC
from tests.adapters.playground.world import World

ADDRESSES = (
    "message",
    "react",
    "command",
    "press",
    "submit",
    "shortcut",
    "choices",
    "person",
)


async def test_the_entrance_leads_in_with_a_cookie_that_scripts_cannot_read(world: World) -> None:
    async with (
        ClientSession(world.url, cookie_jar=CookieJar(unsafe=True)) as browser,
        browser.get(world.adapter.entrance, allow_redirects=False) as response,
    ):
        assert response.headers["Location"] == "/"
        cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("playground=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


async def test_without_the_token_there_is_only_a_kind_page(world: World) -> None:
    async with ClientSession(world.url) as stranger:
        for address in ("/", "/?token=guess", "/?token=%ff"):
            async with stranger.get(address) as response:
                assert response.status == 403
                assert "Open the address that the program printed" in await response.text()
        for address in ("/api/state", "/api/stream", "/static/app.js"):
            async with stranger.get(address) as response:
                assert response.status == 403
        for address in ADDRESSES:
            async with stranger.post(
                f"/api/{address}", json={}, headers={"Origin": world.url}
            ) as response:
                assert response.status == 403
                assert (await response.json())["kind"] == "error"


async def test_the_page_and_its_files_are_served(world: World) -> None:
    async with world.browser.get("/") as response:
        assert response.status == 200
        assert response.content_type == "text/html"
    for name in sorted(path.name for path in STATIC.iterdir() if path.is_file()):
        async with world.browser.get(f"/static/{name}") as response:
            assert response.status == 200
            assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["..%2Fadapter.py", "nothing.js", "%2Fetc%2Fpasswd"])
async def test_no_other_file_is_served(world: World, name: str) -> None:
    async with world.browser.get(f"/static/{name}") as response:
        assert response.status in {403, 404}
        assert b"import" not in await response.read()


async def test_every_answer_carries_the_strict_headers(world: World) -> None:
    for address in ("/", "/api/state", "/nowhere"):
        async with world.browser.get(address) as response:
            assert response.headers["Content-Security-Policy"] == (
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            )
            assert response.headers["Referrer-Policy"] == "no-referrer"
    async with world.browser.get("/api/state") as response:
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil:80"])
async def test_another_host_name_is_refused(world: World, host: str) -> None:
    async with world.browser.get("/api/state", headers={"Host": host}) as response:
        assert response.status == 403


async def test_localhost_is_a_name_for_it_too(world: World) -> None:
    port = world.url.rpartition(":")[2]
    headers = {"Host": f"localhost:{port}"}
    async with world.browser.get("/", headers=headers) as response:
        assert response.status == 200


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://127.0.0.1:1"])
async def test_another_page_cannot_post(world: World, origin: str | None) -> None:
    body = {"person": "ana", "channel": "general", "text": "hi"}
    headers = {"Origin": origin} if origin else {}
    async with world.browser.post("/api/message", json=body, headers=headers) as response:
        assert response.status == 403
    assert (await world.state())["messages"] == []


async def test_nothing_listens_beyond_loopback(world: World) -> None:
    port = int(world.url.rpartition(":")[2])
    with socket.socket() as other:
        other.bind(("127.0.0.2", port))  # free, so the server is on 127.0.0.1 alone


HOSTILE: list[Any] = [
    None,
    7,
    1e400,
    True,
    [],
    {},
    "",
    "x" * 5_000,
    "\ud800",
    "\x00",
    "../..",
    {"title": None},
    [[]],
]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_malformed_fields_are_refused_and_never_break_anything(
    world: World, address: str
) -> None:
    fields = (
        "person channel thread text message emoji added action notice form values shortcut "
        "field typed directs_open"
    ).split()
    good: dict[str, object] = {"person": "ana", "channel": "general", "message": "000001"}
    for hostile in HOSTILE:
        status, answer = await world.post(address, **dict.fromkeys(fields, hostile))
        assert (status < 500, "kind" in answer) == (True, True)
        for name in fields:
            status, answer = await world.post(address, **{**good, name: hostile})
            assert status < 500, (name, hostile)
            assert answer["kind"] in {"error", "nothing"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b"1" * 5_000])
async def test_what_is_no_json_object_is_refused(world: World, body: bytes) -> None:
    headers = {"Origin": world.url, "Content-Type": "application/json"}
    async with world.browser.post("/api/message", data=body, headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["kind"] == "error"


async def test_a_form_of_another_site_has_the_wrong_type(world: World) -> None:
    headers = {"Origin": world.url, "Content-Type": "text/plain"}
    async with world.browser.post("/api/message", data=b"{}", headers=headers) as response:
        assert response.status == 400


async def test_bodies_are_bounded(world: World) -> None:
    status, answer = await world.post("message", text="x" * 300_000)

    assert (status, answer["kind"]) == (413, "error")


@pytest.mark.parametrize("after", ["x", "-1", "1e3", "9" * 40, "٣"])
async def test_a_stream_begins_at_a_number(world: World, after: str) -> None:
    async with world.browser.get("/api/stream", params={"after": after}) as response:
        assert response.status == 400


async def test_text_arrives_as_typed_but_for_control_characters(world: World) -> None:
    await world.say("one\r\ntwo\x00\x1b[31m <script>alert(1)</script> \ud800")

    (message,) = (await world.state())["messages"]
    texts = [line[0]["text"] for line in message["content"]["lines"]]
    assert texts == ["one", "two[31m <script>alert(1)</script> ?"]
