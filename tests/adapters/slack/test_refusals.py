"""What Slack does not take: now, never, from us, or by this person."""

from collections.abc import Awaitable, Callable

import pytest

from bot.errors import DeliveryError, DirectRefused, NotConnected, PermanentDeliveryError
from bot.events import CommandUsed
from bot.ports import SendDirect, SendFollowup
from bot.refs import AccountRef
from tests.adapters.slack.office import HELLO, Office
from tests.slack.failures import Failure
from tests.slack.person import Person

Change = Callable[[Office], Awaitable[object]]


async def test_a_busy_slack_says_when_to_try_again(office: Office) -> None:
    await office.connect()
    office.server.fail_next("chat.postMessage", Failure.BUSY, retry_after=37)
    with pytest.raises(DeliveryError) as refused:
        await office.send(office.post())
    assert refused.value.retry_after == 37
    assert not isinstance(refused.value, PermanentDeliveryError)


async def test_so_it_does_of_private_answers(office: Office) -> None:
    await office.connect()
    await office.ana.command(office.general, "/ideas")
    (used,) = office.of(CommandUsed)
    office.server.fail_next("response_url", Failure.BUSY, retry_after=2)
    with pytest.raises(DeliveryError) as refused:
        await office.send(SendFollowup(used.handle or "", office.account(office.ana), HELLO))
    assert refused.value.retry_after == 2


@pytest.mark.parametrize(
    "failure", [Failure.CRASH, Failure.DROP_BEFORE, "internal_error", "rate_limited"]
)
async def test_a_trouble_of_slacks_own_passes(office: Office, failure: Failure | str) -> None:
    await office.connect()
    office.server.fail_next("chat.postMessage", failure)
    with pytest.raises(DeliveryError) as refused:
        await office.send(office.post())
    assert not isinstance(refused.value, PermanentDeliveryError)


async def kick(office: Office) -> None:
    await office.workspace.kick_bot(office.general)


async def archive(office: Office) -> None:
    await office.workspace.archive(office.general)


async def delete(office: Office) -> None:
    await office.workspace.delete_channel(office.general)


@pytest.mark.parametrize(
    ("change", "error"),
    [(kick, "not_in_channel"), (archive, "is_archived"), (delete, "channel_not_found")],
)
async def test_a_channel_that_takes_nothing_any_more_is_given_up(
    office: Office, change: Change, error: str
) -> None:
    await office.connect()
    await change(office)
    with pytest.raises(PermanentDeliveryError, match=error):
        await office.send(office.post())


@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive", "token_revoked"])
async def test_a_token_that_is_no_good_any_more_ends_the_connection(
    office: Office, error: str
) -> None:
    await office.connect()
    office.workspace.team.app.bot_token_error = error
    with pytest.raises(NotConnected, match=error):
        await office.send(office.post())
    with pytest.raises(NotConnected):
        await office.ends()


async def test_a_reading_notices_it_as_well(office: Office) -> None:
    await office.connect()
    message = await office.ana.say(office.general, "Dark mode?")
    office.workspace.team.app.bot_token_error = "token_revoked"
    with pytest.raises(NotConnected, match="token_revoked"):
        await office.adapter.read_message(office.ref(message))
    with pytest.raises(NotConnected):
        await office.ends()


async def leave_company(office: Office) -> Person:
    await office.ana.leave_company()
    return office.ana


async def close_the_messages_tab(office: Office) -> Person:
    office.workspace.team.app.messages_tab = False
    return office.ana


async def be_a_bot(office: Office) -> Person:
    return office.workspace.add_user("Robo", is_bot=True)


@pytest.mark.parametrize("prepare", [leave_company, close_the_messages_tab, be_a_bot])
async def test_somebody_may_take_no_direct_messages(
    office: Office, prepare: Callable[[Office], Awaitable[Person]]
) -> None:
    await office.connect()
    person = await prepare(office)
    with pytest.raises(DirectRefused):
        await office.send(office.direct(person))


async def test_nothing_goes_to_an_account_of_another_workspace(office: Office) -> None:
    await office.connect()
    namesake = AccountRef("slack:T0OTHER", office.ana.id)
    with pytest.raises(DirectRefused):
        await office.send(SendDirect(namesake, HELLO))
    assert office.workspace.directs(office.ana) == []


async def test_a_message_that_is_refused_is_not_the_persons_refusal(office: Office) -> None:
    await office.connect()
    office.server.fail_next("chat.postMessage", "msg_too_long")
    with pytest.raises(PermanentDeliveryError) as refused:
        await office.send(office.direct(office.ana))
    assert not isinstance(refused.value, DirectRefused)
