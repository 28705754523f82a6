"""A moderator's 💡 makes an idea of a message; the message's menu does so for everybody."""

from datetime import timedelta

from bot.errors import DirectRefused
from tests.community import ROLES, START, Community, said, text_of

IDEA = "💡"


async def test_a_moderators_reaction_credits_the_messages_author(community: Community) -> None:
    message = community.write("ana", "We need a dark mode. My eyes hurt at night.")
    await community.react("mo", IDEA, message.ref)
    await community.settle()
    card = text_of(community.posts("ideas")[0].message)
    assert "#1 · We need a dark mode" in card
    assert "My eyes hurt at night." in card
    assert "Suggested by Ana" in card
    assert community.reactions(message.ref) == 1
    assert community.directs("mo") == []


async def test_the_author_is_told_and_may_object(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", IDEA, message.ref)
    await community.settle()
    assert "Your message is an idea now: #1 “We need a dark mode”" in community.directs("ana")[0]
    assert "withdrawn" in said(await community.press("ana", "withdraw:1"))
    await community.settle()
    assert "dark mode" not in community.shown(community.card_of(1))


async def test_an_author_who_takes_no_direct_messages_is_told_in_the_thread(
    community: Community,
) -> None:
    community.adapter.refuse["ana"] = DirectRefused("closed")
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", IDEA, message.ref)
    await community.settle()
    (told,) = community.posts("general")
    assert told.thread == message.ref
    assert "@Ana Your message is an idea now" in text_of(told.message)


async def test_a_moderators_own_message_needs_no_telling(community: Community) -> None:
    message = community.write("mo", "We need a dark mode")
    await community.react("mo", IDEA, message.ref)
    await community.settle()
    assert "Suggested by Mo" in text_of(community.posts("ideas")[0].message)
    assert community.directs("mo") == []


async def test_a_second_moderator_captures_nothing_twice(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", IDEA, message.ref)
    await community.react("pia", IDEA, message.ref, roles=ROLES["mo"])
    await community.settle()
    assert len(community.posts("ideas")) == 1
    assert len(community.directs("ana")) == 1
    await community.react("dmitri", IDEA, message.ref, roles=ROLES["mo"])
    await community.settle()
    assert len(community.posts("ideas")) == 1


async def test_a_capture_taken_back_before_it_was_read_makes_nothing(
    community: Community,
) -> None:
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", IDEA, message.ref)
    await community.react("mo", IDEA, message.ref, added=False)
    await community.settle()
    assert community.adapter.sent == []


async def test_a_removal_that_arrives_first_captures_nothing(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")
    early, late = START + timedelta(minutes=1), START + timedelta(minutes=2)
    await community.react("mo", IDEA, message.ref, added=False, at=late)
    await community.react("mo", IDEA, message.ref, at=early)
    await community.settle()
    assert community.adapter.sent == []


async def test_a_capture_taken_back_withdraws_the_idea_while_nothing_came_of_it(
    community: Community,
) -> None:
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", IDEA, message.ref)
    await community.settle()
    await community.react("mo", IDEA, message.ref, added=False)
    await community.settle()
    assert "This idea was withdrawn." in community.shown(community.card_of(1))
    await community.react("mo", IDEA, message.ref)
    await community.later(10)
    assert "We need a dark mode" in community.shown(community.card_of(1))


async def test_a_capture_taken_back_leaves_an_idea_others_support(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", IDEA, message.ref)
    await community.settle()
    await community.press("ben", "vote:1")
    await community.react("mo", IDEA, message.ref, added=False)
    await community.settle()
    assert "We need a dark mode" in community.shown(community.card_of(1))


async def test_taking_a_capture_back_needs_no_role(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", IDEA, message.ref)
    await community.settle()
    await community.react("mo", IDEA, message.ref, added=False, roles=frozenset())
    await community.settle()
    assert "This idea was withdrawn." in community.shown(community.card_of(1))


async def test_members_and_other_channels_capture_nothing(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")
    random = community.write("ana", "Lunch at noon would be nice", channel="random")
    await community.react("ben", IDEA, message.ref)
    await community.react("mo", IDEA, random.ref, channel="random")
    await community.settle()
    assert community.adapter.sent == []


async def test_a_message_without_words_or_gone_meanwhile_makes_nothing(
    community: Community,
) -> None:
    smile, gone = community.write("ana", "🙂🙂"), community.write("ana", "We need a dark mode")
    del community.adapter.messages[gone.ref]
    await community.react("mo", IDEA, smile.ref)
    await community.react("mo", IDEA, gone.ref)
    await community.settle()
    assert community.adapter.sent == []


async def test_a_private_channels_idea_goes_to_the_team_only(tight: Community) -> None:
    message = tight.write("ana", "Our budget needs a dark mode", channel="secret", private=True)
    await tight.react("mo", IDEA, message.ref, channel="secret", private=True)
    await tight.settle()
    assert tight.posts("ideas") == []
    assert "Our budget needs a dark mode" in text_of(tight.posts("product-inbox")[0].message)
    assert "cannot find" in said(await tight.command("ben", "/ideas 1"))


async def test_a_private_capture_taken_back_leaves_the_inbox_too(tight: Community) -> None:
    message = tight.write("ana", "Our budget needs a dark mode", channel="secret", private=True)
    await tight.react("mo", IDEA, message.ref, channel="secret", private=True)
    await tight.settle()
    await tight.react("mo", IDEA, message.ref, channel="secret", private=True, added=False)
    await tight.settle()
    assert "Withdrawn" in tight.shown(tight.card_of(1, "product-inbox"))
