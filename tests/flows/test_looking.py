"""`/ideas`: lists, search, single ideas, each as its viewer may see it."""

import pytest

from bot.results import Choices, Update
from tests.community import Community, buttons, said


async def test_the_most_wanted_come_first(community: Community) -> None:
    for title in ("Dark mode", "Offline maps", "Bigger font"):
        await community.suggest("ana", title)
    await community.press("ben", "vote:2")
    answer = await community.command("ben", "/ideas")
    assert said(answer).split("\n")[:2] == ["Most wanted", "#2 Offline maps · 1 vote · New"]
    assert said(await community.command("ben", "/ideas top")) == said(answer)
    (show, *_) = buttons(answer)
    assert "#2 · Offline maps" in said(await community.press("ben", str(show.action)))


async def test_lists_go_on_page_by_page(community: Community) -> None:
    for number in range(6):
        await community.suggest(f"member{number}", f"Idea {'abcdef'[number] * 7}")
    first = await community.command("ben", "/ideas new")
    assert [button.label for button in buttons(first)] == ["#6", "#5", "#4", "#3", "#2", "More"]
    second = await community.press("ben", str(buttons(first)[-1].action))
    assert isinstance(second, Update)
    assert [button.label for button in buttons(second)] == ["#1"]


async def test_mine_are_mine_and_waiting_wait(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.suggest("ben", "Offline maps")
    await community.press("pia", "decide:1:planned:new")
    await community.later(61)
    assert "#1 Dark mode" in said(await community.command("ana", "/ideas mine"))
    assert "#2" not in said(await community.command("ana", "/ideas mine"))
    assert "Dark mode" not in said(await community.command("ben", "/ideas waiting"))
    assert "Offline maps" in said(await community.command("ben", "/ideas waiting"))


async def test_a_pending_decision_moves_nothing_for_customers(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.submit("pia", "decline:1:new", {"reason": "Too dark"})
    assert "Dark mode · 0 votes · New" in said(await community.command("ben", "/ideas waiting"))
    assert "Dark mode" in said(await community.command("ben", "/ideas top"))


async def test_words_find_ideas_however_they_are_written(community: Community) -> None:
    await community.suggest("ana", "Überall dunkler Modus", body="Für die Augen")
    for words in ("dunkler", "UBERALL", "augen"):
        assert "#1 Überall" in said(await community.command("ben", f"/ideas {words}"))
    assert "Nothing here yet" in said(await community.command("ben", "/ideas maps"))


@pytest.mark.parametrize("typed", ["dark mode", "night modes", "dark mdoe", "dark mo", "DÁRK"])
async def test_one_search_answers_completes_and_offers(community: Community, typed: str) -> None:
    await community.suggest("ana", "Colours for the evening")
    await community.suggest("ana", "Dark mode for the editor")
    await community.suggest("ana", "Offline maps")
    await community.submit("mo", "merge:2", {"into": "1"})
    colours = Choices((("1", "#1 Colours for the evening"),))
    assert "#1 Colours" in (found := said(await community.command("ben", f"/ideas {typed}")))
    assert "#2" not in found
    assert "#3" not in found
    assert await community.choose("ben", "ideas", typed) == colours
    assert await community.choose("mo", "merge:3", typed) == colours


async def test_a_number_shows_the_idea_with_its_reason(community: Community) -> None:
    await community.suggest("ana", "Dark mode", body="For my eyes")
    await community.submit("pia", "decline:1:new", {"reason": "Too dark"})
    await community.later(61)
    for text in ("1", "#1", "  #1 "):
        shown = said(await community.command("ben", f"/ideas {text}"))
        assert "For my eyes" in shown
        assert "The team says: Too dark" in shown


@pytest.mark.parametrize("number", ["0", "2", "999999999", "99999999999999999999"])
async def test_what_does_not_exist_cannot_be_found(community: Community, number: str) -> None:
    await community.suggest("ana", "Dark mode")
    assert "I cannot find idea #" in said(await community.command("ben", f"/ideas {number}"))


async def test_a_shipped_idea_thanks_whoever_looks(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.press("ben", "vote:1")
    for status, seen in (("planned", "new"), ("shipped", "planned")):
        await community.press("pia", f"decide:1:{status}:{seen}")
        await community.later(61)
    shown = said(await community.command("dmitri", "/ideas 1"))
    assert "Asked for by Ana and 1 other. Thank you!" in shown


async def test_a_broken_page_shows_the_first_kind(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    assert "Nothing here yet" in said(await community.press("ben", "ideas:nonsense:5"))
    assert "no longer there" in said(await community.press("ben", "ideas"))


async def test_a_search_never_breaks(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    for words in ('"dark', "dark*", "a OR b", "💡", "' --", "NEAR(x)", "title:dark"):
        assert said(await community.command("ben", f"/ideas {words}"))


async def test_ideas_complete_while_somebody_types_and_only_those_they_may_see(
    tight: Community,
) -> None:
    message = tight.write("ana", "Our secret budget", channel="secret", private=True)
    await tight.react("mo", "💡", message.ref, channel="secret", private=True)
    await tight.settle()
    await tight.suggest("ana", "Dark mode")
    await tight.suggest("ben", "Offline maps")
    await tight.press("ana", "vote:3")
    dark, maps = ("2", "#2 Dark mode"), ("3", "#3 Offline maps")
    assert await tight.choose("ben", "ideas", "") == Choices((maps, dark))
    assert await tight.choose("ben", "ideas", "dark") == Choices((dark,))
    assert await tight.choose("ben", "ideas", " #3 ") == Choices((maps,))
    for hidden in ("1", "budget"):
        assert await tight.choose("ben", "ideas", hidden) == Choices(())
    assert await tight.choose("pia", "ideas", "budget") == Choices((("1", "#1 Our secret budget"),))
