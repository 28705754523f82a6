"""From `/suggest` to a card on the board."""

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
