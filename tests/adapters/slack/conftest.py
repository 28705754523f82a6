"""A Slack that answers what a test tells it to."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestServer

from tests.adapters.slack.answering import Answering


@pytest.fixture
async def slack() -> AsyncIterator[Answering]:
    """A workspace where all is right for a connection that names nothing."""
    answering = Answering()
    async with TestServer(answering.app) as server:
        answering.url = str(server.make_url("/api"))
        yield answering
