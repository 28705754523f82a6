"""The page of past digests: for the product team only, and people's words stay words."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from adapters.web import WebServer
from bot.messages import Action, Bold, Button, Card, Code, Image, Link, Message
from bot.people import Role, Viewer
from tests.adapters.playground.world import Hands, opened

HOSTILE = '<script>alert("1")</script> & "quotes"'
CARD = Card(
    HOSTILE,
    ((Link(HOSTILE, "https://chat.example/?a=1&b=2"), " · ", Bold("3 votes")), (Code("/ideas"),)),
    ((HOSTILE, HOSTILE),),
    (HOSTILE,),
    (Button("Plan", Action.of("decide", 1, "planned", "new")),),
)
MESSAGE = Message(((HOSTILE,),), (CARD,), image=Image("chart.png", b"\x89PNG", HOSTILE))


class OneDigest:
    """An archive with one digest, for the product team."""

    def __init__(self) -> None:
        self.viewers: list[Viewer] = []

    async def titles(self, viewer: Viewer) -> list[tuple[int, str]]:
        self.viewers.append(viewer)
        return [(7, f"26 October – 2 November 2026 · {HOSTILE}")]

    async def messages(self, viewer: Viewer, row: int) -> list[Message]:
        self.viewers.append(viewer)
        return [MESSAGE, MESSAGE] if row == 7 else []


@pytest.fixture
def archive() -> OneDigest:
    return OneDigest()


@pytest.fixture
async def browser(tmp_path: Path, archive: OneDigest) -> AsyncIterator[ClientSession]:
    async with opened(tmp_path, Hands(), sample=True) as adapter:
        server = WebServer(0, adapter.routes(archive))
        await server.start()
        async with ClientSession(server.url, cookie_jar=CookieJar(unsafe=True)) as browser:
            await browser.get(adapter.entrance, allow_redirects=False)
            yield browser
        await server.stop()


async def page(browser: ClientSession, address: str) -> tuple[int, str]:
    async with browser.get(address) as response:
        assert response.content_type == "text/html"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        return response.status, await response.text()


async def test_the_list_leads_to_each_digest(browser: ClientSession, archive: OneDigest) -> None:
    status, text = await page(browser, "/digests?person=pia")
    assert status == 200
    assert '<a href="/digests/7?person=pia">26 October – 2 November 2026' in text
    (viewer,) = archive.viewers
    assert viewer.has(Role.PRODUCT)
    assert viewer.connection == "playground"


async def test_a_digest_is_shown_with_its_picture_and_without_anything_to_press(
    browser: ClientSession,
) -> None:
    status, text = await page(browser, "/digests/7?person=pia")
    assert status == 200
    assert text.count("<article>") == 2
    assert '<img src="data:image/png;base64,iVBORw==" alt="&lt;script&gt;' in text
    assert '<a href="https://chat.example/?a=1&amp;b=2" rel="noopener noreferrer">' in text
    assert "<strong>3 votes</strong>" in text
    assert "<code>/ideas</code>" in text
    assert "<script" not in text
    assert "Plan" not in text
    assert "decide" not in text


@pytest.mark.parametrize("person", ["ana", "mo", "nobody", "", "<b>"])
@pytest.mark.parametrize("address", ["/digests", "/digests/7"])
async def test_for_others_there_is_nothing(
    browser: ClientSession, archive: OneDigest, address: str, person: str
) -> None:
    status, text = await page(browser, f"{address}?person={person}")
    assert status == 404
    assert "There is nothing here." in text
    assert archive.viewers == []


@pytest.mark.parametrize("row", ["8", "x", "-1", "9" * 30])
async def test_a_digest_that_is_not_there(browser: ClientSession, row: str) -> None:
    assert (await page(browser, f"/digests/{row}?person=pia"))[0] == 404


async def test_without_the_entrance_the_door_is_closed(browser: ClientSession) -> None:
    browser.cookie_jar.clear()
    for address in ("/digests?person=pia", "/digests/7?person=pia"):
        async with browser.get(address) as response:
            assert response.status == 403
