from collections.abc import AsyncIterator

import pytest

from tests.adapters.openai.server import ModelServer, model_server


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    """A model's server, with nothing to say yet."""
    async with model_server() as server:
        yield server
