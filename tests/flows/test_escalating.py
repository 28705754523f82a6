"""🚀 brings an idea to the product team; so do enough votes."""

from datetime import timedelta

from tests.community import ROLES, START, Community, text_of

ROCKET = "🚀"
MODERATOR = ROLES["mo"]


async def test_the_inbox_card_holds_the_customers_words(community: Community) -> None:
    values = {"title": "Dark mode", "body": "In the editor", "job": "Write", "obstacle": "Glare"}
    await community.submit("ana", "suggest", values | {"area": "Editor"})
    await community.settle()
    await community.press("ben", "vote:1")
    await community.react("mo", ROCKET, community.card_of(1), channel="ideas")
    await community.settle()
    (card,) = community.posts("product-inbox")
    told = text_of(card.message)
    for part in ("#1 · Dark mode", "In the editor", "Trying to: Write", "In the way: Glare"):
        assert part in told
    assert "Votes: 1" in told
    assert "Asked for by Ana and 1 other" in told
    assert community.reactions(community.card_of(1)) == 1


async def test_a_message_is_captured_first(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", ROCKET, message.ref)
    await community.settle()
    assert "We need a dark mode" in text_of(community.posts("ideas")[0].message)
    inbox = text_of(community.posts("product-inbox")[0].message)
    assert "Read it where it was said" in inbox
    assert "Your message is an idea now" in community.directs("ana")[0]


async def test_captured_and_escalated_at_once_is_one_idea_in_one_inbox(
    community: Community,
) -> None:
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", "💡", message.ref)
    await community.react("mo", ROCKET, message.ref)
    await community.settle()
    assert len(community.posts("ideas")) == len(community.posts("product-inbox")) == 1


async def test_a_second_moderator_adds_nothing_twice(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    card = community.card_of(1)
    await community.react("mo", ROCKET, card, channel="ideas")
    await community.react("dmitri", ROCKET, card, channel="ideas", roles=MODERATOR)
    await community.settle()
    assert len(community.posts("product-inbox")) == 1


async def test_it_ends_when_the_last_moderator_leaves(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    card = community.card_of(1)
    await community.react("mo", ROCKET, card, channel="ideas")
    await community.react("dmitri", ROCKET, card, channel="ideas", roles=MODERATOR)
    await community.settle()
    await community.react("mo", ROCKET, card, channel="ideas", added=False)
    await community.settle()
    inbox = community.card_of(1, "product-inbox")
    assert "took it back" not in community.shown(inbox)
    await community.react("dmitri", ROCKET, card, channel="ideas", added=False)
    await community.later(10)
    assert "took it back" in community.shown(inbox)


async def test_given_again_it_brings_the_same_card_back_to_life(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    card = community.card_of(1)
    for added in (True, False, True):
        await community.react("mo", ROCKET, card, channel="ideas", added=added)
        await community.later(10)
    assert len(community.posts("product-inbox")) == 1
    assert "took it back" not in community.shown(community.card_of(1, "product-inbox"))


async def test_taking_it_back_needs_no_role(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    card = community.card_of(1)
    await community.react("mo", ROCKET, card, channel="ideas")
    await community.settle()
    await community.react("ben", ROCKET, card, channel="ideas", added=False)
    await community.later(10)
    inbox = community.card_of(1, "product-inbox")
    assert "took it back" not in community.shown(inbox)
    await community.react("mo", ROCKET, card, channel="ideas", added=False, roles=frozenset())
    await community.later(10)
    assert "took it back" in community.shown(inbox)


async def test_once_the_team_has_acted_it_stays(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    card = community.card_of(1)
    await community.react("mo", ROCKET, card, channel="ideas")
    await community.settle()
    await community.press("pia", "decide:1:under_review:new")
    await community.react("mo", ROCKET, card, channel="ideas", added=False)
    await community.later(10)
    assert "took it back" not in community.shown(community.card_of(1, "product-inbox"))


async def test_a_removal_that_arrives_first_escalates_nothing(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    card = community.card_of(1)
    early, late = START + timedelta(minutes=1), START + timedelta(minutes=2)
    await community.react("mo", ROCKET, card, channel="ideas", added=False, at=late)
    await community.react("mo", ROCKET, card, channel="ideas", at=early)
    await community.settle()
    assert community.posts("product-inbox") == []


async def test_members_escalate_nothing(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.react("ben", ROCKET, community.card_of(1), channel="ideas")
    await community.settle()
    assert community.posts("product-inbox") == []


async def test_what_was_withdrawn_reaches_no_inbox(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.press("ana", "withdraw:1")
    await community.react("mo", ROCKET, community.card_of(1), channel="ideas")
    await community.settle()
    assert community.posts("product-inbox") == []


async def test_enough_votes_escalate_once(tight: Community) -> None:
    await tight.suggest("ana", "Dark mode")
    for who in ("ben", "chloé"):
        await tight.press(who, "vote:1")
    await tight.settle()
    assert tight.posts("product-inbox") == []
    await tight.press("dmitri", "vote:1")
    await tight.press("dmitri", "unvote:1")
    await tight.press("dmitri", "vote:1")
    await tight.settle()
    assert len(tight.posts("product-inbox")) == 1
    assert "Votes: 3" in tight.shown(tight.card_of(1, "product-inbox"))


async def test_a_merge_that_makes_enough_votes_escalates_too(tight: Community) -> None:
    await tight.suggest("ana", "Dark mode")
    await tight.suggest("ana", "Offline maps")
    for who, idea in (("ben", 1), ("chloé", 1), ("dmitri", 2)):
        await tight.press(who, f"vote:{idea}")
    await tight.submit("mo", "merge:2", {"into": "1"})
    await tight.settle()
    assert "#1 · Dark mode" in text_of(tight.posts("product-inbox")[0].message)


async def test_votes_hold_what_the_last_moderator_leaves(tight: Community) -> None:
    await tight.suggest("ana", "Dark mode")
    card = tight.card_of(1)
    await tight.react("mo", ROCKET, card, channel="ideas")
    for who in ("ben", "chloé", "dmitri"):
        await tight.press(who, "vote:1")
    await tight.react("mo", ROCKET, card, channel="ideas", added=False)
    await tight.later(10)
    assert "took it back" not in tight.shown(tight.card_of(1, "product-inbox"))


async def test_each_area_has_its_inbox(tight: Community) -> None:
    await tight.suggest("ana", "Swipe to archive", area="Mobile")
    await tight.suggest("ben", "Dark mode", area="Editor")
    for number in (1, 2):
        await tight.react("mo", ROCKET, tight.card_of(number), channel="ideas")
    await tight.settle()
    assert "#1 · Swipe" in text_of(tight.posts("mobile-inbox")[0].message)
    assert "#2 · Dark mode" in text_of(tight.posts("product-inbox")[0].message)
