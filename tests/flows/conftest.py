"""A fresh community for each flow; afterwards every event comes again, backwards."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.openai.assistant import OpenAIAssistant
from bot.config import Config, parse, playground_config
from bot.ports import Assistant
from storage.database import open_database
from tests.adapters.openai.server import ModelServer, model_server
from tests.assistant import FakeAssistant
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

TIGHT = """
[connections.playground]
platform = "playground"
listen = ["general", "ideas", "secret", "partners"]
board = "ideas"

[connections.playground.channels.partners]
audience = "inbox"

[product]
inbox = "playground/product-inbox"

[[product.routes]]
area = "Mobile"
inbox = "playground/mobile-inbox"

[capture]
areas = ["Editor", "Mobile"]
daily_limit = 2

[escalation]
votes = 3
"""
"""Two ideas a day, three votes escalate, and partners' ideas are for the inbox only."""

QUIET = """
[connections.playground]
platform = "playground"
listen = ["general", "ideas", "quiet"]
board = "ideas"
moderators_channel = "moderators"

[connections.playground.channels.quiet]
no_summary = true

[product]
inbox = "playground/product-inbox"

[threads]
min_messages = 4
quiet_minutes = 30
"""
"""Four messages are a long thread, and #quiet keeps out of summaries."""

ASSISTED = """
[connections.playground]
platform = "playground"
listen = ["general", "ideas", "secret"]
board = "ideas"
moderators_channel = "moderators"

[connections.playground.channels.secret]
no_model = true

[product]
inbox = "playground/product-inbox"

[assistant]
base_url = "http://127.0.0.1:1/v1"
api_key = "$KEY"
model = "m-1"
timeout = 0.5
"""
"""A model helps, but not in #secret."""

REVIEWED = """
[connections.community]
platform = "slack"
bot_token = "$TOKEN"
app_token = "$TOKEN"
listen = ["general", "forum", "partners"]
board = "ideas"
moderators = ["mo", "mia"]
moderators_channel = "moderators"

[connections.community.channels.forum]
review_first = true

[connections.community.channels.partners]
audience = "connection"

[connections.fans]
platform = "slack"
bot_token = "$TOKEN"
app_token = "$TOKEN"
listen = ["fans-general", "fans-hidden"]
board = "fans-ideas"
moderators = ["mo"]
moderators_channel = "fans-moderators"

[connections.fans.channels.fans-ideas]
review_first = true

[product]
inbox = "community/product-inbox"

[capture]
daily_limit = 100
"""
"""Moderators look first at what comes from #forum, and at all that goes to the fans' board."""

_witness = Witness()


@pytest.fixture(scope="session")
def witness() -> Witness:
    """What all flows did."""
    return _witness


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The route table is compared with what all flows did, so it comes last."""
    items.sort(key=lambda item: item.path == Path(__file__).with_name("test_route_table.py"))


async def _living(
    config: Config, blank: Path, witness: Witness, assistant: Assistant | None = None
) -> AsyncIterator[Community]:
    url = config.storage.url.get_secret_value()
    file = Path(url.partition("///")[2])
    shutil.copy(blank, file)
    database = await open_database(url)
    community = Community(config, database, file, assistant)
    witness.watch(community)
    yield community
    await community.again_backwards()
    witness.look_at_sent(community)
    await database.close()


@pytest.fixture
async def community(tmp_path: Path, blank: Path, witness: Witness) -> AsyncIterator[Community]:
    """Ana, Ben, Chloé and Dmitri are members, Mo moderates, Pia and Paul are the product team."""
    async for community in _living(playground_config(tmp_path), blank, witness):
        yield community


@pytest.fixture
async def two_connections(
    tmp_path: Path, blank: Path, witness: Witness
) -> AsyncIterator[Community]:
    """The same people on two connections: `community`, where they act, and `fans`."""
    config = parse(TWO_CONNECTIONS, {"TOKEN": "xoxb-and-xapp"}, tmp_path)
    async for community in _living(config, blank, witness):
        yield community


@pytest.fixture
async def tight(tmp_path: Path, blank: Path, witness: Witness) -> AsyncIterator[Community]:
    """A community with small limits, two inboxes, and channels that keep things to themselves."""
    async for community in _living(parse(TIGHT, {}, tmp_path), blank, witness):
        yield community


@pytest.fixture
async def quiet(tmp_path: Path, blank: Path, witness: Witness) -> AsyncIterator[Community]:
    """A community whose moderators are offered long threads, with a channel that keeps out."""
    async for community in _living(parse(QUIET, {}, tmp_path), blank, witness):
        yield community


@pytest.fixture
async def reviewed(tmp_path: Path, blank: Path, witness: Witness) -> AsyncIterator[Community]:
    """Two connections where moderators look at ideas first, in a channel or on the board."""
    config = parse(REVIEWED, {"TOKEN": "xoxb-and-xapp"}, tmp_path)
    async for community in _living(config, blank, witness):
        yield community


@pytest.fixture
def model() -> FakeAssistant:
    """What helps in `assisted`."""
    return FakeAssistant()


@pytest.fixture
async def assisted(
    tmp_path: Path, blank: Path, witness: Witness, model: FakeAssistant
) -> AsyncIterator[Community]:
    """A community with a model that says what it is told, and a channel that keeps out."""
    config = parse(ASSISTED, {"KEY": "sk-secret"}, tmp_path)
    async for community in _living(config, blank, witness, model):
        yield community


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    """What a real client asks in `served`."""
    async with model_server() as server:
        yield server


@pytest.fixture
async def served(
    tmp_path: Path, blank: Path, witness: Witness, server: ModelServer
) -> AsyncIterator[Community]:
    """The same with the real client, and a server that does what it is told."""
    text = ASSISTED.replace("http://127.0.0.1:1/v1", server.url)
    config = parse(text, {"KEY": "sk-secret"}, tmp_path)
    assert config.assistant
    assistant = OpenAIAssistant(config.assistant, repeat_seconds=0.0)
    async for community in _living(config, blank, witness, assistant):
        yield community
    await assistant.aclose()
