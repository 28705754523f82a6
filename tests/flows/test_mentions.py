"""A mention of the bot: "suggest …" makes that message an idea, "help" tells what there is."""

import pytest

from bot.refs import MessageRef, ThreadRef
from tests.community import Community, Where, labels, said, text_of

IDEAS: Where = {"channel": "ideas"}


def _direct(community: Community, who: str) -> MessageRef:
    """The last direct message somebody got."""
    sent = community.adapter.sent
    index = max(n for n, one in enumerate(sent, 1) if getattr(one, "account", None) and
                one.account.user == who)  # type: ignore[union-attr]  # fmt: skip
    return MessageRef(community.home, f"dm-{who}", f"p{index}")


async def test_the_message_becomes_an_idea_of_its_author_in_their_words(
    community: Community,
) -> None:
    message = await community.say_to_bot("ana", "suggest a dark mode. My eyes hurt at night.")
    await community.settle()
    card = text_of(community.posts("ideas")[0].message)
    assert "#1 · a dark mode\n" in card
    assert "My eyes hurt at night." in card
    assert "Suggested by Ana" in card
    assert community.reactions(message) == 1
    assert community.directs("ana") == []


@pytest.mark.parametrize(
    "text", ["Suggest: dark mode", "please suggest\ndark mode", "Suggestion – dark mode"]
)
async def test_however_it_is_begun(community: Community, text: str) -> None:
    await community.say_to_bot("ana", text)
    await community.settle()
    assert "#1 · dark mode" in text_of(community.posts("ideas")[0].message)


async def test_in_a_thread_the_idea_comes_from_there_with_its_link(community: Community) -> None:
    opening = community.write("ben", "What would you like next?")
    message = await community.say_to_bot("ana", "suggest a dark mode", opening.thread)
    await community.react("mo", "🚀", message)
    await community.settle()
    inbox = community.posts("product-inbox")[0].message
    assert f"url='/#general/{message.message}'" in str(inbox)
    await community.press("pia", "decide:1:planned:new")
    await community.later(60)
    (news,) = community.posts("general")
    assert news.thread == opening.ref
    assert "@Ana #1 “a dark mode” is planned." in text_of(news.message)


async def test_its_author_may_edit_the_message_and_delete_it(community: Community) -> None:
    message = await community.say_to_bot("ana", "suggest a dark mode")
    await community.settle()
    await community.change("ana", message, "suggest a night mode")
    await community.later(10)
    assert "#1 · a night mode" in community.shown(community.card_of(1))
    await community.change("ana", message, "suggest")
    await community.change("ana", message, "A grey mode")
    await community.later(10)
    assert "#1 · A grey mode" in community.shown(community.card_of(1))
    await community.delete(message)
    await community.later(10)
    assert "was withdrawn" in community.shown(community.card_of(1))


async def test_a_message_that_is_an_idea_already_is_none_again(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", "💡", message.ref)
    await community.settle()
    ref = await community.say_to_bot("ana", "suggest a dark mode")
    await community.react("mo", "💡", ref)
    await community.settle()
    assert len(community.posts("ideas")) == 2
    assert community.reactions(ref) == 1


async def test_elsewhere_one_is_told_where_ideas_are_collected(community: Community) -> None:
    message = await community.say_to_bot("ana", "suggest a dark mode", channel="random")
    await community.settle()
    assert community.posts("ideas") == []
    assert community.reactions(message) == 0
    (told,) = community.directs("ana")
    assert "in channels where ideas are collected. /suggest works everywhere." in told


async def test_a_word_without_an_idea_is_answered_with_an_example(community: Community) -> None:
    for text in ("suggest", "Suggest: ?"):
        await community.say_to_bot("ana", text)
    await community.settle()
    assert community.posts("ideas") == []
    assert "suggest a dark mode for the editor" in community.directs("ana")[0]
    assert len(community.directs("ana")) == 2


async def test_a_blocked_author_is_told_so(community: Community) -> None:
    number = await community.suggest("ana", "Buy my watches")
    await community.press("mo", f"block:{number}")
    await community.say_to_bot("ana", "suggest a dark mode")
    await community.settle()
    assert len(community.posts("ideas")) == 1
    assert "You cannot suggest ideas here" in community.directs("ana")[-1]


async def test_a_day_has_its_limit(tight: Community) -> None:
    for title in ("Dark mode", "Offline maps"):
        await tight.suggest("ana", title)
    await tight.say_to_bot("ana", "suggest a bigger font")
    await tight.settle()
    assert len(tight.posts("ideas")) == 2
    assert "You have suggested 2 ideas since yesterday" in tight.directs("ana")[-1]


async def test_a_private_channels_suggestion_goes_to_the_team_only(tight: Community) -> None:
    where: Where = {"channel": "secret", "private": True}
    await tight.say_to_bot("ana", "suggest a budget for dark mode", **where)
    await tight.settle()
    assert tight.posts("ideas") == []
    assert "a budget for dark mode" in text_of(tight.posts("product-inbox")[0].message)


async def test_who_asked_for_the_same_before_is_named_privately(community: Community) -> None:
    await community.suggest("ben", "Dark mode for the editor")
    await community.say_to_bot("ana", "suggest a dark mode in the editor")
    await community.settle()
    (told,) = community.directs("ana")
    assert "Your idea is posted: #2 “a dark mode in the editor”." in told
    assert "#1 “Dark mode for the editor”" in told
    assert labels(community.latest(_direct(community, "ana"))) == ["Add my vote to #1"]


async def test_a_vote_there_takes_ones_own_back_and_that_can_be_undone(
    community: Community,
) -> None:
    await community.suggest("ben", "Dark mode for the editor")
    await community.say_to_bot("ana", "suggest a dark mode in the editor")
    await community.settle()
    answer = said(await community.press("ana", "instead:2:1"))
    assert "Your vote for #1 “Dark mode for the editor” counts: 1 vote now." in answer
    assert "#2 is taken back." in answer
    await community.later(10)
    assert "1 vote" in community.shown(community.card_of(1))
    assert "was withdrawn" in community.shown(community.card_of(2))
    assert "back on the board" in said(await community.press("ana", "restore:2"))


async def test_ones_own_stays_when_something_came_of_it(community: Community) -> None:
    await community.suggest("ben", "Dark mode for the editor")
    await community.say_to_bot("ana", "suggest a dark mode in the editor")
    await community.settle()
    await community.press("pia", "decide:2:planned:new")
    answer = said(await community.press("ana", "instead:2:1"))
    assert "counts: 1 vote now" in answer
    assert "taken back" not in answer
    await community.submit("mo", "merge:1", {"into": "2"})
    assert "taken back" not in said(await community.press("ana", "instead:2:1"))


async def test_only_its_author_swaps_an_idea_for_a_vote(community: Community) -> None:
    await community.suggest("ben", "Dark mode for the editor")
    await community.say_to_bot("ana", "suggest a dark mode in the editor")
    await community.settle()
    assert "for others here to do" in said(await community.press("ben", "instead:2:1"))
    assert "cannot find idea #9" in said(await community.press("ana", "instead:2:9"))
    await community.later(10)
    assert "a dark mode in the editor" in community.shown(community.card_of(2))


async def test_it_is_not_offered_once_the_idea_is_gone(community: Community) -> None:
    await community.suggest("ben", "Dark mode for the editor")
    await community.say_to_bot("ana", "suggest a dark mode in the editor")
    await community.press("ana", "withdraw:2")
    await community.settle()
    assert community.directs("ana") == []


async def test_an_answer_that_begins_with_the_word_reaches_the_team(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", "💡", message.ref)
    await community.react("mo", "🚀", message.ref)
    await community.settle()
    await community.submit("pia", "ask:1", {"reason": "How would you do it?"})
    await community.settle()
    await community.say_to_bot("ana", "Suggest it when it gets dark outside", message.thread)
    await community.settle()
    assert len(community.posts("ideas")) == 1
    (answer,) = [post for post in community.posts("product-inbox") if post.thread]
    assert "Suggest it when it gets dark outside" in text_of(answer.message)


async def test_so_does_one_in_a_direct_message(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.react("mo", "🚀", community.card_of(1), **IDEAS)
    await community.submit("pia", "ask:1", {"reason": "How would you do it?"})
    await community.settle()
    await community.say_to_bot("ana", "Suggest it at night", channel="dm-ana")
    await community.settle()
    (answer,) = [post for post in community.posts("product-inbox") if post.thread]
    assert "Suggest it at night" in text_of(answer.message)


async def test_but_where_ideas_are_collected_a_suggestion_is_one_whatever_was_asked(
    community: Community,
) -> None:
    await community.suggest("ana", "Dark mode")
    await community.submit("pia", "ask:1", {"reason": "How would you do it?"})
    elsewhere = ThreadRef("playground", "general", "m99")
    await community.say_to_bot("ana", "suggest a bigger font")
    await community.say_to_bot("ana", "suggest offline maps", elsewhere)
    await community.settle()
    assert len([post for post in community.posts("ideas") if not post.thread]) == 3


async def test_help_comes_as_a_direct_message_even_to_the_muted(community: Community) -> None:
    await community.command("ana", "/sounding mute")
    for text in ("help", "Help me, please!"):
        await community.say_to_bot("ana", text)
    await community.settle()
    told, _ = community.directs("ana")
    for part in ("/suggest [title]", "Summarise thread", "Or mention me: suggest …"):
        assert part in told


async def test_the_same_words_to_others_ask_for_nothing(community: Community) -> None:
    for text in ("suggest a dark mode", "help", "suggested reading", "I suggest we wait"):
        await community.say_to_bot("ana", text, to_bot=False)
    await community.say_to_bot("ana", "suggested reading: none")
    await community.say_to_bot("ana", "I suggest we wait")
    await community.settle()
    assert community.adapter.sent == []
