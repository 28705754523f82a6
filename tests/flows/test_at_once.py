"""Two people at once, on each database: what one of them does is done once."""

import asyncio
from pathlib import Path

import pytest

from bot.config import parse
from bot.refs import MessageRef
from storage.database import SqlDatabase
from tests.community import ROLES, Community, Where
from tests.flows.conftest import REVIEWED
from tests.flows.test_forum_posts import opening

ROLES["mia"] = ROLES["mo"]
FORUM: Where = {"channel": "forum"}
POST = MessageRef("community", "forum", "post1")


@pytest.fixture
def reviewed(database: SqlDatabase, tmp_path: Path) -> Community:
    """Moderators look first at what comes from #forum."""
    config = parse(REVIEWED, {"TOKEN": "xoxb-and-xapp"}, tmp_path)
    return Community(config, database, tmp_path / "soundingboard.sqlite")


async def test_two_moderators_let_it_in_once(reviewed: Community) -> None:
    await reviewed.receive(opening(reviewed, "Dark mode", "My eyes hurt.", "forum"))
    await reviewed.settle()
    await asyncio.gather(
        reviewed.react("mo", "💡", POST, **FORUM), reviewed.react("mia", "🚀", POST, **FORUM)
    )
    await reviewed.later(61)
    assert len(reviewed.posts("forum")) == 1
    assert len(reviewed.posts("product-inbox")) == 1
