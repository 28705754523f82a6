"""Where an answer is shown: each surface of Slack takes it in a way of its own."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.adapters.slack.company import Company, open_company, words_of
from tests.slack.forms import labels
from tests.slack.person import Person


async def suggest(company: Company, title: str) -> None:
    """Ana suggests something that nobody thought of before."""
    await company.ana.command(company.general, f"/suggest {title}")
    await company.ana.submit(await company.modal(company.ana))
    company.ana.close()
    await company.pass_time()


async def sees(company: Company, person: Person, words: str) -> None:
    """Wait until somebody's modal says something."""

    def found() -> bool:
        view = person.screen.view
        return view is not None and words in words_of(view)

    await company.customers.until(found)


async def test_a_command_is_answered_in_its_acknowledgement(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        seen = await company.ana.command(company.general, "/sounding help")
        assert seen.message
        assert "/suggest" in seen.message.text
        assert not company.customers.called("response_url")
        company.assert_clean()


async def test_a_form_says_at_its_field_what_is_not_right_and_keeps_what_was_typed(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        await company.ana.command(company.general, "/suggest")
        form = await company.modal(company.ana)
        answer = await company.ana.submit(form, {"title": "🎉🎉", "body": "All of it"})
        assert list(answer.errors) == ["title"]
        assert company.ana.screen.view is form
        thanked = await company.ana.submit(form, {"title": "Dark mode"})
        assert thanked.view
        assert "Your idea is #1" in words_of(thanked.view)
        company.assert_clean()


async def test_similar_ideas_are_offered_in_the_form_and_joined_there(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await suggest(company, "Dark mode for the editor")
        await company.ben.command(company.general, "/suggest Dark mode for the editor")
        offer = (await company.ben.submit(await company.modal(company.ben), {})).view
        assert offer
        assert "Add my vote to #1" in labels(offer.blocks)
        await company.ben.press(offer, "Add my vote to #1")
        await sees(company, company.ben, "counts: 1 vote now")
        await company.pass_time()
        (card,) = (one for one in company.customers.messages(company.ideas) if one.user)
        assert "1 vote" in card.text
        company.assert_clean()


async def test_a_button_of_a_card_is_answered_privately_and_its_answer_replaces_itself(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        await suggest(company, "Dark mode")
        card = company.card(company.ideas, "Dark mode")
        await company.ben.press(card, "Vote")
        await company.notice(company.ben)
        await company.ben.press(card, "Vote")
        await company.customers.until(lambda: len(company.ben.screen.ephemerals) == 2)
        notice = company.ben.screen.ephemerals[-1]
        await company.ben.press(notice, "Take my vote back")
        await company.customers.until(lambda: "taken back" in notice.text)
        assert len(company.ben.screen.ephemerals) == 2
        company.assert_clean()


async def test_a_form_opens_from_a_card_and_from_a_private_notice(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await suggest(company, "Dark mode")
        await company.mo.press(company.card(company.ideas, "Dark mode"), "More…")
        notice = await company.notice(company.mo)
        await company.mo.press(notice, "Title…")
        form = await company.modal(company.mo)
        await company.mo.submit(form, {"title": "Dark mode at night"})
        await company.pass_time(30)
        card = company.card(company.ideas, "#1 · ")
        assert card.text.startswith("#1 · Dark mode at night")
        company.assert_clean()


async def test_a_field_completes_ideas_while_typing(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await suggest(company, "Dark mode")
        await suggest(company, "Export as CSV")
        await company.mo.press(company.card(company.ideas, "Export as CSV"), "More…")
        await company.mo.press(await company.notice(company.mo), "Merge into…")
        form = await company.modal(company.mo)
        options = await company.mo.type(form, "into", "dark")
        assert [option["text"]["text"] for option in options] == ["#1 Dark mode"]
        await company.mo.submit(form, {"into": "1"})
        await company.pass_time(30)
        assert "Merged into #1" in company.card(company.ideas, "Export as CSV").text
        company.assert_clean()


async def test_a_messages_menu_turns_it_into_an_idea(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        message = await company.ana.say(company.general, "I wish it could print <b> & more.")
        await company.ben.shortcut(message, "turn_into_idea")
        form = await company.modal(company.ben)
        assert form.fields["title"]["initial_value"] == "I wish it could print <b> & more"
        await company.ben.submit(form, {})
        await company.pass_time()
        card = company.card(company.ideas, "I wish it could print &lt;b&gt; &amp; more")
        assert "Suggested by Ana" in card.text
        assert company.customers.messages(company.general)[0].reactions == {
            "white_check_mark": [company.customers.bot.id]
        }
        company.assert_clean()


async def test_what_takes_long_is_acknowledged_first_and_answered_then(tmp_path: Path) -> None:
    async with open_company(tmp_path, answer=0.0) as company:
        seen = await company.ana.command(company.general, "/sounding help")
        assert seen.error is None
        assert "/suggest" in (await company.notice(company.ana)).text
        company.assert_clean()


async def test_a_form_that_takes_long_is_thanked_for_once_it_is_saved(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.ana.command(company.general, "/suggest Dark mode")
        form = await company.modal(company.ana)
        company.answer = 0.0
        await company.restart()
        saving = await company.ana.submit(form, {})
        assert saving.view
        await sees(company, company.ana, "Your idea is #1")
        company.assert_clean()


async def test_errors_that_come_late_are_shown_with_a_way_back_to_the_form(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.ana.command(company.general, "/suggest")
        form = await company.modal(company.ana)
        company.answer = 0.0
        await company.restart()
        await company.ana.submit(form, {"title": "🎉🎉", "body": "All of it"})
        await sees(company, company.ana, "at least a word or two")
        company.answer = 2.0
        await company.restart()
        await company.ana.press(await company.modal(company.ana), "Edit and try again")

        def is_form() -> bool:
            view = company.ana.screen.view
            return view is not None and bool(view.fields)

        await company.customers.until(is_form)
        again = await company.modal(company.ana)
        assert again.fields["body"]["initial_value"] == "All of it"
        company.assert_clean()


async def test_an_answer_in_hand_is_shown_before_the_bot_stops(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await suggest(company, "Dark mode")
        pressing = asyncio.create_task(
            company.ben.press(company.card(company.ideas, "Dark mode"), "Vote")
        )
        await company.customers.until(lambda: company.customers.pending)
        await company.stop()
        seen = await pressing
        assert seen.error is None
        assert "counts" in (await company.notice(company.ben)).text
        await company.start()


async def test_a_form_that_comes_too_late_is_apologised_for(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.fail_next("views.open", "expired_trigger_id")
        await company.ana.command(company.general, "/suggest Dark mode")
        assert "Please try again" in (await company.notice(company.ana)).text
        assert company.ana.screen.view is None


async def test_when_the_storage_fails_the_form_stays_open_with_what_was_typed(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        await company.ana.command(company.general, "/suggest Dark mode")
        form = await company.modal(company.ana)
        company.server.rules.ack_seconds = 0.2
        with closing(sqlite3.connect(tmp_path / "board.sqlite")) as file:
            file.execute("ALTER TABLE ideas RENAME TO elsewhere")
        answer = await company.ana.submit(form, {"body": "My eyes hurt."})
        assert answer.error
        assert company.ana.screen.view is form
