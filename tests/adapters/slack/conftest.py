"""A Slack that answers what a test tells it to, and one that behaves as Slack does."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestServer

from tests.adapters.slack.answering import Answering
from tests.adapters.slack.office import Office
from tests.slack.server import running_slack


@pytest.fixture
async def slack() -> AsyncIterator[Answering]:
    """A workspace where all is right for a connection that names nothing."""
    answering = Answering()
    async with TestServer(answering.app) as server:
        answering.url = str(server.make_url("/api"))
        yield answering


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    """A workspace of our Slack; a test says what is configured and connects."""
    async with running_slack() as server:
        office = Office.on(server)
        yield office
        await office.leave()
        office.workspace.assert_clean()
