"""Who hears of a decision: once each, where they can be reached, and nobody else."""

from bot.errors import DeliveryError, DirectRefused
from bot.messages import Mention
from tests.community import Community, text_of


async def _captured(community: Community) -> None:
    """Ana's message is #1, followed by Ben."""
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", "💡", message.ref)
    await community.settle()
    await community.press("ben", "follow:1")


def _news(community: Community, who: str) -> list[str]:
    return [text for text in community.directs(who) if "is planned" in text]


async def _plan(community: Community, number: int = 1, who: str = "pia") -> None:
    await community.press(who, f"decide:{number}:planned:new")
    await community.later(61)


def _mentions(community: Community, channel: str) -> list[str]:
    return [
        part.name
        for post in community.posts(channel)
        for line in post.message.lines
        for part in line
        if isinstance(part, Mention)
    ]


async def test_author_and_followers_hear_once_each(community: Community) -> None:
    await _captured(community)
    await community.press("ana", "follow:1")
    await _plan(community)
    await community.later(3600)
    assert len(_news(community, "ana")) == len(_news(community, "ben")) == 1
    assert community.directs("chloé") == community.directs("mo") == community.directs("pia") == []


async def test_the_thread_hears_once_and_mentions_only_the_author(community: Community) -> None:
    await _captured(community)
    await _plan(community)
    (post,) = community.posts("general")
    assert post.thread is not None
    assert post.thread.message == "m1"
    assert _mentions(community, "general") == ["Ana"]
    assert "@Ana #1 “We need a dark mode” is planned." in text_of(post.message)


async def test_an_idea_from_the_form_is_answered_under_its_card(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    card = community.card_of(1)
    await _plan(community)
    assert [post.thread for post in community.posts("ideas")] == [None, card]


async def test_votes_alone_bring_no_messages(community: Community) -> None:
    await _captured(community)
    await community.press("chloé", "vote:1")
    await _plan(community)
    assert community.directs("chloé") == []


async def test_who_decided_is_not_told(community: Community) -> None:
    await community.suggest("pia", "Dark mode")
    await community.press("paul", "follow:1")
    await _plan(community, who="paul")
    assert community.directs("paul") == []
    assert len(community.directs("pia")) == 1


async def test_who_decided_their_own_idea_is_not_mentioned(community: Community) -> None:
    await community.suggest("pia", "Dark mode")
    await _plan(community)
    assert community.directs("pia") == _mentions(community, "ideas") == []
    assert len(community.posts("ideas")) == 2


async def test_the_muted_are_not_told(community: Community) -> None:
    await _captured(community)
    for who in ("ana", "ben"):
        await community.command(who, "/sounding mute")
    await _plan(community)
    assert _news(community, "ana") == _news(community, "ben") == []
    assert _mentions(community, "general") == []


async def test_authors_and_followers_of_merged_ideas_hear_too(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.suggest("ben", "Night theme")
    await community.press("chloé", "follow:2")
    await community.submit("mo", "merge:2", {"into": "1"})
    await community.settle()
    await _plan(community)
    for who in ("ana", "ben", "chloé"):
        assert "#1 “Dark mode” is planned." in community.directs(who)[-1]
    assert len(community.directs("chloé")) == 1


async def test_a_closed_door_changes_nothing_but_the_delivery(community: Community) -> None:
    await _captured(community)
    community.adapter.refuse["ana"] = DirectRefused("closed")
    await _plan(community)
    assert _news(community, "ana") == []
    assert len(_news(community, "ben")) == 1
    assert _mentions(community, "general") == ["Ana"]
    assert "Status: Planned" in community.shown(community.card_of(1))
    dead = [row for row in community.dump()["queue"] if "closed" in row]
    assert len(dead) == 1


async def test_an_outage_delays_and_then_everybody_hears(community: Community) -> None:
    await _captured(community)
    community.adapter.refuse["ana"] = DeliveryError("busy")
    await _plan(community)
    assert len(_news(community, "ben")) == 1
    del community.adapter.refuse["ana"]
    await community.later(31)
    assert len(_news(community, "ana")) == 1


async def test_a_platform_that_wants_a_rest_gets_it_and_then_everybody_hears(
    community: Community,
) -> None:
    await _captured(community)
    community.adapter.refuse["ana"] = DeliveryError("slow down", retry_after=30.0)
    await _plan(community)
    del community.adapter.refuse["ana"]
    assert len(_news(community, "ana") + _news(community, "ben")) == 0
    await community.later(31)
    assert len(_news(community, "ana")) == len(_news(community, "ben")) == 1


async def test_a_shipped_card_thanks_by_name(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    for who in ("ben", "chloé"):
        await community.press(who, "vote:1")
    await _plan(community)
    await community.press("pia", "decide:1:shipped:planned")
    await community.later(61)
    assert "Asked for by Ana and 2 others. Thank you!" in community.shown(community.card_of(1))
    assert "Asked for by Ana and 2 others. Thank you!" in community.directs("ana")[-1]


async def test_an_idea_of_the_inbox_only_is_answered_to_its_author_alone(
    tight: Community,
) -> None:
    message = tight.write("ana", "Our budget needs this", channel="secret", private=True)
    await tight.react("mo", "💡", message.ref, channel="secret", private=True)
    await tight.settle()
    await _plan(tight)
    assert "is planned" in tight.directs("ana")[-1]
    assert [post.thread for post in tight.posts("secret")] == [message.ref]
    assert tight.posts("ideas") == []
