"""Our Discord with one community, two people and a channel, and a bot to be connected to it."""

from collections.abc import AsyncIterator

import pytest

from tests.discord.community import Community
from tests.discord.model import Channel
from tests.discord.person import Person
from tests.discord.running import Bot
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


@pytest.fixture
def ben(community: Community) -> Person:
    return community.add_user("Ben")


@pytest.fixture
def general(community: Community) -> Channel:
    return community.add_channel("general")


@pytest.fixture
async def bot(server: DiscordServer) -> Bot:
    return Bot(server)
