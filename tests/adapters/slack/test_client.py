"""What every call to Slack has in common: where it goes, no repeats, and nothing in the log."""

import asyncio
import logging
from collections.abc import Iterator

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import open_session, open_web, proxy_for
from adapters.slack.log import LIBRARY
from bot.config import Connection
from tests.adapters.slack.answering import APP_TOKEN, BOT_TOKEN, Answering
from tests.process import PATIENCE

WORD = "zanzibar"
SECRETS = ("xoxb-", "xapp-", "ticket=", WORD)


def opened(slack: Answering, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client for this server."""
    token = SecretStr(BOT_TOKEN)
    return open_web(Connection(platform="slack", bot_token=token, api_url=slack.url), session)


@pytest.mark.parametrize("end", ["", "/"])
async def test_the_address_may_end_with_a_slash_or_not(slack: Answering, end: str) -> None:
    slack.url += end
    async with open_session() as session:
        assert (await opened(slack, session).auth_test())["user"] == "soundingboard"


async def test_a_post_whose_answer_is_lost_is_not_posted_again(slack: Answering) -> None:
    slack.breaks = True
    async with open_session() as session:
        with pytest.raises(aiohttp.ClientError):
            await opened(slack, session).chat_postMessage(channel="C0GENERAL", text="Hello")
    assert slack.asked == ["chat.postMessage"]


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> str:
    """The environment names a proxy, and a host that is reached without it."""
    for name in ("HTTP_PROXY", "http_proxy", "https_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "inside.example")
    return "http://proxy.example:3128"


@pytest.mark.usefixtures("proxied")
async def test_no_proxy_is_asked_for_what_is_near(slack: Answering) -> None:
    async with open_session() as session:
        assert (await opened(slack, session).auth_test())["ok"]
    assert proxy_for("https://inside.example/api/") is None
    assert proxy_for("http://localhost:8080/api/") is None
    assert proxy_for("http://[::1]:8080/api/") is None


async def test_a_proxy_is_asked_for_what_is_far(proxied: str) -> None:
    async with open_session() as session:
        web_client = open_web(Connection(platform="slack"), session)
    assert (web_client.base_url, web_client.proxy) == ("https://slack.com/api/", proxied)


class Written(logging.Handler):
    """All that is logged, down to DEBUG; the requests that the server logs are not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.failure = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != "aiohttp.access":
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
    slack: Answering, written: Written
) -> None:
    slack.answers["chat.postMessage"] = {"message": {"text": "zanzibar"}}
    slack.answers["chat.update"] = {"ok": False, "error": "zanzibar"}
    slack.answers["chat.delete"] = web.Response(text="{zanzibar", content_type="application/json")
    async with open_session() as session:
        client = opened(slack, session)
        await client.apps_connections_open(app_token=APP_TOKEN)
        await client.chat_postMessage(channel="C0GENERAL", text="zanzibar")
        for call in (client.chat_update, client.chat_delete):
            with pytest.raises(SlackApiError):
                await call(channel="C0GENERAL", ts="1.1", text="zanzibar")
    written.check()


async def test_a_socket_that_does_not_open_says_only_where_it_failed(
    slack: Answering, written: Written
) -> None:
    slack.answers["apps.connections.open"] = {"url": f"{slack.url}/socket?ticket=zanzibar"}
    async with open_session() as session:
        socket = SocketModeClient(APP_TOKEN, LIBRARY, opened(slack, session), trace_enabled=True)
        trying = asyncio.create_task(socket.connect())  # type: ignore[no-untyped-call]
        async with asyncio.timeout(PATIENCE):
            await written.failure.wait()
        trying.cancel()
        await socket.close()  # type: ignore[no-untyped-call]
    assert written.lines[-1].endswith("LibraryFailed: WSServerHandshakeError")
    written.check()


async def test_a_listener_that_fails_says_only_where(slack: Answering, written: Written) -> None:
    async with open_session() as session:
        app = AsyncApp(client=opened(slack, session), logger=LIBRARY, process_before_response=True)

        @app.event("message")
        async def fail() -> None:
            raise RuntimeError(WORD)

        event = {"type": "message", "text": "zanzibar", "user": "U0ANA", "channel": "C0GENERAL"}
        body = {"type": "event_callback", "team_id": "T0ACME", "event": event}
        answer = await app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
    assert answer.status == 500
    assert written.lines[-1].endswith("LibraryFailed: RuntimeError")
    written.check()
