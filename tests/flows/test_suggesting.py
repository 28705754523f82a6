"""From `/suggest` to a card on the board."""

import pytest

from bot.ideas import IdeaStatus
from bot.results import Invalid
from tests.community import Community, buttons, form, said, text_of


async def test_the_command_opens_a_form_with_the_title_filled_in(community: Community) -> None:
    answer = form(await community.command("ana", "/suggest dark mode"))
    assert [field.name for field in answer.fields] == ["title", "body", "job", "obstacle", "area"]
    assert answer.fields[0].value == "dark mode"


async def test_a_new_idea_is_thanked_for_and_posted_to_the_board(community: Community) -> None:
    answer = await community.submit(
        "ana", "suggest", {"title": "Dark mode", "job": "Write at night", "area": "Editor"}
    )
    await community.settle()
    assert "Your idea is #1" in said(answer)
    (card,) = community.posts("ideas")
    assert "#1 · Dark mode" in text_of(card.message)
    assert "Trying to: Write at night" in text_of(card.message)
    assert "Suggested by Ana · 0 votes" in text_of(card.message)


async def test_similar_ideas_are_offered_before_a_new_one_is_made(community: Community) -> None:
    await community.suggest("ana", "Dark mode for the editor")
    answer = await community.submit("ben", "suggest", {"title": "A dark mode in the editor"})
    assert "“Dark mode for the editor”" in said(answer)
    labels = [button.label for button in buttons(answer)]
    assert labels == ["No, mine is new", "Never mind", "Add my vote to #1"]
    await community.settle()
    assert len(community.posts("ideas")) == 1


async def test_an_offered_vote_takes_the_place_of_a_duplicate(community: Community) -> None:
    await community.suggest("ana", "Dark mode for the editor")
    await community.submit("ben", "suggest", {"title": "A dark mode in the editor"})
    answer = await community.press("ben", "join:1:1")
    assert "1 vote now" in said(answer)
    await community.later(16 * 60)
    assert len(community.posts("ideas")) == 1
    assert "1 vote" in community.shown(community.card_of(1))


async def test_an_unanswered_offer_is_posted_after_a_quarter_of_an_hour(
    community: Community,
) -> None:
    await community.suggest("ana", "Dark mode for the editor")
    await community.submit("ben", "suggest", {"title": "A dark mode in the editor"})
    await community.later(14 * 60)
    assert len(community.posts("ideas")) == 1
    await community.later(2 * 60)
    assert len(community.posts("ideas")) == 2
    assert "posted as new: #2" in community.directs("ben")[0]


async def test_never_mind_posts_nothing(community: Community) -> None:
    await community.suggest("ana", "Dark mode for the editor")
    await community.submit("ben", "suggest", {"title": "A dark mode in the editor"})
    assert "nothing is posted" in said(await community.press("ben", "drop:1"))
    await community.later(16 * 60)
    assert len(community.posts("ideas")) == 1


async def test_a_title_without_words_is_mended_with_all_that_was_typed(
    community: Community,
) -> None:
    answer = await community.submit("ana", "suggest", {"title": "🙂", "body": "So much to say"})
    assert isinstance(answer, Invalid)
    assert dict(answer.errors) == {"title": "Please write at least a word or two."}
    again = form(await community.press("ana", str(answer.retry)))
    assert {f.name: f.value for f in again.fields}["body"] == "So much to say"


async def test_the_card_goes_to_the_board_from_any_channel(community: Community) -> None:
    await community.suggest("ana", "Dark mode", channel="random")
    await community.suggest("ben", "Offline maps", channel="dm-ben", private=True)
    assert len(community.posts("ideas")) == 2
    assert "Offline maps" in said(await community.command("ana", "/ideas 2"))


async def test_a_channel_named_for_the_inbox_keeps_its_suggestions_there(
    tight: Community,
) -> None:
    answer = await tight.submit("ana", "suggest", {"title": "Our prices"}, channel="partners")
    assert "Your idea is #1" in said(answer)
    await tight.settle()
    assert tight.posts("ideas") == []
    assert "Our prices" in text_of(tight.posts("product-inbox")[0].message)


async def test_a_long_title_in_the_command_is_kept_whole(community: Community) -> None:
    long = "We need a dark mode, " * 10
    values = {
        f.name: f.value for f in form(await community.command("ana", f"/suggest {long}")).fields
    }
    assert len(values["title"]) <= 120
    assert values["body"] == long.strip()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "title"),
        ({"title": ""}, "title"),
        ({"title": " \n "}, "title"),
        ({"title": "A"}, "title"),
        ({"title": "🙂🎉"}, "title"),
        ({"title": "...!?"}, "title"),
        ({"title": "\u202e\u200b"}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "Dark mode", "body": "x" * 2_001}, "body"),
        ({"title": "Dark mode", "job": "x" * 2_001}, "job"),
        ({"title": "Dark mode", "obstacle": "x" * 2_001}, "obstacle"),
    ],
)
async def test_what_cannot_be_an_idea_gets_a_kind_sentence_and_is_kept(
    community: Community, values: dict[str, str], field: str
) -> None:
    answer = await community.submit("ana", "suggest", values)
    assert isinstance(answer, Invalid)
    ((name, sentence),) = answer.errors
    assert name == field
    assert sentence.startswith(("Please", "That is a little long"))
    again = form(await community.press("ana", str(answer.retry)))
    kept = {f.name: f.value for f in again.fields}
    assert {name: kept[name] for name in values} == values
    assert community.posts("ideas") == []


async def test_the_shortest_idea_is_two_letters_of_any_script(community: Community) -> None:
    assert "Your idea is #1" in said(await community.submit("ana", "suggest", {"title": "暗夜"}))


async def test_up_to_three_similar_ideas_are_offered(community: Community) -> None:
    for who in ("ben", "chloé", "dmitri", "mo"):
        await community.suggest(who, "Dark mode for the editor")
    answer = await community.submit("ana", "suggest", {"title": "Editor dark mode"})
    assert [b.action.name for b in buttons(answer)].count("join") == 3


async def test_a_declined_idea_is_offered_with_the_reason_and_no_vote(community: Community) -> None:
    await community.escalated("ana", "Dark mode for the editor")
    await community.submit("pia", "decline:1:new", {"reason": "The editor goes in spring"})
    before = await community.submit("ben", "suggest", {"title": "A dark mode in the editor"})
    assert "spring" not in said(before)
    assert "join" in [button.action.name for button in buttons(before)]
    await community.later(61)
    answer = await community.submit("ben", "suggest", {"title": "A dark mode in the editor"})
    assert "→ The team says: The editor goes in spring" in said(answer)
    assert "Declined · 0 votes" in said(answer)
    assert [button.action.name for button in buttons(answer)] == ["post", "drop", "show"]


async def test_a_merged_idea_is_offered_as_what_it_counts_for(community: Community) -> None:
    await community.suggest("ana", "Colours for the evening")
    await community.suggest("ben", "Dark mode for the editor")
    await community.submit("mo", "merge:2", {"into": "1"})
    answer = await community.submit("chloé", "suggest", {"title": "A dark mode in the editor"})
    assert "#1 “Colours for the evening”" in said(answer)
    assert "#2" not in said(answer)


async def test_a_merged_idea_comes_with_the_decision_on_what_it_counts_for(
    community: Community,
) -> None:
    await community.escalated("ana", "Colours for the evening")
    await community.suggest("ben", "Dark mode for the editor")
    await community.submit("mo", "merge:2", {"into": "1"})
    await community.submit("pia", "decline:1:new", {"reason": "It hurts our eyes"})
    await community.later(61)
    answer = await community.submit("chloé", "suggest", {"title": "A dark mode in the editor"})
    assert "#1 “Colours for the evening”" in said(answer)
    assert "→ The team says: It hurts our eyes" in said(answer)
    assert [button.action.name for button in buttons(answer)] == ["post", "drop", "show"]


async def test_an_idea_that_came_decided_is_offered_without_a_vote(community: Community) -> None:
    await community.suggest("ana", "Dark mode for the editor")
    async with community.database.transaction() as store:
        await store.set_status(1, IdeaStatus.SHIPPED, IdeaStatus.SHIPPED)
    answer = await community.submit("ben", "suggest", {"title": "A dark mode in the editor"})
    assert "Shipped · 0 votes" in said(answer)
    assert "The team says" not in said(answer)
    assert [button.action.name for button in buttons(answer)] == ["post", "drop", "show"]


async def test_what_stands_in_every_suggestion_makes_no_offer(community: Community) -> None:
    await community.suggest("ana", "Please could you add more fonts")
    for title in ("Please could you add more maps", "Could you please add some more?"):
        assert "Your idea is" in said(await community.submit("ben", "suggest", {"title": title}))


async def test_mine_is_new_posts_it_at_once_and_once(community: Community) -> None:
    await community.suggest("ana", "Dark mode for the editor")
    offer = await community.submit("ben", "suggest", {"title": "A dark mode in the editor"})
    new = next(b for b in buttons(offer) if b.action.name == "post")
    assert "Your idea is #2" in said(await community.press("ben", str(new.action)))
    assert "no longer there" in said(await community.press("ben", str(new.action)))
    await community.later(16 * 60)
    assert len(community.posts("ideas")) == 2
    assert community.directs("ben") == []


async def test_nobody_answers_an_offer_for_somebody_else(community: Community) -> None:
    await community.suggest("ana", "Dark mode for the editor")
    await community.submit("ben", "suggest", {"title": "A dark mode in the editor"})
    for action in ("post:1", "drop:1", "join:1:1", "retry:1"):
        assert "no longer there" in said(await community.press("chloé", action))


async def test_take_it_back_withdraws_what_was_posted(community: Community) -> None:
    answer = await community.submit("ana", "suggest", {"title": "Dark mode"})
    (back,) = buttons(answer)
    assert back.label == "Take it back"
    await community.settle()
    assert "withdrawn" in said(await community.press("ana", str(back.action)))
    await community.settle()
    assert "This idea was withdrawn." in community.shown(community.card_of(1))


async def test_a_third_idea_in_a_day_is_kept_for_tomorrow(tight: Community) -> None:
    await tight.suggest("ana", "Dark mode")
    await tight.suggest("ana", "Offline maps")
    answer = await tight.submit("ana", "suggest", {"title": "Bigger font", "body": "Much bigger"})
    assert "You have suggested 2 ideas since yesterday" in said(answer)
    (again,) = buttons(answer)
    assert again.label == "Edit and try again"
    kept = {f.name: f.value for f in form(await tight.press("ana", str(again.action))).fields}
    assert (kept["title"], kept["body"]) == ("Bigger font", "Much bigger")
    await tight.later(24 * 3600)
    assert "Your idea is #3" in said(await tight.submit("ana", "suggest", {"title": "Bigger font"}))


async def test_the_same_form_sent_twice_is_one_idea(community: Community) -> None:
    await community.submit("ana", "suggest", {"title": "Dark mode"})
    assert await community.bot.dispatch(community.events[-1]) is None
    await community.settle()
    assert len(community.posts("ideas")) == 1
