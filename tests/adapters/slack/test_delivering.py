"""The whole bot where Slack is busy, breaks off or does not let it in."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.adapters.slack.company import Company, open_company
from tests.slack.failures import Failure
from tests.slack.model import Message

POST = "chat.postMessage"


async def captured(company: Company, text: str) -> Message:
    """A message of Ana's that Mo makes an idea of."""
    message = await company.ana.say(company.general, text)
    await company.mo.react(message, "bulb")
    return message


def cards(company: Company) -> list[str]:
    """The title of each card in #ideas."""
    return [one.text.partition("\n")[0] for one in company.customers.messages(company.ideas)]


async def given_up(company: Company, logged: list[str]) -> list[str]:
    """Why rows left the queue unsent: it keeps the error, and the log has it."""
    errors = [json.loads(line)["error"] for line in logged if "delivery_refused" in line]
    assert (await company.database.queue.counts())["dead"] == len(errors)
    return errors


async def test_a_busy_channel_rests_and_the_others_go_on(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.fail_next(POST, Failure.BUSY, retry_after=60)
        for text in ("Dark mode", "Bigger letters"):
            await captured(company, text)
        await company.pass_time(30)
        assert cards(company) == []
        assert len(company.customers.directs(company.ana)) == 2
        tried = [one for one in company.customers.called(POST) if one.args["channel"][0] == "C"]
        assert len(tried) == 1
        await company.pass_time(40)
        assert cards(company) == ["#1 · Dark mode", "#2 · Bigger letters"]
        company.assert_clean()


async def test_edits_rest_as_long_as_slack_asks_and_other_messages_go_on(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await captured(company, "Dark mode")
        await company.pass_time()
        company.server.fail_next("chat.update", Failure.BUSY, retry_after=60)
        await company.ben.press(company.card(company.ideas, "Dark mode"), "Vote")
        await captured(company, "Bigger letters")
        await company.pass_time(30)
        assert len(company.customers.called("chat.update")) == 1
        assert len(company.customers.directs(company.ana)) == 2
        await company.pass_time(40)
        assert "1 vote" in company.card(company.ideas, "Dark mode").text


async def test_a_card_that_came_through_unheard_is_kept_up_to_date(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.fail_next(POST, Failure.DROP)
        await captured(company, "Dark mode")
        await company.restart()
        await company.pass_time()
        await company.ben.press(company.card(company.ideas, "Dark mode"), "Vote")
        await company.pass_time(15)
        (card,) = company.customers.messages(company.ideas)
        assert "1 vote" in card.text


async def no_messages_tab(company: Company) -> None:
    company.customers.team.app.messages_tab = False


async def gone(company: Company) -> None:
    await company.ana.leave_company()


@pytest.mark.parametrize(
    ("refuse", "error"), [(no_messages_tab, "messages_tab_disabled"), (gone, "user_disabled")]
)
async def test_who_takes_no_direct_messages_is_told_in_the_thread_and_nobody_else_is_pinged(
    tmp_path: Path, logged: list[str], refuse: Callable[[Company], Awaitable[None]], error: str
) -> None:
    async with open_company(tmp_path) as company:
        message = await company.ana.say(company.general, "Dark mode, @Ben and @Mo?")
        await refuse(company)
        await company.mo.react(message, "bulb")
        await company.pass_time()
        _, told = company.customers.messages(company.general, thread=message)
        assert told.text.startswith(f"<@{company.ana.id}> Your message is an idea now")
        assert told.text.count("<@") == 1
        assert str(told.blocks).count("'user_id'") == 1
        assert await given_up(company, logged) == [error]
        company.assert_clean()


async def test_a_card_for_a_channel_without_the_bot_is_given_up_and_holds_up_nothing(
    tmp_path: Path, logged: list[str]
) -> None:
    async with open_company(tmp_path) as company:
        await company.customers.kick_bot(company.ideas)
        await captured(company, "Dark mode")
        await company.pass_time()
        assert await given_up(company, logged) == ["not_in_channel"]
        await company.customers.invite_bot(company.ideas)
        await captured(company, "Bigger letters")
        await company.pass_time()
        assert "#2 · Bigger letters" in cards(company)
