"""A fresh community for each flow; afterwards every event comes again, backwards."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import Config, parse, playground_config
from storage.database import open_database
from tests.community import Community
from tests.flows.witness import Witness

TWO_CONNECTIONS = """
[connections.community]
platform = "slack"
bot_token = "$TOKEN"
app_token = "$TOKEN"
listen = ["general", "ideas"]
board = "ideas"
show = "own"

[connections.fans]
platform = "slack"
bot_token = "$TOKEN"
app_token = "$TOKEN"
listen = ["fans-general", "fans-ideas"]
board = "fans-ideas"
show = "all"

[product]
inbox = "community/product-inbox"
"""
"""Fans see all ideas, the community only its own."""

_witness = Witness()


@pytest.fixture(scope="session")
def witness() -> Witness:
    """What all flows did."""
    return _witness


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The route table is compared with what all flows did, so it comes last."""
    items.sort(key=lambda item: item.path == Path(__file__).with_name("test_route_table.py"))


async def _living(config: Config, folder: Path, witness: Witness) -> AsyncIterator[Community]:
    database = await open_database(config.storage.url.get_secret_value())
    community = Community(config, database, folder / "soundingboard.sqlite")
    witness.watch(community)
    yield community
    await community.again_backwards()
    witness.look_at_sent(community)
    await database.close()


@pytest.fixture
async def community(tmp_path: Path, witness: Witness) -> AsyncIterator[Community]:
    """Ana, Ben, Chloé and Dmitri are members, Mo moderates, Pia and Paul are the product team."""
    async for community in _living(playground_config(tmp_path), tmp_path, witness):
        yield community


@pytest.fixture
async def two_connections(tmp_path: Path, witness: Witness) -> AsyncIterator[Community]:
    """The same people on two connections: `community`, where they act, and `fans`."""
    config = parse(TWO_CONNECTIONS, {"TOKEN": "xoxb-and-xapp"}, tmp_path)
    async for community in _living(config, tmp_path, witness):
        yield community
