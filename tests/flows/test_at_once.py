"""Two people at once, on each database: what one of them does is done once."""

import asyncio
from pathlib import Path

import pytest

from bot.config import parse
from bot.events import ReactionsRead
from bot.refs import ChannelRef, MessageRef, emoji
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


async def test_votes_read_after_a_gap_and_votes_given_meanwhile_all_count(
    reviewed: Community,
) -> None:
    number = await reviewed.suggest("ana", "Dark mode")
    card, ideas = reviewed.card_of(number), ChannelRef("community", "ideas")
    people = [f"person{n}" for n in range(12)]
    for who in people:
        await reviewed.react(who, "👍", card, channel="ideas")
        reviewed.clock.advance(1)
        nobody = ReactionsRead(
            key=None,
            at=reviewed.clock.now(),
            channel=ideas,
            message=card,
            emoji=emoji("👍"),
            people={},
        )
        vote = reviewed.press(who, f"vote:{number}")
        await asyncio.gather(vote, reviewed.receive(nobody))
    await reviewed.later(10)
    assert "12 votes" in reviewed.shown(card)


async def test_two_moderators_let_it_in_once(reviewed: Community) -> None:
    await reviewed.receive(opening(reviewed, "Dark mode", "My eyes hurt.", "forum"))
    await reviewed.settle()
    await asyncio.gather(
        reviewed.react("mo", "💡", POST, **FORUM), reviewed.react("mia", "🚀", POST, **FORUM)
    )
    await reviewed.later(61)
    assert len(reviewed.posts("forum")) == 1
    assert len(reviewed.posts("product-inbox")) == 1
