"""What stays true when one thing follows another."""

from bot.messages import Form
from tests.community import Community, buttons, said, text_of


async def test_an_answer_leaves_the_reason_of_a_decline_on_the_card(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.submit("pia", "decline:1:new", {"reason": "Paper is white"})
    await community.later(61)
    await community.submit("pia", "answer:1", {"reason": "But thank you"})
    await community.later(61)
    await community.press("ben", "vote:1")
    await community.later(11)
    assert "The team says: Paper is white" in community.shown(community.card_of(1))


async def test_offers_left_open_count_towards_the_daily_limit(tight: Community) -> None:
    await tight.suggest("ana", "Dark mode for the editor")
    limit = tight.config.capture.daily_limit
    for _ in range(limit):
        await tight.submit("ben", "suggest", {"title": "A dark mode in the editor"})
    answer = await tight.submit("ben", "suggest", {"title": "A dark mode in the editor"})
    assert "which is the limit" in said(answer)


async def test_who_captures_for_others_may_still_suggest(tight: Community) -> None:
    for _ in range(tight.config.capture.daily_limit + 1):
        message = tight.write(
            "ana", "The export forgets my footnotes every time", channel="general"
        )
        await tight.react("mo", "💡", message.ref)
    await tight.settle()
    assert await tight.suggest("mo", "A quieter bell")


async def test_merging_takes_an_escalation_along_and_unmerging_gives_it_back(
    community: Community,
) -> None:
    await community.suggest("ana", "Dark mode")
    await community.suggest("ben", "Night colours")
    await community.react("mo", "🚀", community.card_of(1))
    await community.settle()
    await community.submit("mo", "merge:1", {"into": "2"})
    await community.settle()
    assert text_of(community.posts("product-inbox")[-1].message).startswith("#2 · Night colours")
    await community.press("mo", "unmerge:1")
    await community.later(11)
    inbox_card = community.card_of(2, "product-inbox")
    assert "took it back" in community.shown(inbox_card)


async def test_a_question_to_the_author_keeps_an_idea_in_the_inbox(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.react("mo", "🚀", community.card_of(1))
    await community.settle()
    await community.submit("pia", "ask:1", {"reason": "Which screens?"})
    await community.react("mo", "🚀", community.card_of(1), added=False)
    await community.later(11)
    assert "took it back" not in community.shown(community.card_of(1, "product-inbox"))


async def test_only_its_author_brings_back_what_they_withdrew(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.press("ana", "withdraw:1")
    assert "others here" in said(await community.press("mo", "restore:1"))
    assert "Bring it back" not in [b.label for b in buttons(await community.press("mo", "more:1"))]
    assert "back on the board" in said(await community.press("ana", "restore:1"))


async def test_only_moderators_bring_back_what_they_withdrew(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.submit("mo", "withdraw:1", {"reason": "Off topic"})
    assert "others here" in said(await community.press("ana", "restore:1"))
    assert "back on the board" in said(await community.press("mo", "restore:1"))


async def test_forgetting_somebody_forgets_their_message_in_another_persons_form(
    community: Community,
) -> None:
    message = community.write("dmitri", "The saxophone ate my chapter", channel="general")
    assert isinstance(await community.use_menu("ana", message), Form)
    await community.command("dmitri", "/sounding mute")
    await community.press("dmitri", "forget:words")
    assert "saxophone" not in repr(community.dump())
