"""Two sockets, each replaced before it closes; a dead one is noticed, a stuck one given up."""

import asyncio
from collections.abc import AsyncIterator, Mapping, MutableMapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from structlog.testing import capture_logs

from adapters.slack.sockets import PATIENCE, Patience, Sockets
from bot.errors import NotConnected
from tests.slack.bolt import bolt_app
from tests.slack.server import SlackServer, running_slack
from tests.slack.watching import PATIENCE as SECONDS
from tests.slack.workspace import Workspace

HASTY = Patience(opening=0.2, back_off=(0.0, 0.0))


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with running_slack() as server:
        yield server


@pytest.fixture
def workspace(server: SlackServer) -> Workspace:
    return server.add_workspace("Customers")


@asynccontextmanager
async def listening(
    server: SlackServer, workspace: Workspace, patience: Patience = PATIENCE
) -> AsyncIterator[AsyncApp]:
    """An app that acknowledges every command, on two sockets."""
    async with bolt_app(server, workspace) as app:

        @app.command("/hello")
        async def hello(ack: Any) -> None:  # noqa: ANN401 - Bolt's
            await ack("Hello!")

        running = Sockets(app, app.client, workspace.app_token, patience)
        task = asyncio.create_task(running.run())
        try:
            await workspace.connected(2)
            yield app
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def answers(workspace: Workspace) -> None:
    """Somebody's command is answered."""
    ana = workspace.add_user("Ana")
    channel = workspace.add_channel("general", [ana])
    seen = await ana.command(channel, "/hello")
    assert seen.message
    assert seen.message.text == "Hello!"


async def test_a_socket_with_a_warning_is_replaced_before_it_closes(
    server: SlackServer, workspace: Workspace
) -> None:
    async with listening(server, workspace):
        await workspace.sockets.disconnect("warning", 0)
        await workspace.connected(3)
        for _ in workspace.sockets.open:
            await answers(workspace)
        server.clock.advance(10)
        await workspace.until(lambda: len(workspace.sockets.open) == 2)
        await answers(workspace)


async def test_when_both_are_closed_what_comes_is_still_answered(
    server: SlackServer, workspace: Workspace
) -> None:
    async with listening(server, workspace):
        for _ in range(3):
            await workspace.sockets.disconnect("refresh_requested")
            await answers(workspace)


async def test_sockets_that_are_cut_are_replaced(server: SlackServer, workspace: Workspace) -> None:
    async with listening(server, workspace, Patience(ping=0.05)):
        first = set(workspace.sockets.open)
        workspace.sockets.kill()
        await workspace.until(lambda: len(set(workspace.sockets.open) - first) == 2)
        await answers(workspace)


async def test_a_socket_that_no_longer_answers_pings_is_replaced(
    server: SlackServer, workspace: Workspace
) -> None:
    async with listening(server, workspace, Patience(ping=0.05)):
        deaf = workspace.sockets.open[0]
        deaf.deaf = True
        await workspace.until(lambda: deaf not in workspace.sockets.open)
        await workspace.connected(2)


async def test_an_address_that_refuses_the_handshake_is_given_up_for_a_new_one(
    server: SlackServer, workspace: Workspace
) -> None:
    async with listening(server, workspace, HASTY):
        workspace.sockets.spoil_next_url()
        await workspace.sockets.disconnect("warning", 0)
        await workspace.connected(3)


async def test_a_connection_that_can_open_no_socket_says_so(
    server: SlackServer, workspace: Workspace
) -> None:
    workspace.sockets.spoil_next_url(10)
    async with bolt_app(server, workspace) as app:
        running = Sockets(app, app.client, workspace.app_token, HASTY)
        with pytest.raises(NotConnected):
            await running.run()


async def test_what_no_socket_takes_any_more_is_told_to_the_operator(
    server: SlackServer, workspace: Workspace
) -> None:
    told = asyncio.Event()

    def listen(_log: object, _level: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
        if line["event"] == "not_acknowledged":
            told.set()
        return line

    async with listening(server, workspace, Patience(finishing=0.01)) as app:

        @app.command("/late")
        async def late(ack: Any) -> None:  # noqa: ANN401 - Bolt's
            workspace.sockets.spoil_next_url(1_000)
            await workspace.sockets.disconnect("refresh_requested")
            await workspace.until(lambda: not workspace.sockets.open)
            await ack("Too late")

        ana = workspace.add_user("Ana")
        channel = workspace.add_channel("general", [ana])
        with capture_logs(processors=[listen]):
            asked = asyncio.create_task(ana.command(channel, "/late"))
            async with asyncio.timeout(SECONDS):
                await told.wait()
        asked.cancel()
