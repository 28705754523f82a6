"""An idea travels between the community's workspace and the company's own, and the answer back."""

from pathlib import Path

import pytest

from tests.adapters.slack.company import Company, open_company
from tests.slack.screen import View

TITLE = "Dark mode"


async def the_form(company: Company) -> View:
    await company.ana.command(company.general, f"/suggest {TITLE}")
    return await company.modal(company.ana)


async def suggest(company: Company) -> None:
    await company.ana.submit(await the_form(company), {"body": "My eyes hurt at night."})
    await company.pass_time()


async def vote(company: Company) -> None:
    await company.ben.press(company.card(company.ideas, TITLE), "Vote")
    await company.pass_time()


async def escalate(company: Company) -> None:
    await company.mo.react(company.card(company.ideas, TITLE), "rocket::skin-tone-2")
    await company.pass_time()


async def decline(company: Company) -> None:
    await company.pia.press(company.card(company.inbox, TITLE), "Decline…")
    await company.pia.submit(await company.modal(company.pia), {"reason": "Not this year, sorry."})
    await company.pass_time(90)


STEPS = (suggest, vote, escalate, decline)


def told(company: Company) -> None:
    """Everybody has seen what they should, once."""
    assert [one.text for one in company.customers.directs(company.ana)] == [
        "#1 “Dark mode” will not be done.\nNot this year, sorry."
    ]
    (public,) = (one for one in company.customers.messages(company.ideas) if TITLE in one.text)
    assert "→ The team says: Not this year, sorry." in public.text
    assert "Suggested by Ana · 1 vote" in public.text
    (card,) = company.office.messages(company.inbox)
    assert "→ Pia declined this: Not this year, sorry." in card.text
    assert "Asked for by Ana and 1 other · customers" in card.text
    company.assert_clean()


async def test_declined_in_one_workspace_told_in_the_other(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        for step in STEPS:
            await step(company)
        told(company)
        assert (await company.database.queue.counts())["dead"] == 0


async def test_every_event_twice_and_backwards_changes_nothing(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.rules.deliver_twice = company.server.rules.out_of_order = True
        for step in STEPS:
            await step(company)
        told(company)


@pytest.mark.parametrize("after", STEPS)
async def test_a_restart_after_any_step_loses_nothing(tmp_path: Path, after: object) -> None:
    async with open_company(tmp_path) as company:
        for step in STEPS:
            await step(company)
            if step is after:
                await company.restart()
        await company.pass_time()
        told(company)


async def test_a_reconnect_in_the_middle_of_every_step_loses_nothing(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        for step in STEPS:
            for workspace in (company.customers, company.office):
                await workspace.sockets.disconnect("refresh_requested")
            await step(company)
        told(company)


async def test_everything_at_once_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.rules.deliver_twice = company.server.rules.out_of_order = True
        for step in STEPS:
            for workspace in (company.customers, company.office):
                await workspace.sockets.disconnect("refresh_requested")
            await step(company)
            await company.restart()
        await company.pass_time()
        told(company)


async def test_what_a_vote_says_only_the_voter_sees(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await suggest(company)
        await vote(company)
        notice = await company.notice(company.ben)
        assert notice.text == "Your vote for #1 “Dark mode” counts: 1 vote now."
        assert not company.ana.screen.ephemerals
