"""Buttons: heard once each, wherever they are, and answered even when something breaks."""

import asyncio
from pathlib import Path

from structlog.testing import capture_logs

from bot.events import Event
from bot.results import Answer
from tests.adapters.discord.company import Company, open_company, words_of
from tests.adapters.discord.listening import instead
from tests.discord.model import Message

TITLE = "Dark mode"
ANSWER = "POST /interactions/{interaction}/{token}/callback"


async def suggest(company: Company) -> Message:
    seen = await company.ana.slash(company.talk, "suggest", {"title": TITLE})
    await company.ana.submit(seen.modal, {"body": "My eyes hurt at night."})
    await company.pass_time()
    return company.card(company.ideas, TITLE)


async def broken(_event: Event) -> Answer | None:
    """A bot in which nothing works."""
    raise RuntimeError("broken")


async def test_a_press_is_heard_once(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        before = len(company.server.called(ANSWER))
        seen = await company.ben.press(card, "More…")
        assert seen.message
        again = await company.ana.press(card, "More…")
        await company.pass_time()
        assert len(company.server.called(ANSWER)) == before + 2
        assert again.message
        company.assert_clean()


async def test_a_private_notice_keeps_its_buttons_after_a_restart(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        await company.ben.press(card, "Vote")
        await company.server.until(lambda: company.ben.screen.ephemeral)
        (whisper,) = company.ben.screen.ephemerals
        await company.restart()
        await company.ben.press(whisper, "Take my vote back")
        assert words_of(whisper) == "Your vote for #1 is taken back."
        company.assert_clean()


async def test_a_press_that_breaks_something_is_answered_and_logged(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        async with instead(company, broken):
            with capture_logs() as logs:
                seen = await company.ben.press(card, "Vote")
            assert seen.message
            assert words_of(seen.message) == "That did not work. Please try again."
            (told,) = (one for one in logs if one["event"] == "event_not_heard")
            assert told["kind"] == "component"
            command = await company.ben.slash(company.talk, "ideas")
            assert command.message
        await company.start()
        await company.ben.press(card, "Vote")
        await company.pass_time(30)
        assert "1 vote" in words_of(card)


async def test_a_form_that_breaks_something_stays_open(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        seen = await company.ana.slash(company.talk, "suggest", {"title": TITLE})
        async with instead(company, broken):
            with capture_logs() as logs:
                sending = asyncio.create_task(company.ana.submit(seen.modal))
                await company.server.until(lambda: company.server.world.interactions.unanswered)
                await company.server.gateway.read(5)
                company.server.clock.advance(4)
                assert (await sending).error
            assert [one["kind"] for one in logs if one["event"] == "event_not_heard"] == ["modal"]
            assert company.ana.screen.modal is seen.modal
