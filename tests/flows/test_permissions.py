"""Who may do what, and who may see what."""

import pytest

from bot.dispatch import Route
from bot.events import ButtonPressed, FormSubmitted
from bot.messages import Form
from bot.people import Role
from bot.results import Choices
from handlers.routes import ROUTES
from tests.community import Community, Where, buttons, said

FANS: Where = {"connection": "fans", "channel": "fans-general"}
_FOR_ROLES = [
    route for route in ROUTES if route.roles and route.event in (ButtonPressed, FormSubmitted)
]


@pytest.mark.parametrize("route", _FOR_ROLES, ids=lambda r: f"{r.event.__name__}-{r.name}")
async def test_a_button_pressed_without_the_right_is_answered_privately(
    community: Community, route: Route
) -> None:
    await community.suggest("ana", "Dark mode")
    roles = {"ben": None, "mo": Role.MODERATOR, "pia": Role.PRODUCT}
    before = community.dump()["ideas"], community.dump()["queue"]
    act = community.press if route.event is ButtonPressed else community.submit
    for who in [who for who, role in roles.items() if role not in route.roles]:
        answer = await act(who, f"{route.name}:1:planned:new")
        assert "for others here to do" in said(answer)
    assert (community.dump()["ideas"], community.dump()["queue"]) == before


async def test_the_product_team_may_not_moderate_nor_moderators_decide(
    community: Community,
) -> None:
    await community.suggest("ana", "Dark mode")
    assert "for others" in said(await community.press("pia", "block:1"))
    assert "for others" in said(await community.press("mo", "decide:1:planned:new"))
    assert isinstance(await community.press("mo", "merge:1"), Form)
    assert isinstance(await community.press("pia", "merge:1"), Form)


async def test_one_connection_sees_its_own_ideas_the_other_all(
    two_connections: Community,
) -> None:
    await two_connections.suggest("ana", "Dark mode")
    await two_connections.suggest("ben", "Night theme", **FANS)
    fans = said(await two_connections.command("dmitri", "/ideas new", **FANS))
    assert "#1 Dark mode" in fans
    assert "#2 Night theme" in fans
    own = said(await two_connections.command("dmitri", "/ideas new"))
    assert "#1 Dark mode" in own
    assert "Night theme" not in own
    assert "cannot find idea #2" in said(await two_connections.command("dmitri", "/ideas 2"))
    assert "Nothing here yet" in said(await two_connections.command("dmitri", "/ideas theme"))


async def test_a_similar_idea_is_offered_only_to_who_may_see_it(
    two_connections: Community,
) -> None:
    await two_connections.suggest("ben", "Dark mode for the editor", **FANS)
    words = {"title": "Dark mode in the editor"}
    assert "Your idea is #2" in said(await two_connections.submit("ana", "suggest", words))
    answer = await two_connections.submit("dmitri", "suggest", words, **FANS)
    assert "Is yours one of these?" in said(answer)


async def test_choices_offer_only_what_one_may_see(two_connections: Community) -> None:
    await two_connections.suggest("ana", "Dark mode")
    await two_connections.suggest("ben", "Dark night", **FANS)
    for typed in ("dark", "2", ""):
        assert await two_connections.choose("mo", "merge:1", typed) == Choices(())
    there = await two_connections.choose("mo", "merge:2", "dark", connection="fans")
    assert there == Choices((("1", "#1 Dark mode"),))


async def test_a_card_is_posted_where_its_idea_came_from(two_connections: Community) -> None:
    await two_connections.suggest("ben", "Night theme", **FANS)
    assert two_connections.posts("ideas") == []
    assert len(two_connections.posts("fans-ideas")) == 1


async def test_the_author_sees_their_idea_wherever_it_went(tight: Community) -> None:
    await tight.suggest("ana", "Our prices", channel="partners")
    assert "Our prices" in said(await tight.command("ana", "/ideas 1"))
    for who in ("ben", "mo"):
        assert "cannot find idea #1" in said(await tight.command(who, "/ideas 1"))
        assert "Nothing here yet" in said(await tight.command(who, "/ideas prices"))
    assert "Our prices" in said(await tight.command("pia", "/ideas 1"))


@pytest.mark.parametrize(
    "press", ["vote", "unvote", "follow", "unfollow", "more", "edit", "withdraw", "restore", "show"]
)
async def test_what_one_may_not_see_looks_like_what_is_not_there(
    tight: Community, press: str
) -> None:
    await tight.suggest("ana", "Our prices", channel="partners")
    await tight.command("ben", "/sounding")
    hidden = await tight.press("ben", f"{press}:1")
    missing = await tight.press("ben", f"{press}:7")
    assert said(hidden).replace("#1", "#7") == said(missing)
    assert buttons(hidden) == []


async def test_a_draft_cannot_join_what_its_author_may_not_see(tight: Community) -> None:
    await tight.suggest("ana", "Our prices", channel="partners")
    await tight.suggest("chloé", "Dark mode")
    await tight.submit("ben", "suggest", {"title": "Dark mode"})
    assert "cannot find idea #1" in said(await tight.press("ben", "join:1:1"))
    assert "Your idea is #3" in said(await tight.press("ben", "post:1"))


async def test_a_withdrawn_idea_is_its_authors_and_the_moderators(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.press("ana", "withdraw:1")
    assert "cannot find" in said(await community.press("ben", "vote:1"))
    assert "cannot find" not in said(await community.press("mo", "more:1"))


async def test_an_event_nobody_has_a_route_for_is_left_alone(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    assert await community.command("ben", "/dance") is None
    assert await community.press("ben", "dance:1") is None
