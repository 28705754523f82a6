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
    await company.pia.submit(await company.pias_form(), {"reason": "Not this year, sorry."})
    await company.pass_time(90)


STEPS = (suggest, vote, escalate, decline)


async def wish(company: Company) -> None:
    await company.pia.command(company.wishes, f"/suggest {TITLE}")
    await company.pia.submit(await company.pias_form(), {"body": "My eyes hurt at night."})
    await company.pass_time()


async def find_and_vote(company: Company) -> None:
    """On Discord, where it is offered to somebody who suggests the same."""
    seen = await company.ben.slash(company.talk, "suggest", {"title": TITLE})
    offered = await company.ben.submit(seen.modal, {"body": "My eyes hurt at night."})
    assert offered.message
    await company.ben.press(offered.message, "Add my vote to #1")
    await company.pass_time(30)


async def send_in(company: Company) -> None:
    (card,) = company.office.messages(company.wishes)
    await company.pia.react(card, "rocket")
    await company.pass_time()


async def decide_on_discord(company: Company) -> None:
    """Whoever sees the hidden inbox is the product team."""
    card = company.card(company.product, TITLE)
    seen = await company.dora.press(card, "Decline…")
    await company.dora.submit(seen.modal, {"reason": "Not this year, sorry."})
    await company.pass_time(90)


OTHER_STEPS = (wish, find_and_vote, send_in, decide_on_discord)


def told_there(company: Company) -> None:
    """Pia on Slack and the card there, the inbox on Discord; nothing on Discord's board."""
    (direct,) = company.office.directs(company.pia)
    assert "Not this year, sorry." in direct.text
    card = next(one for one in company.office.messages(company.wishes) if "Suggested" in one.text)
    assert "→ The team says: Not this year, sorry." in card.text
    assert "1 vote" in card.text
    (shown,) = company.server.messages(company.product)
    assert "Dora declined this: Not this year, sorry." in words_of(shown)
    assert not company.server.messages(company.ideas)
    company.assert_clean()


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


@pytest.mark.parametrize("after", [None, *OTHER_STEPS])
async def test_the_other_way_round_with_a_restart_after_any_step(
    tmp_path: Path, after: object
) -> None:
    async with open_company(tmp_path, other_way=True) as company:
        for step in OTHER_STEPS:
            await step(company)
            if step is after:
                await company.restart()
        await company.pass_time()
        told_there(company)


async def test_an_idea_of_one_side_only_is_never_seen_on_the_other(tmp_path: Path) -> None:
    own = 'audience = "connection"'
    async with open_company(tmp_path, office=own, other_way=True) as company:
        await wish(company)
        option = company.option_of("ideas")
        seen = await company.ben.slash(company.talk, "ideas", {option: "1"})
        assert seen.message
        assert TITLE not in words_of(seen.message)
        typing = await company.ben.autocomplete(company.talk, "ideas", option, "dark")
        assert not typing.choices
        form = await company.ben.slash(company.talk, "suggest", {"title": TITLE})
        thanked = await company.ben.submit(form.modal, {"body": "My eyes hurt at night."})
        assert thanked.message
        assert "#1" not in words_of(thanked.message)
        company.assert_clean()
