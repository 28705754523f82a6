"""Review first: an idea is its author's and the moderators' until one of them lets it in."""

import pytest

from bot.errors import DirectRefused
from bot.messages import Form
from bot.people import Role
from bot.refs import MessageRef
from bot.results import Choices
from tests.community import ROLES, Community, Where, buttons, labels, said, text_of
from tests.flows.test_forum_posts import opening

ROLES["mia"] = ROLES["mo"]
FORUM: Where = {"channel": "forum"}
FANS: Where = {"connection": "fans", "channel": "fans-general"}
HELD = "Waiting for a moderator"
KINDLY = {"reason": "This is about your invoice; billing@ can help."}


def offer_of(community: Community, channel: str = "moderators") -> MessageRef:
    """The latest thing offered to the moderators."""
    connection = "fans" if channel.startswith("fans") else "community"
    places = [
        getattr(getattr(s, "channel", None), "channel", "")
        for s in community.adapters[connection].sent
    ]
    return MessageRef(connection, channel, f"p{len(places) - [*reversed(places)].index(channel)}")


async def held(community: Community, title: str = "Dark mode") -> int:
    return await community.suggest("ana", title, "My eyes hurt", **FORUM)


async def test_its_author_is_told_and_the_moderators_are_asked(reviewed: Community) -> None:
    answer = await reviewed.submit("ana", "suggest", {"title": "Dark mode"}, **FORUM)
    assert "Thank you! Your idea is #1. A moderator looks at it first" in said(answer)
    await reviewed.settle()
    assert reviewed.posts("ideas") == []
    (offer,) = reviewed.posts("moderators")
    assert "waits for a moderator" in text_of(offer.message)
    assert "#1 · Dark mode" in text_of(offer.message)
    assert labels(offer.message) == ["Let it in", "Decline…", "Merge into…", "More…"]
    assert HELD in said(await reviewed.command("ana", "/ideas mine"))
    assert "Dark mode" in said(await reviewed.command("ana", "/ideas 1"))
    assert "Dark mode" in said(await reviewed.command("mo", "/ideas 1"))


@pytest.mark.parametrize("who", ["ben", "pia", "mo"])
async def test_nobody_else_comes_across_it(reviewed: Community, who: str) -> None:
    await held(reviewed)
    for where in (FORUM, FANS):
        for text in ("top", "new", "waiting", "following", "dark mode"):
            assert "Dark mode" not in said(await reviewed.command(who, f"/ideas {text}", **where))
        assert await reviewed.choose(who, "ideas", "dark", **where) == Choices(())
    assert "cannot find idea #1" in said(await reviewed.command(who, "/ideas 1", **FANS))
    if who != "mo":
        assert "cannot find idea #1" in said(await reviewed.command(who, "/ideas 1"))
        assert "cannot find idea #1" in said(await reviewed.press(who, "vote:1"))
    answer = await reviewed.submit(who, "suggest", {"title": "Dark mode"})
    assert "Thank you" in said(answer), "it is not offered as similar"


async def test_let_in_it_is_on_the_board_and_its_author_hears_of_it(reviewed: Community) -> None:
    await held(reviewed)
    answer = await reviewed.press("mo", "let_in:1", channel="moderators")
    assert "#1 is on the board" in said(answer)
    await reviewed.settle()
    card = reviewed.shown(reviewed.card_of(1))
    assert "#1 · Dark mode" in card
    assert "Status: New" in card
    assert "Mo let this in" in reviewed.shown(offer_of(reviewed))
    assert labels(reviewed.latest(offer_of(reviewed))) == []
    assert reviewed.directs("ana") == []
    await reviewed.later(61)
    assert reviewed.directs("ana") == ["#1 “Dark mode” is on the board now. Thank you for it!"]
    assert "1 vote now" in said(await reviewed.press("ben", "vote:1"))


async def test_the_second_to_look_changes_nothing(reviewed: Community) -> None:
    await held(reviewed)
    assert isinstance(await reviewed.press("mia", "refuse:1", channel="moderators"), Form)
    await reviewed.press("mo", "let_in:1", channel="moderators")
    late = await reviewed.submit("mia", "refuse:1", KINDLY, channel="moderators")
    assert "Somebody has looked at #1 already" in said(late)
    for press in ("let_in:1", "refuse:1"):
        assert "looked at #1 already" in said(await reviewed.press("mia", press))
    await reviewed.later(61)
    assert len(reviewed.posts("ideas")) == 1
    assert len(reviewed.directs("ana")) == 1


async def test_refused_its_author_reads_why_and_nobody_else_sees_it(reviewed: Community) -> None:
    await held(reviewed)
    await reviewed.press("mo", "refuse:1", channel="moderators")
    empty = await reviewed.submit("mo", "refuse:1", {"reason": " "}, channel="moderators")
    assert buttons(empty) == []
    answer = await reviewed.submit("mo", "refuse:1", KINDLY, channel="moderators")
    assert "stays off the board" in said(answer)
    await reviewed.later(61)
    assert reviewed.posts("ideas") == []
    (told,) = reviewed.directs("ana")
    assert told.startswith("Thank you for #1 “Dark mode”. A moderator looked at it")
    assert KINDLY["reason"] in told
    assert "Mo did not let this in" in reviewed.shown(offer_of(reviewed))
    assert "cannot find" in said(await reviewed.command("ben", "/ideas 1"))
    assert "looked at #1 already" in said(await reviewed.press("mo", "let_in:1"))


async def test_a_refusal_can_be_taken_back(reviewed: Community) -> None:
    await held(reviewed)
    await reviewed.submit("mo", "refuse:1", KINDLY)
    assert "waits for a moderator again" in said(await reviewed.press("mia", "restore:1"))
    await reviewed.later(61)
    assert reviewed.directs("ana") == [], "nobody was told within the minute"
    await reviewed.press("mia", "let_in:1")
    await reviewed.later(61)
    assert len(reviewed.posts("ideas")) == 1
    assert len(reviewed.directs("ana")) == 1


async def test_let_in_by_mistake_it_is_held_again(reviewed: Community) -> None:
    await held(reviewed)
    await reviewed.press("mo", "let_in:1")
    await reviewed.settle()
    assert "waits for a moderator again" in said(await reviewed.press("mo", "hold:1"))
    await reviewed.later(61)
    card = reviewed.card_of(1)
    assert reviewed.shown(card) == "#1\nA moderator is looking at this idea.\n"
    assert reviewed.directs("ana") == []
    assert "cannot find" in said(await reviewed.press("ben", "vote:1"))
    await reviewed.press("mo", "let_in:1")
    await reviewed.later(61)
    assert "Dark mode" in reviewed.shown(card)
    assert len(reviewed.posts("ideas")) == 1
    assert len(reviewed.directs("ana")) == 1


async def test_who_was_told_hears_that_it_is_held_again(reviewed: Community) -> None:
    await held(reviewed)
    await reviewed.press("mo", "let_in:1")
    await reviewed.later(61)
    await reviewed.press("mo", "hold:1")
    await reviewed.later(61)
    assert reviewed.directs("ana")[1:] == [
        "A correction: #1 “Dark mode” waits for a moderator again."
    ]


@pytest.mark.parametrize("act", ["vote", "escalate", "decide"])
async def test_once_something_came_of_it_it_is_not_held_again(
    reviewed: Community, act: str
) -> None:
    await held(reviewed)
    await reviewed.press("mo", "let_in:1")
    await reviewed.settle()
    if act == "vote":
        await reviewed.press("ben", "vote:1")
    elif act == "decide":
        await reviewed.press("pia", "decide:1:planned:new")
    else:
        await reviewed.react("mo", "🚀", reviewed.card_of(1), channel="ideas")
    assert "Something has come of #1" in said(await reviewed.press("mo", "hold:1"))


async def test_an_escalation_is_taken_back_though_a_moderator_let_it_in(
    reviewed: Community,
) -> None:
    await held(reviewed)
    await reviewed.press("mo", "let_in:1")
    await reviewed.settle()
    for added in (True, False):
        await reviewed.react("mo", "🚀", reviewed.card_of(1), added=added, channel="ideas")
    await reviewed.later(10)
    assert "took it back" in reviewed.shown(reviewed.card_of(1, "product-inbox"))


async def test_a_forum_post_waits_and_gets_its_card_in_itself(reviewed: Community) -> None:
    await reviewed.receive(opening(reviewed, "Dark mode", "My eyes hurt.", "forum"))
    await reviewed.settle()
    post = MessageRef("community", "forum", "post1")
    assert reviewed.reactions(post) == 1
    assert reviewed.posts("forum") == []
    (told,) = reviewed.directs("ana")
    assert told.startswith("Thank you! Your idea is #1. A moderator looks at it first")
    await reviewed.press("mo", "let_in:1")
    await reviewed.later(61)
    (card,) = reviewed.posts("forum")
    assert card.thread == post
    assert reviewed.posts("ideas") == []


async def test_by_mention_it_waits_too(reviewed: Community) -> None:
    await reviewed.say_to_bot("ana", "suggest Dark mode for the editor", **FORUM)
    await reviewed.settle()
    assert "A moderator looks at it first" in reviewed.directs("ana")[0]
    assert reviewed.posts("ideas") == []


async def test_somebody_elses_message_waits_and_both_know(reviewed: Community) -> None:
    message = reviewed.write("ana", "Dark mode would help my eyes", **FORUM)
    await reviewed.use_menu("ben", message, **FORUM)
    answer = await reviewed.submit("ben", "suggest:1", {"title": "Dark mode"}, **FORUM)
    assert "A moderator looks at it first, as an idea in Ana's name" in said(answer)
    assert "#1" not in said(answer)
    await reviewed.settle()
    assert "A moderator looks at it first" in reviewed.directs("ana")[0]
    assert "product team" not in reviewed.directs("ana")[0]
    assert "cannot find" in said(await reviewed.command("ben", "/ideas 1"))


async def test_what_moderators_bring_in_needs_no_look(reviewed: Community) -> None:
    await reviewed.suggest("mo", "Dark mode", **FORUM)
    message = reviewed.write("ana", "A night theme would help my eyes", **FORUM)
    await reviewed.react("mo", "💡", message.ref, **FORUM)
    await reviewed.settle()
    assert len(reviewed.posts("ideas")) == 2
    assert reviewed.posts("moderators") == []


@pytest.mark.parametrize(("sign", "inbox"), [("💡", 0), ("🚀", 1)])
async def test_a_moderators_reaction_lets_in_what_waits(
    reviewed: Community, sign: str, inbox: int
) -> None:
    await reviewed.receive(opening(reviewed, "Dark mode", "My eyes hurt.", "forum"))
    await reviewed.settle()
    await reviewed.react("ben", sign, MessageRef("community", "forum", "post1"), **FORUM)
    assert reviewed.posts("forum") == []
    await reviewed.react("mo", sign, MessageRef("community", "forum", "post1"), **FORUM)
    await reviewed.later(61)
    assert len(reviewed.posts("forum")) == 1
    assert len(reviewed.posts("product-inbox")) == inbox


@pytest.mark.parametrize(("sign", "inbox"), [("💡", 0), ("🚀", 1)])
async def test_suggested_while_a_moderators_reaction_is_looked_at_it_does_not_wait(
    reviewed: Community, sign: str, inbox: int
) -> None:
    message = reviewed.write("ana", "Dark mode would help my eyes", **FORUM)

    async def meanwhile() -> None:
        await reviewed.use_menu("ben", message, **FORUM)
        await reviewed.submit("ben", "suggest:1", {"title": "Dark mode"}, **FORUM)

    reviewed.adapter.meanwhile = meanwhile
    await reviewed.react("mo", sign, message.ref, **FORUM)
    await reviewed.later(61)
    assert "Mo let this in" in reviewed.shown(offer_of(reviewed))
    assert len(reviewed.posts("ideas")) == 1
    assert len(reviewed.posts("product-inbox")) == inbox


async def test_an_unanswered_offer_waits_afterwards(reviewed: Community) -> None:
    await reviewed.suggest("ben", "Dark mode for the editor")
    await reviewed.submit("ana", "suggest", {"title": "Dark mode in the editor"}, **FORUM)
    await reviewed.later(901)
    assert "A moderator looks at it first" in reviewed.directs("ana")[0]
    await reviewed.submit("mo", "suggest", {"title": "Dark mode in the editor"}, **FORUM)
    await reviewed.later(901)
    assert len(reviewed.posts("moderators")) == 1, "a moderator's own needs no look"
    assert len(reviewed.posts("ideas")) == 2


async def test_a_reviewed_board_takes_nothing_unseen(reviewed: Community) -> None:
    await reviewed.suggest("ana", "Dark mode", **FANS)
    assert reviewed.posts("fans-ideas") == []
    assert len(reviewed.posts("fans-moderators")) == 1
    assert "cannot find" in said(await reviewed.press("mo", "let_in:1")), "not their connection"
    await reviewed.press("mo", "let_in:1", **FANS)
    await reviewed.settle()
    assert len(reviewed.posts("fans-ideas")) == 1


async def test_what_is_for_the_inbox_only_is_not_for_moderators(reviewed: Community) -> None:
    message = reviewed.write("ana", "Dark mode", connection="fans", channel="fans-hidden",
                             private=True)  # fmt: skip
    await reviewed.use_menu("ana", message, connection="fans", channel="fans-hidden")
    await reviewed.submit("ana", "suggest:1", {"title": "Dark mode"}, **FANS)
    await reviewed.settle()
    assert reviewed.posts("fans-moderators") == []
    assert len(reviewed.posts("product-inbox")) == 1


async def test_it_may_count_for_another_one_unseen(reviewed: Community) -> None:
    await reviewed.suggest("ben", "Night theme")
    await held(reviewed)
    assert "#2 waits" in said(await reviewed.submit("mo", "merge:1", {"into": "2"}))
    await reviewed.submit("mo", "merge:2", {"into": "1"})
    await reviewed.later(61)
    assert "#2" not in "".join(text_of(post.message) for post in reviewed.posts("ideas"))
    assert "It counts for #1" in reviewed.shown(offer_of(reviewed))
    assert "is merged already" in said(await reviewed.press("mo", "let_in:2"))
    assert "cannot find" in said(await reviewed.command("ben", "/ideas 2"))
    await reviewed.press("mo", "unmerge:2")
    await reviewed.press("mo", "let_in:2")
    await reviewed.settle()
    assert len(reviewed.posts("ideas")) == 2


async def test_a_deleted_message_takes_what_waits_along(reviewed: Community) -> None:
    await reviewed.receive(opening(reviewed, "Dark mode", "My eyes hurt.", "forum"))
    await reviewed.settle()
    await reviewed.delete(MessageRef("community", "forum", "post1"))
    await reviewed.settle()
    assert "Dark mode" not in reviewed.shown(offer_of(reviewed))
    assert "looked at #1 already" in said(await reviewed.press("mo", "let_in:1"))


async def test_erased_words_are_gone_from_the_offer(reviewed: Community) -> None:
    await held(reviewed)
    await reviewed.press("ana", "forget:words")
    await reviewed.settle()
    assert "Dark mode" not in reviewed.shown(offer_of(reviewed))


async def test_its_author_may_better_it_or_take_it_back(reviewed: Community) -> None:
    await held(reviewed)
    assert isinstance(await reviewed.press("ana", "edit:1"), Form)
    await reviewed.submit("ana", "edit:1", {"title": "Dark mode in the editor"})
    await reviewed.later(10)
    assert "Dark mode in the editor" in reviewed.shown(offer_of(reviewed))
    assert "waits for a moderator" in said(await reviewed.press("ana", "vote:1"))
    await reviewed.press("ana", "withdraw:1")
    await reviewed.later(61)
    assert "Dark mode" not in reviewed.shown(offer_of(reviewed))
    await reviewed.press("ana", "restore:1")
    await reviewed.later(10)
    assert "Let it in" in labels(reviewed.latest(offer_of(reviewed)))
    assert HELD in said(await reviewed.command("ana", "/ideas mine"))


async def test_more_offers_the_same_when_the_offer_is_lost(reviewed: Community) -> None:
    await held(reviewed)
    assert {"Let it in", "Decline…"} <= {
        b.label for b in buttons(await reviewed.press("mo", "more:1"))
    }
    author = {b.label for b in buttons(await reviewed.press("ana", "more:1"))}
    assert author == {"Edit", "Withdraw"}


async def test_the_product_team_neither_decides_nor_asks_before(reviewed: Community) -> None:
    await held(reviewed)
    both: Where = {"roles": frozenset({Role.PRODUCT, Role.MODERATOR})}
    reason = {"reason": "Soon"}
    for press in ("decide:1:planned:held", "decide:1:new:held"):
        assert "cannot go there" in said(await reviewed.press("pia", press, **both))
    for form in ("answer:1", "ask:1"):
        assert "#1 waits" in said(await reviewed.submit("pia", form, reason, **both))
        assert "cannot find" in said(await reviewed.submit("pia", form, reason))


async def test_the_offer_does_not_say_that_nobody_decided_when_somebody_did(
    reviewed: Community,
) -> None:
    await held(reviewed)
    await reviewed.press("mo", "let_in:1")
    await reviewed.press("ana", "withdraw:1")
    await reviewed.later(61)
    assert reviewed.shown(offer_of(reviewed)) == "#1 was withdrawn."


async def test_taken_back_on_an_account_that_is_unlinked_since_nobody_refused_it(
    reviewed: Community,
) -> None:
    await held(reviewed)
    await reviewed.link("anafan", to="ana", **FANS)
    await reviewed.press("anafan", "withdraw:1", **FANS)
    await reviewed.command("anafan", "/sounding unlink", **FANS)
    await reviewed.later(61)
    assert reviewed.directs("ana") == ["#1 “Dark mode” was withdrawn."]
    assert "Dark mode" not in reviewed.shown(offer_of(reviewed))


async def test_a_refusal_outlives_the_moderator_who_is_forgotten(reviewed: Community) -> None:
    await held(reviewed)
    await reviewed.submit("mo", "refuse:1", KINDLY)
    await reviewed.press("mo", "forget:keep")
    await reviewed.later(61)
    (told,) = reviewed.directs("ana")
    assert "stays off the board" in told
    assert "A moderator did not let this in" in reviewed.shown(offer_of(reviewed))


async def test_who_follows_it_hears_nothing_of_what_moderators_do(reviewed: Community) -> None:
    await held(reviewed)
    await reviewed.press("mo", "let_in:1")
    await reviewed.later(61)
    await reviewed.press("ben", "follow:1")
    await reviewed.press("mo", "hold:1")
    await reviewed.later(61)
    await reviewed.submit("mo", "refuse:1", KINDLY)
    await reviewed.later(61)
    assert len(reviewed.directs("ana")) == 3
    assert reviewed.directs("ben") == []


@pytest.mark.parametrize("who", ["ana", "ben"])
async def test_what_waits_is_not_said_in_public_where_a_direct_message_is_refused(
    reviewed: Community, who: str
) -> None:
    message = reviewed.write("ana", "What a nice day this is", **FORUM)
    reviewed.adapter.refuse["ana"] = DirectRefused("closed")
    await reviewed.use_menu(who, message, **FORUM)
    await reviewed.submit(who, "suggest:1", {"title": "Cheap watches"}, **FORUM)
    await reviewed.settle()
    assert "Cheap watches" not in str(reviewed.posts("forum"))
