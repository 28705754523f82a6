"""The bot's own page: what became of mine, what I follow, and for the team what waits."""

from bot.messages import Message
from tests.community import Community, buttons, form, labels, said, text_of


def _card(page: Message, title: str) -> str:
    """What stands under one heading."""
    (card,) = [card for card in page.cards if card.title == title]
    return text_of(Message(cards=(card,)))


async def test_a_newcomer_learns_how_to_suggest(community: Community) -> None:
    page = await community.open_home("ben")
    assert "Suggest one here, with /suggest, or from the menu of a message." in text_of(page)
    assert [card.title for card in page.cards] == ["Your ideas", "What you follow"]
    assert text_of(page).count("Nothing yet.") == 2
    assert labels(page) == ["Suggest an idea"]
    assert community.dump()["accounts"] == []


async def test_its_button_opens_the_form(community: Community) -> None:
    page = await community.open_home("ben")
    opened = form(await community.press("ben", str(page.buttons[0].action)))
    assert str(opened.action) == "suggest"
    answer = await community.submit("ben", str(opened.action), {"title": "Dark mode"})
    assert "Your idea is #1" in said(answer)


async def test_my_ideas_stand_there_with_their_state(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.suggest("ana", "Offline maps")
    await community.suggest("ben", "Bigger font")
    await community.press("ben", "vote:1")
    await community.press("pia", "decide:1:planned:new")
    await community.later(61)
    mine = _card(await community.open_home("ana"), "Your ideas")
    assert mine.splitlines()[1:3] == [
        "#2 Offline maps · 0 votes · New",
        "#1 Dark mode · 1 vote · Planned",
    ]
    assert "Bigger font" not in mine


async def test_what_i_follow_stands_there_until_i_stop(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.suggest("ana", "Please keep my place when I come back")
    for number in (1, 2):
        await community.press("ben", f"follow:{number}")
    await community.submit("mo", "merge:2", {"into": "1"})
    followed = _card(await community.open_home("ben"), "What you follow")
    assert "#1 Dark mode · 0 votes · New" in followed
    assert "#2 Please keep my place when I come back · 0 votes · Merged" in followed
    assert said(await community.command("ben", "/ideas following")) == followed.strip()
    await community.press("ben", "unfollow:1")
    assert "#1" not in _card(await community.open_home("ben"), "What you follow")


async def test_a_button_shows_the_idea(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    page = await community.open_home("ana")
    show = next(button for card in page.cards for button in card.buttons)
    assert "#1 · Dark mode" in said(await community.press("ana", str(show.action)))


async def test_for_the_team_what_waits_comes_first_the_longest_before_the_rest(
    community: Community,
) -> None:
    await community.suggest("ana", "Dark mode")
    await community.suggest("ben", "Offline maps")
    page = await community.open_home("pia")
    assert page.cards[0].title == "Waiting longest for an answer"
    assert [button.label for button in page.cards[0].buttons] == ["#1", "#2"]
    assert [button.label for button in page.buttons] == ["Suggest an idea", "Weekly digest"]
    await community.press("pia", "decide:1:planned:new")
    assert "#1" not in _card(await community.open_home("pia"), "Waiting longest for an answer")
    assert "Waiting" not in text_of(await community.open_home("mo"))


async def test_more_than_ten_go_on_behind_a_button(community: Community) -> None:
    for number in range(12):
        await community.suggest(f"member{number}", f"Idea {'abcdefghijkl'[number] * 7}")
    page = await community.open_home("pia")
    shown = page.cards[0].buttons
    assert [button.label for button in shown] == [*(f"#{n}" for n in range(1, 11)), "More"]
    rest = buttons(await community.press("pia", str(shown[-1].action)))
    assert [button.label for button in rest] == ["#11", "#12", "Weekly digest"]


async def test_ten_are_all_there_is_without_one(community: Community) -> None:
    for number in range(10):
        await community.suggest(f"member{number}", f"Idea {'abcdefghijkl'[number] * 7}")
    page = await community.open_home("pia")
    assert len(page.cards[0].buttons) == 10


async def test_what_one_may_not_see_is_not_there(tight: Community) -> None:
    message = tight.write("ana", "Our budget needs a dark mode", channel="secret", private=True)
    await tight.react("mo", "💡", message.ref, channel="secret", private=True)
    await tight.settle()
    await tight.press("ben", "follow:1")
    assert "dark mode" not in text_of(await tight.open_home("ben"))
    assert "dark mode" not in text_of(await tight.open_home("mo"))
    assert "dark mode" in text_of(await tight.open_home("ana"))
