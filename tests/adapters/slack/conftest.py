"""Our Slack, with a workspace where the app is installed."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from adapters.slack.client import open_session
from tests.adapters.slack.office import Office
from tests.slack.server import SlackServer, running_slack
from tests.slack.workspace import Workspace


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    """Slack itself, on loopback."""
    async with running_slack() as running:
        yield running


@pytest.fixture
def acme(server: SlackServer) -> Workspace:
    """A company's workspace."""
    return server.add_workspace("Acme")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """The session that a connection's calls share."""
    async with open_session() as opened:
        yield opened


@pytest.fixture
async def office(server: SlackServer) -> AsyncIterator[Office]:
    """A workspace of our Slack; a test says what is configured and connects."""
    office = Office.on(server)
    yield office
    await office.leave()
    office.workspace.assert_clean()
