"""What every call to Slack has in common: where it goes, no repeats, and nothing in the log."""

import asyncio
import logging
from collections.abc import Iterator

import aiohttp
import pytest
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import open_web, proxy_for
from adapters.slack.log import LIBRARY
from bot.config import Connection
from tests.process import PATIENCE
from tests.slack.failures import Failure
from tests.slack.server import SlackServer
from tests.slack.workspace import Workspace

WORD = "zanzibar"
SECRETS = ("xoxb-", "xapp-", "ticket=", WORD)


@pytest.fixture
def client(server: SlackServer, acme: Workspace, session: aiohttp.ClientSession) -> AsyncWebClient:
    """The connection's client."""
    return opened(acme, session, server.api_url)


def opened(acme: Workspace, session: aiohttp.ClientSession, url: str) -> AsyncWebClient:
    """A client for this address."""
    token = SecretStr(acme.bot_token)
    return open_web(Connection(platform="slack", bot_token=token, api_url=url), session)


@pytest.mark.parametrize("end", ["", "/"])
async def test_the_address_may_end_with_a_slash_or_not(
    server: SlackServer, acme: Workspace, session: aiohttp.ClientSession, end: str
) -> None:
    client = opened(acme, session, server.api_url.rstrip("/") + end)
    assert (await client.auth_test())["user"] == "soundingboard"


async def test_a_post_whose_answer_is_lost_is_not_posted_again(
    server: SlackServer, acme: Workspace, client: AsyncWebClient
) -> None:
    general = acme.add_channel("general")
    server.fail_next("chat.postMessage", Failure.DROP)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=general.id, text="Hello")
    assert [message.text for message in acme.messages(general)] == ["Hello"]


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> str:
    """The environment names a proxy, and a host that is reached without it."""
    for name in ("HTTP_PROXY", "http_proxy", "https_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "inside.example")
    return "http://proxy.example:3128"


@pytest.mark.usefixtures("proxied")
async def test_no_proxy_is_asked_for_what_is_near(
    server: SlackServer, acme: Workspace, session: aiohttp.ClientSession
) -> None:
    assert (await opened(acme, session, server.api_url).auth_test())["ok"]
    assert proxy_for("https://inside.example/api/") is None
    assert proxy_for("http://localhost:8080/api/") is None
    assert proxy_for("http://[::1]:8080/api/") is None


async def test_a_proxy_is_asked_for_what_is_far(
    session: aiohttp.ClientSession, proxied: str
) -> None:
    client = open_web(Connection(platform="slack"), session)
    assert (client.base_url, client.proxy) == ("https://slack.com/api/", proxied)


class Written(logging.Handler):
    """All that is logged, down to DEBUG."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.failure = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += self.format(record).splitlines()
        if record.exc_info:
            self.failure.set()

    def check(self) -> None:
        """Nothing secret, and nobody's words."""
        assert [line for line in self.lines if any(word in line for word in SECRETS)] == []


@pytest.fixture
def written() -> Iterator[Written]:
    """Every logger is as loud as it can be."""
    handler, root = Written(), logging.getLogger()
    loud = [root, *(logging.getLogger(name) for name in ("slack_sdk", "slack_bolt", "aiohttp"))]
    levels = [log.level for log in loud]
    root.addHandler(handler)
    for log in loud:
        log.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    for log, level in zip(loud, levels, strict=True):
        log.setLevel(level)


async def test_calls_say_nothing_of_what_they_send_and_get(
    server: SlackServer, acme: Workspace, client: AsyncWebClient, written: Written
) -> None:
    general = acme.add_channel("general")
    await client.apps_connections_open(app_token=acme.app_token)
    posted = await client.chat_postMessage(channel=general.id, text=WORD)
    assert posted["message"]["text"] == WORD
    for failure in (WORD, Failure.CRASH, Failure.DROP):
        server.fail_next("chat.update", failure)
        with pytest.raises((SlackApiError, aiohttp.ClientError)):
            await client.chat_update(channel=general.id, ts=posted["ts"], text=WORD)
    written.check()


async def test_a_socket_that_does_not_open_says_only_where_it_failed(
    acme: Workspace, client: AsyncWebClient, written: Written
) -> None:
    acme.sockets.spoil_next_url()
    socket = SocketModeClient(acme.app_token, LIBRARY, client, trace_enabled=True)
    trying = asyncio.create_task(socket.connect())  # type: ignore[no-untyped-call]
    async with asyncio.timeout(PATIENCE):
        await written.failure.wait()
    trying.cancel()
    await socket.close()  # type: ignore[no-untyped-call]
    assert written.lines[-1].endswith("LibraryFailed: WSServerHandshakeError")
    written.check()


async def test_a_listener_that_fails_says_only_where(
    acme: Workspace, client: AsyncWebClient, written: Written
) -> None:
    app = AsyncApp(client=client, logger=LIBRARY, process_before_response=True)

    @app.event("message")
    async def fail() -> None:
        raise RuntimeError(WORD)

    event = {"type": "message", "text": WORD, "user": "U0ANA", "channel": "C0GENERAL"}
    body = {"type": "event_callback", "team_id": acme.id, "event": event}
    answer = await app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
    assert answer.status == 500
    assert written.lines[-1].endswith("LibraryFailed: RuntimeError")
    written.check()
