"""Our Discord with one community and Ana in it."""

from collections.abc import AsyncIterator

import pytest

from tests.discord.community import Community
from tests.discord.person import Person
from tests.discord.server import DiscordServer, running_discord


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with running_discord() as server:
        yield server


@pytest.fixture
def community(server: DiscordServer) -> Community:
    return server.add_community("Fans")


@pytest.fixture
def ana(community: Community) -> Person:
    return community.add_user("Ana")
