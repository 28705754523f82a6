"""The real Bolt and the real SDK, connected to our Slack, for as long as a test lasts."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from aiohttp import ClientSession
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.server import SlackServer
from tests.slack.workspace import Workspace


@asynccontextmanager
async def web_client(server: SlackServer, token: str) -> AsyncIterator[AsyncWebClient]:
    """A client with a session of its own."""
    async with ClientSession() as session:
        yield AsyncWebClient(token, base_url=server.api_url, session=session)


@asynccontextmanager
async def bolt_app(server: SlackServer, workspace: Workspace) -> AsyncIterator[AsyncApp]:
    """An app that commits first and acknowledges then, as ours does; not connected yet."""
    async with web_client(server, workspace.bot_token) as client:
        yield AsyncApp(client=client, process_before_response=True)


@asynccontextmanager
async def connected(
    app: AsyncApp, workspace: Workspace, *, sockets: int = 1, ping_interval: float = 10.0
) -> AsyncIterator[list[AsyncSocketModeHandler]]:
    """The app's Socket Mode handlers, connected."""
    async with AsyncExitStack() as stack:
        handlers = []
        for _ in range(sockets):
            handler = AsyncSocketModeHandler(app, workspace.app_token, ping_interval=ping_interval)
            stack.push_async_callback(handler.close_async)
            await handler.connect_async()  # type: ignore[no-untyped-call]
            handlers.append(handler)
        await workspace.connected(sockets)
        yield handlers
