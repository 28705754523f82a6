"""An idea travels from a community on Discord to the office on Slack, and the answer back."""

from pathlib import Path

import pytest

from tests.adapters.discord.company import Company, open_company, words_of

TITLE = "Dark mode"


async def suggest(company: Company) -> None:
    seen = await company.ana.slash(company.talk, "suggest", {"title": TITLE})
    await company.ana.submit(seen.modal, {"body": "My eyes hurt at night."})
    await company.pass_time()


async def vote(company: Company) -> None:
    await company.ben.press(company.card(company.ideas, TITLE), "Vote")
    await company.pass_time()


async def escalate(company: Company) -> None:
    await company.mo.react(company.card(company.ideas, TITLE), "🚀")
    await company.pass_time()


async def decline(company: Company) -> None:
    await company.pia.press(company.inbox_card(TITLE), "Decline…")
    await company.office.until(lambda: company.pia.screen.view)
    assert company.pia.screen.view
    await company.pia.submit(company.pia.screen.view, {"reason": "Not this year, sorry."})
    await company.pass_time(90)


STEPS = (suggest, vote, escalate, decline)


def told(company: Company) -> None:
    """Everybody has seen what they should, once."""
    (direct,) = company.directs(company.ana)
    assert "will not be done" in direct
    assert "Not this year, sorry." in direct
    card, note = company.server.messages(company.ideas)
    assert "→ The team says: Not this year, sorry." in words_of(card)
    assert "Suggested by Ana · 1 vote" in words_of(card)
    assert note.reply_to is card
    assert company.ana.pinged_by(note)
    (shown,) = company.office.messages(company.inbox)
    assert "→ Pia declined this: Not this year, sorry." in shown.text
    assert "Asked for by Ana and 1 other · fans" in shown.text
    company.assert_clean()


async def test_declined_on_slack_and_told_on_discord(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        for step in STEPS:
            await step(company)
        told(company)
        assert (await company.database.queue.counts())["dead"] == 0


@pytest.mark.parametrize("after", STEPS)
async def test_a_restart_after_any_step_loses_nothing(tmp_path: Path, after: object) -> None:
    async with open_company(tmp_path) as company:
        for step in STEPS:
            await step(company)
            if step is after:
                await company.restart()
        await company.pass_time()
        told(company)


async def test_a_reconnect_before_every_step_loses_nothing(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        for step in STEPS:
            company.server.gateway.reconnect()
            await company.resumed()
            await step(company)
        told(company)
