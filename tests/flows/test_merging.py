"""Two ideas say the same: merged by people, undone exactly, and nobody sees too much."""

from bot.messages import Form, Link
from bot.ports import SendPost
from bot.refs import MessageRef
from bot.results import Choices, Invalid
from tests.community import Community, Where, buttons, form, labels, said, text_of
from tests.flows.test_forum_posts import opening


async def _two(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.suggest("ben", "Night theme")
    await community.press("chloé", "vote:1")
    await community.press("chloé", "vote:2")
    await community.press("dmitri", "vote:2")


async def test_a_moderator_merges_and_one_person_counts_once(community: Community) -> None:
    await _two(community)
    opened = form(await community.press("mo", "merge:2"))
    assert opened.fields[0].kind == "ideas"
    answer = await community.submit("mo", str(opened.action), {"into": "#1"})
    assert said(answer) == "#2 now counts for #1 “Dark mode”."
    await community.later(10)
    assert "2 votes" in community.shown(community.card_of(1))
    merged = community.shown(community.card_of(2))
    assert "Merged into #1 “Dark mode”. Every vote counts there." in merged
    assert "Status: Merged" in merged
    assert "2 votes" not in merged
    assert "#1 “Dark mode”, so they count together now" in community.directs("ben")[0]


async def _merged(community: Community) -> str:
    """What the card of the merged one says now."""
    await community.later(10)
    return community.shown(community.card_of(2))


async def test_the_merged_card_names_the_other_as_it_is_called_now(community: Community) -> None:
    await _two(community)
    await community.submit("mo", "merge:2", {"into": "1"})
    assert "Merged into #1 “Dark mode”." in await _merged(community)
    await community.submit("mo", "title:1", {"title": "A dark theme"})
    assert "Merged into #1 “A dark theme”." in await _merged(community)


async def test_the_merged_card_names_nothing_that_was_withdrawn(community: Community) -> None:
    await _two(community)
    await community.submit("mo", "merge:2", {"into": "1"})
    await community.submit("mo", "withdraw:1", {"reason": "Not meant for here"})
    assert "Merged into another idea." in await _merged(community)
    await community.press("mo", "restore:1")
    assert "Merged into #1 “Dark mode”." in await _merged(community)


async def test_the_merged_card_forgets_the_words_that_their_author_takes_away(
    community: Community,
) -> None:
    await _two(community)
    await community.submit("mo", "merge:2", {"into": "1"})
    assert "Dark mode" in await _merged(community)
    await community.press("ana", "forget:words")
    assert "Merged into another idea." in await _merged(community)


async def test_a_vote_on_the_merged_card_counts_for_the_other(community: Community) -> None:
    await _two(community)
    await community.submit("mo", "merge:2", {"into": "1"})
    assert "#1 “Dark mode” counts: 3 votes now" in said(await community.press("ben", "vote:2"))
    await community.press("ben", "unvote:1")
    await community.later(10)
    assert "2 votes" in community.shown(community.card_of(1))


async def test_un_merge_restores_both_exactly(community: Community) -> None:
    await _two(community)
    await community.settle()
    before = [community.shown(community.card_of(number)) for number in (1, 2)]
    answer = await community.submit("mo", "merge:2", {"into": "1"})
    (undo,) = buttons(answer)
    await community.later(10)
    assert "stands on its own again" in said(await community.press("mo", str(undo.action)))
    await community.later(10)
    assert [community.shown(community.card_of(number)) for number in (1, 2)] == before
    assert "is not merged" in said(await community.press("mo", str(undo.action)))


async def test_votes_given_meanwhile_stay_where_they_were_given(community: Community) -> None:
    await _two(community)
    await community.submit("mo", "merge:2", {"into": "1"})
    await community.press("ana", "vote:2")
    await community.press("ben", "vote:1")
    await community.press("mo", "unmerge:2")
    await community.later(10)
    assert "2 votes" in community.shown(community.card_of(1))
    assert "3 votes" in community.shown(community.card_of(2))


async def test_three_in_a_row_come_apart_exactly(community: Community) -> None:
    await _two(community)
    await community.suggest("dmitri", "Offline maps")
    await community.press("ana", "vote:3")
    await community.submit("mo", "merge:3", {"into": "2"})
    await community.submit("mo", "merge:2", {"into": "1"})
    await community.later(10)
    assert "3 votes" in community.shown(community.card_of(1))
    await community.press("mo", "unmerge:3")
    await community.press("mo", "unmerge:2")
    await community.later(10)
    shown = [community.shown(community.card_of(number)) for number in (1, 2, 3)]
    assert ["1 vote" in shown[0], "2 votes" in shown[1], "1 vote" in shown[2]] == [True] * 3


async def test_the_idea_merged_into_a_merged_one_counts_at_the_top(community: Community) -> None:
    await _two(community)
    await community.suggest("dmitri", "Offline maps")
    await community.submit("mo", "merge:2", {"into": "1"})
    answer = await community.submit("mo", "merge:3", {"into": "2"})
    assert "counts for #1" in said(answer)


async def test_no_circles_and_nothing_merged_twice(community: Community) -> None:
    await _two(community)
    assert "into itself" in said(await community.submit("mo", "merge:1", {"into": "1"}))
    await community.submit("mo", "merge:2", {"into": "1"})
    assert "into itself" in said(await community.submit("mo", "merge:1", {"into": "2"}))
    assert "merged already" in said(await community.submit("mo", "merge:2", {"into": "1"}))


async def test_nothing_is_merged_into_what_was_withdrawn(community: Community) -> None:
    await _two(community)
    await community.press("ana", "withdraw:1")
    assert "#1 was withdrawn" in said(await community.submit("mo", "merge:2", {"into": "1"}))


async def test_an_unknown_idea_is_mended_at_its_field(community: Community) -> None:
    await _two(community)
    for typed in ("9", "night", ""):
        answer = await community.submit("mo", "merge:2", {"into": typed})
        assert isinstance(answer, Invalid)
        assert "cannot find that idea" in dict(answer.errors)["into"]


async def test_typing_completes_ideas_by_words_or_number(community: Community) -> None:
    await _two(community)
    by_word = await community.choose("mo", "merge:2", "dark")
    assert by_word == Choices((("1", "#1 Dark mode"),))
    assert await community.choose("mo", "merge:2", "#1") == by_word
    assert await community.choose("mo", "merge:2", "2") == Choices(())
    assert await community.choose("ben", "merge:2", "dark") is None


async def test_the_product_team_calls_duplicates_too(community: Community) -> None:
    await _two(community)
    assert isinstance(await community.press("pia", "merge:2"), Form)
    await community.submit("pia", "merge:2", {"into": "1"})
    assert "#2 stands" in said(await community.press("pia", "unmerge:2"))


async def _inbox_only(tight: Community) -> None:
    """#1 is for the team only, #2 and #3 are Ben's and everybody's."""
    message = tight.write("ana", "Our secret budget", channel="secret", private=True)
    await tight.react("mo", "💡", message.ref, channel="secret", private=True)
    await tight.settle()
    await tight.suggest("ben", "Night theme")
    await tight.suggest("ben", "Offline maps")
    await tight.submit("pia", "merge:2", {"into": "1"})
    await tight.later(10)


async def test_the_card_of_a_public_idea_does_not_name_the_inbox_only_one(
    tight: Community,
) -> None:
    await _inbox_only(tight)
    assert "Merged into another idea." in tight.shown(tight.card_of(2))
    assert "Merged into another idea." in said(await tight.command("dmitri", "/ideas 2"))
    assert tight.directs("ben") == []


async def test_a_vote_for_it_does_not_name_the_inbox_only_one_either(tight: Community) -> None:
    await _inbox_only(tight)
    for action in ("vote:2", "vote:2", "unvote:2"):
        answer = said(await tight.press("dmitri", action))
        assert "secret" not in answer
        assert "#1" not in answer


async def test_a_moderator_who_merges_further_does_not_learn_of_it(tight: Community) -> None:
    await _inbox_only(tight)
    answer = said(await tight.submit("mo", "merge:3", {"into": "2"}))
    assert answer == "#3 now counts for #2 “Night theme”."


async def test_its_decision_reaches_the_others_without_its_words(tight: Community) -> None:
    await _inbox_only(tight)
    await tight.submit("pia", "decline:1:new", {"reason": "No secret budgets"})
    await tight.later(61)
    assert "Our secret budget" in tight.directs("ana")[-1]
    (told,) = tight.directs("ben")
    assert "will not be done" in told
    assert "secret" not in told
    assert "#1" not in told


async def test_who_sees_only_their_own_connection_is_not_told_of_another(
    two_connections: Community,
) -> None:
    await two_connections.suggest("ana", "Dark mode")
    await two_connections.suggest("ben", "Night theme", connection="fans", channel="fans-general")
    await two_connections.submit("pia", "merge:1", {"into": "2"})
    await two_connections.later(10)
    assert "Merged into another idea." in two_connections.shown(two_connections.card_of(1))
    assert two_connections.directs("ana") == []
    await two_connections.press("pia", "unmerge:1")
    await two_connections.submit("pia", "merge:2", {"into": "1"})
    await two_connections.later(10)
    card = two_connections.card_of(2, "fans-ideas")
    assert "Merged into #1 “Dark mode”" in two_connections.shown(card)
    assert "#1 “Dark mode”" in two_connections.directs("ben")[0]


async def test_the_inbox_card_of_a_merged_idea_says_where_it_went(community: Community) -> None:
    await _two(community)
    await community.react("mo", "🚀", community.card_of(2), channel="ideas")
    await community.settle()
    await community.submit("pia", "merge:2", {"into": "1"})
    await community.later(10)
    inbox = community.latest(community.card_of(2, "product-inbox"))
    assert "Merged into #1 “Dark mode”" in text_of(inbox)


async def _posted(community: Community, channel: str = "forum") -> None:
    """Ana's "Night theme" is #2, from a post in a forum."""
    community.adapter.forums.add(channel)
    await community.receive(opening(community, "Night theme", "My eyes hurt.", channel))
    await community.settle()


def _in_post(community: Community, channel: str = "forum") -> list[tuple[MessageRef, SendPost]]:
    """What we posted in it that is no card."""
    return [
        (MessageRef(community.home, "post1", f"p{index}"), sent)
        for index, sent in enumerate(community.adapter.sent, 1)
        if isinstance(sent, SendPost) and sent.channel.channel == channel and not sent.message.cards
    ]


async def test_a_forums_post_says_where_its_idea_went_and_that_it_is_back(
    reviewed: Community,
) -> None:
    message = reviewed.write("ben", "Dark mode for the editor, please")
    await reviewed.react("mo", "💡", message.ref)
    await reviewed.settle()
    await reviewed.suggest("ben", "Print preview")
    await _posted(reviewed)
    await reviewed.press("mo", "let_in:3")
    await reviewed.settle()
    await reviewed.submit("mo", "merge:3", {"into": "1"})
    await reviewed.later(10)
    ((there, told),) = _in_post(reviewed)
    assert reviewed.shown(there) == "This says the same as #1, so they count together now."
    assert Link("#1", message.permalink) in told.message.lines[0]
    assert labels(told.message) == ["Show #1"]
    assert "Dark mode" in said(await reviewed.press("ana", "show:1"))
    await reviewed.press("mo", "unmerge:3")
    await reviewed.later(10)
    assert reviewed.shown(there) == "This stands on its own again."
    await reviewed.submit("mo", "merge:3", {"into": "2"})
    await reviewed.later(10)
    assert "the same as #2" in reviewed.shown(there)
    assert len(_in_post(reviewed)) == 1


async def test_a_post_that_waits_for_a_moderator_says_it_too(reviewed: Community) -> None:
    await reviewed.suggest("ben", "Dark mode")
    await _posted(reviewed)
    await reviewed.submit("mo", "merge:2", {"into": "1"})
    await reviewed.later(10)
    ((there, told),) = _in_post(reviewed)
    assert told.thread == MessageRef(reviewed.home, "forum", "post1")
    assert "#2" not in reviewed.shown(there)


async def test_a_post_never_names_an_idea_that_its_readers_may_not_see(
    two_connections: Community,
) -> None:
    fans: Where = {"connection": "fans", "channel": "fans-general"}
    await two_connections.suggest("ben", "Dark mode", **fans)
    await _posted(two_connections, "general")
    await two_connections.submit("pia", "merge:2", {"into": "1"})
    await two_connections.later(10)
    ((there, told),) = _in_post(two_connections, "general")
    assert "the same as another idea" in two_connections.shown(there)
    assert "#1" not in str(told.message)
    assert "Dark mode" not in str(told.message)


async def test_taken_back_at_once_nothing_is_said(reviewed: Community) -> None:
    await reviewed.suggest("ben", "Dark mode")
    await _posted(reviewed)
    await reviewed.submit("mo", "merge:2", {"into": "1"})
    await reviewed.press("mo", "unmerge:2")
    await reviewed.later(10)
    assert _in_post(reviewed) == []


async def test_taken_back_and_merged_again_at_once_it_is_said_once(reviewed: Community) -> None:
    await reviewed.suggest("ben", "Dark mode")
    await _posted(reviewed)
    await reviewed.submit("mo", "merge:2", {"into": "1"})
    await reviewed.press("mo", "unmerge:2")
    await reviewed.submit("mo", "merge:2", {"into": "1"})
    await reviewed.later(10)
    assert len(_in_post(reviewed)) == 1


async def test_what_came_from_elsewhere_leaves_no_word(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    message = community.write("ben", "A night theme for the editor, please")
    await community.react("mo", "💡", message.ref)
    await community.settle()
    await community.submit("mo", "merge:2", {"into": "1"})
    await community.later(10)
    assert community.posts("general") == []
