"""A press of *Vote* is answered by the card itself, and what the queue has to add is spared."""

import asyncio
from pathlib import Path

import pytest

from adapters.discord.shown import Shown
from bot.events import ButtonPressed, CardAsked, Event
from bot.messages import Action, Button, Message
from bot.ports import SendEdit
from bot.refs import MessageRef
from bot.results import Answer, Update, Whisper
from tests.adapters.discord.company import Company, open_company, words_of
from tests.adapters.discord.listening import instead
from tests.discord import interactions
from tests.discord.failures import Failure, Refusal
from tests.discord.model import Message as Shows
from tests.discord.person import Person

TITLE = "Dark mode"
ANSWER = "POST /interactions/{interaction}/{token}/callback"
EDIT = "PATCH /channels/{channel}/messages/{message}"


async def suggest(company: Company) -> Shows:
    seen = await company.ana.slash(company.talk, "suggest", {"title": TITLE})
    await company.ana.submit(seen.modal, {"body": "My eyes hurt at night."})
    await company.pass_time()
    return company.card(company.ideas, TITLE)


def says(text: str, action: str = "") -> Message:
    buttons = (Button(action, Action.parse(action)),) if action else ()
    return Message(((text,),), buttons=buttons)


async def vote(company: Company, person: Person, card: Shows) -> Shows:
    """What is whispered after the press."""
    before = len(person.screen.ephemerals)
    seen = await person.press(card, "Vote")
    assert not seen.error
    await company.server.until(lambda: len(person.screen.ephemerals) > before)
    return person.screen.ephemerals[-1]


def answers(company: Company) -> list[interactions.Answer | None]:
    """How what was done so far was answered, in order."""
    return [one.answer for one in company.server.world.interactions.all.values()]


async def test_the_card_itself_is_the_answer_and_a_whisper_offers_the_way_back(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        whisper = await vote(company, company.ben, card)
        assert answers(company)[-1] is interactions.Answer.UPDATE
        assert "Suggested by Ana · 1 vote" in words_of(card)
        assert whisper.ephemeral
        assert "counts: 1 vote now." in words_of(whisper)
        await company.pass_time(30)
        assert not company.server.called(EDIT), "the queue has nothing to add"
        await company.ben.press(whisper, "Take my vote back")
        await company.pass_time(30)
        assert "Suggested by Ana · 0 votes" in words_of(card)
        assert len(company.server.called(EDIT)) == 1
        company.assert_clean()


async def test_a_vote_that_changes_nothing_is_whispered_only(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        await vote(company, company.ben, card)
        whisper = await vote(company, company.ben, card)
        assert answers(company)[-1] is interactions.Answer.MESSAGE
        assert "already support" in words_of(whisper)


async def test_votes_at_the_same_time_end_with_the_final_count(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        crowd = [company.fans.add_user(f"Fan {at}") for at in range(12)]
        await asyncio.gather(*(vote(company, person, card) for person in crowd))
        await company.pass_time(30)
        assert "Suggested by Ana · 12 votes" in words_of(card)
        assert len(company.server.called(EDIT)) <= 4
        company.assert_clean()


async def test_other_postings_of_the_idea_follow_by_the_queue(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        await company.mo.react(card, "🚀")
        await company.pass_time()
        await vote(company, company.ben, card)
        await company.pass_time(30)
        assert "1 vote" in words_of(card)
        assert "Votes" in company.inbox_card(TITLE).text
        assert "Asked for by Ana and 1 other" in company.inbox_card(TITLE).text
        company.assert_clean()


async def test_what_only_one_person_sees_is_no_card_and_the_board_follows(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        shown = await company.ben.slash(company.talk, "ideas", {company.option_of("ideas"): "1"})
        assert shown.message
        await company.ben.press(shown.message, "Vote")
        assert answers(company)[-1] is interactions.Answer.MESSAGE
        await company.pass_time(30)
        assert "1 vote" in words_of(card)
        assert len(company.server.called(EDIT)) == 1


async def test_a_card_that_cannot_be_the_answer_leaves_the_whisper(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        company.server.fail_next(ANSWER, Refusal(400, 50035))
        await vote(company, company.ben, card)
        assert answers(company)[-1] is interactions.Answer.MESSAGE
        assert "0 votes" in words_of(card)
        await company.pass_time(30)
        assert "1 vote" in words_of(card)
        assert len(company.server.called(EDIT)) == 1


async def test_nobody_relies_on_an_answer_that_may_not_have_arrived(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        company.server.fail_next(ANSWER, Failure.DROP)
        await company.ben.press(card, "Vote")
        await company.pass_time(30)
        assert "1 vote" in words_of(card)
        assert len(company.server.called(EDIT)) == 1


async def test_a_vote_that_takes_long_is_whispered_and_the_card_follows(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        company.answer = 0.0
        await company.restart()
        seen = await company.ben.press(card, "Vote")
        assert seen.message
        assert "1 vote now" in words_of(seen.message)
        await company.pass_time(30)
        assert "1 vote" in words_of(card)
        company.assert_clean()


async def test_a_vote_of_before_a_crash_is_shown_after_the_next_start(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        company.server.fail_next(ANSWER, Failure.DROP_BEFORE, times=2)
        await company.ben.press(card, "Vote")
        await company.restart()
        await company.pass_time(30)
        assert "1 vote" in words_of(card)


async def test_a_card_that_is_not_drawn_in_time_leaves_the_whisper(tmp_path: Path) -> None:
    async def sink(event: Event) -> Answer | None:
        if isinstance(event, CardAsked):
            await asyncio.Event().wait()
        redraws = isinstance(event, ButtonPressed)
        return Whisper(says("Your vote counts."), redraws=True) if redraws else None

    async with open_company(tmp_path) as company:
        card = await suggest(company)
        async with instead(company, sink, answer=0.2), asyncio.timeout(5):
            seen = await company.ben.press(card, "Vote")
        assert seen.message
        assert words_of(seen.message) == "Your vote counts."


async def test_a_message_that_became_the_answer_is_drawn_again(tmp_path: Path) -> None:
    async def sink(event: Event) -> Answer | None:
        return Update(says("Saved.")) if isinstance(event, ButtonPressed) else None

    async with open_company(tmp_path) as company:
        card = await suggest(company)
        ref = MessageRef("fans", card.channel.id, card.id)
        async with instead(company, sink) as adapter:
            await adapter.send(SendEdit(ref, says("Waits.", "restore:1")), "1")
            await company.ben.press(card, "restore:1")
            assert words_of(card) == "Saved."
            await adapter.send(SendEdit(ref, says("Waits.", "restore:1")), "2")
            assert words_of(card) == "Waits."


async def test_what_the_queue_drew_before_the_answer_is_not_shown_after_it(tmp_path: Path) -> None:
    async def sink(event: Event) -> Answer | None:
        if isinstance(event, ButtonPressed):
            pressed.set()
            await go_on.wait()
            return Whisper(says("Your vote counts."), redraws=True)
        return Update(says("2 votes")) if isinstance(event, CardAsked) else None

    pressed, go_on = asyncio.Event(), asyncio.Event()
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        ref = MessageRef("fans", card.channel.id, card.id)
        async with instead(company, sink) as adapter:
            pressing = asyncio.create_task(company.ben.press(card, "Vote"))
            await pressed.wait()
            editing = asyncio.create_task(adapter.send(SendEdit(ref, says("1 vote")), "1"))
            await asyncio.sleep(0)
            go_on.set()
            await asyncio.gather(pressing, editing)
            assert words_of(card) == "2 votes"
            await adapter.send(SendEdit(ref, says("3 votes")), "2")
            assert words_of(card) == "3 votes"


async def test_one_message_is_changed_by_one_at_a_time() -> None:
    shown, order = Shown(lambda: 0.0), list[str]()

    async def change(name: str, begun: asyncio.Event, go_on: asyncio.Event) -> None:
        async with shown.alone("m"):
            order.append(name)
            begun.set()
            await go_on.wait()

    first, done, never = asyncio.Event(), asyncio.Event(), asyncio.Event()
    never.set()
    assert shown.is_free("m")
    one = asyncio.create_task(change("one", first, done))
    await first.wait()
    two = asyncio.create_task(change("two", asyncio.Event(), never))
    async with shown.alone("other"):
        assert not shown.is_free("m")
        assert order == ["one"]
    done.set()
    await asyncio.gather(one, two)
    assert order == ["one", "two"]
    assert shown.is_free("m")


@pytest.mark.parametrize("seconds", [0, 3600])
async def test_what_is_shown_is_known_for_a_while(seconds: int) -> None:
    now = [0.0]
    shown = Shown(lambda: now[0])
    shown.changed("m", {"content": "1 vote"})
    now[0] += seconds
    assert shown.shows("m", {"content": "1 vote"}) is (seconds == 0)
    assert not shown.shows("m", {"content": "2 votes"})
    shown.changing("m")
    assert not shown.shows("m", {"content": "1 vote"})
