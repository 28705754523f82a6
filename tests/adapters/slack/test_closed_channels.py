"""What is said in a private channel, or in one shared with another company, stays with the team
unless its settings say otherwise."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config import ChannelSettings
from bot.ideas import Audience
from tests.adapters.slack.company import Company, open_company
from tests.slack.model import Channel
from tests.slack.person import Person

TITLE = "Our budget needs a dark mode"
Closing = Callable[[Channel], None]


def private(channel: Channel) -> None:
    channel.kind = "group"


def shared(channel: Channel) -> None:
    channel.room.shared = True


either = pytest.mark.parametrize("close", [private, shared])


async def close_general(
    company: Company, close: Closing, settings: ChannelSettings | None = None
) -> None:
    """#general is no open channel when the bot begins, and has these settings."""
    await company.stop()
    close(company.general)
    own = {company.general.id: settings} if settings else {}
    customers = company.config.connections["customers"].model_copy(update={"channels": own})
    connections = company.config.connections | {"customers": customers}
    company.config = company.config.model_copy(update={"connections": connections})
    await company.start()


async def capture(company: Company, author: Person) -> None:
    """Somebody says it, and Mo makes an idea of it."""
    message = await author.say(company.general, TITLE)
    await company.mo.react(message, "bulb")
    await company.pass_time()


def stays_inside(company: Company) -> None:
    """Only the product team has seen it."""
    assert company.customers.messages(company.ideas) == []
    assert TITLE in company.card(company.inbox, TITLE).text


@either
async def test_an_idea_from_a_closed_channel_goes_to_the_product_team_only(
    tmp_path: Path, close: Closing
) -> None:
    async with open_company(tmp_path) as company:
        await close_general(company, close)
        await capture(company, company.ana)
        stays_inside(company)
        seen = await company.ben.command(company.general, "/ideas 1")
        nothing = await company.ben.command(company.general, "/ideas 2")
        assert seen.message
        assert nothing.message
        assert seen.message.text.replace("1", "2") == nothing.message.text
        company.assert_clean()


@either
async def test_its_settings_may_open_it(tmp_path: Path, close: Closing) -> None:
    async with open_company(tmp_path) as company:
        await close_general(company, close, ChannelSettings(audience=Audience.EVERYONE))
        await capture(company, company.ana)
        assert TITLE in company.card(company.ideas, TITLE).text
        company.assert_clean()


async def test_a_channel_that_is_opened_to_another_company_closes_at_once(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.customers.open_to(company.general, "T0OTHER")
        await capture(company, company.ana)
        stays_inside(company)


async def test_while_slack_does_not_show_the_channel_it_counts_as_closed(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        message = await company.ana.say(company.general, TITLE)
        await company.customers.rename_channel(company.general, "talk")
        company.server.fail_next("conversations.info", "channel_not_found", times=9)
        await company.mo.react(message, "bulb")
        await company.pass_time()
        stays_inside(company)


def stranger(company: Company) -> Person:
    """Somebody of another company, in #general."""
    zoe = company.customers.add_user("Zoe", outsider_of="T0OTHER")
    company.general.room.members.append(zoe.id)
    return zoe


async def test_the_words_of_another_companys_people_become_no_idea(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await close_general(company, shared)
        await capture(company, stranger(company))
        assert company.customers.messages(company.ideas) == []
        assert company.office.messages(company.inbox) == []


async def test_unless_the_settings_include_them_and_then_for_the_product_team(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        await close_general(company, shared, ChannelSettings(outsiders=True))
        await capture(company, stranger(company))
        stays_inside(company)
