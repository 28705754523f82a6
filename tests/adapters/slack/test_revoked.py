"""A token that is no good any more is noticed by whatever is asked first, and harms nothing."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.errors import NotConnected
from bot.events import MessagePosted, ReactionChanged
from bot.people import Role
from tests.adapters.slack.company import open_company
from tests.adapters.slack.office import Office
from tests.slack.model import Message

Deed = Callable[[Office], Awaitable[object]]
REVOKED = "token_revoked"


async def somebody_unknown_acts(office: Office) -> None:
    await office.ana.command(office.general, "/ideas")


async def said_where_nobody_looked_yet(office: Office) -> Message:
    channel = office.workspace.add_channel("other", [office.ana], bot=False)
    message = await office.ana.say(channel, "Dark mode?")
    channel.room.members.append(office.workspace.bot.id)
    return message


async def something_happens_there(office: Office) -> None:
    await office.ana.react(await said_where_nobody_looked_yet(office), "tada")


async def the_channel_is_renamed(office: Office) -> None:
    await office.workspace.rename_channel(office.general, "everything")


@pytest.mark.parametrize(
    "deed", [somebody_unknown_acts, something_happens_there, the_channel_is_renamed]
)
async def test_a_look_up_ends_the_connection(office: Office, deed: Deed) -> None:
    await office.connect()
    office.workspace.team.app.bot_token_error = REVOKED
    await deed(office)
    with pytest.raises(NotConnected, match="bot token"):
        await office.ends()


async def test_so_does_an_answer(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.ana.command(company.general, "/ideas")
        company.customers.team.app.bot_token_error = REVOKED
        await company.ana.command(company.general, "/suggest Dark mode")
        await company.customers.until(lambda: not company.customers.sockets.open)
        company.customers.restore_tokens()
        await company.restart()


async def test_a_moderators_reaction_waits_for_the_next_connection(office: Office) -> None:
    mo = f'moderators = ["{office.mo.id}"]'
    await office.connect(mo)
    message = await office.ana.say(office.general, "Dark mode?")
    office.workspace.team.app.bot_token_error = REVOKED
    office.server.rules.ack_seconds = 0.1
    await office.mo.react(message, "bulb")
    await office.leave()
    office.workspace.restore_tokens()
    await office.connect(mo)
    await office.workspace.settled()
    heard = office.of(ReactionChanged)
    assert [(one.account, one.roles) for one in heard] == [
        (office.account(office.mo), frozenset({Role.MODERATOR}))
    ]


async def test_so_does_what_is_said_where_outsiders_are(office: Office) -> None:
    await office.workspace.open_to(office.general, "T0OTHER")
    await office.connect()
    office.workspace.team.app.bot_token_error = REVOKED
    office.server.rules.ack_seconds = 0.1
    await office.ana.say(office.general, "Dark mode?")
    await office.leave()
    office.workspace.restore_tokens()
    await office.connect()
    await office.workspace.settled()
    assert [one.account for one in office.of(MessagePosted)] == [office.account(office.ana)]


@pytest.mark.parametrize("method", ["conversations.info", "users.info"])
async def test_no_message_is_read_as_what_it_is_not(office: Office, method: str) -> None:
    await office.connect()
    message = await said_where_nobody_looked_yet(office)
    office.server.fail_next(method, REVOKED)
    with pytest.raises(NotConnected, match=REVOKED):
        await office.adapter.read_message(office.ref(message))
    with pytest.raises(NotConnected):
        await office.ends()
