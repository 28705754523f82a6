"""What Slack did although nobody heard of it is found again, and not done twice."""

from collections.abc import Awaitable, Callable

import pytest

from bot.ports import SendPost
from tests.adapters.slack.office import NONCE, Office, unheard
from tests.slack.failures import Failure

Prepare = Callable[[Office], Awaitable[SendPost]]


async def in_the_channel(office: Office) -> SendPost:
    return office.post()


async def in_a_thread(office: Office) -> SendPost:
    opening = await office.ana.say(office.general, "Dark mode?")
    return office.post(thread=office.ref(opening))


@unheard
@pytest.mark.parametrize("prepare", [in_the_channel, in_a_thread])
async def test_a_post_that_came_through_unheard_is_found(
    office: Office, failure: Failure, prepare: Prepare
) -> None:
    await office.connect()
    sending = await prepare(office)
    since = await office.send_unheard(sending, "chat.postMessage", failure)
    ref = await office.send(sending, since)
    (message,) = (one for one in office.general.room.messages.values() if one.app_id)
    assert ref == office.ref(message)
    assert len(office.workspace.called("chat.postMessage")) == 1


@unheard
async def test_a_direct_message_that_came_through_unheard_is_found(
    office: Office, failure: Failure
) -> None:
    await office.connect()
    sending = office.direct(office.ana)
    since = await office.send_unheard(sending, "chat.postMessage", failure)
    ref = await office.send(sending, since)
    (message,) = office.workspace.directs(office.ana)
    assert ref == office.ref(message)


@pytest.mark.parametrize("prepare", [in_the_channel, in_a_thread])
async def test_it_is_found_below_all_that_was_said_since(office: Office, prepare: Prepare) -> None:
    await office.connect()
    sending = await prepare(office)
    since = await office.send_unheard(sending, "chat.postMessage", Failure.DROP)
    root = sending.thread.message if sending.thread else None
    for number in range(7):
        await office.ana.say(office.general, f"Number {number}", root)
        await office.adapter.send(office.post(thread=sending.thread), f"other{number}")
    office.server.rules.page_size = 2
    await office.send(sending, since)
    assert len(office.said()) == 8


async def test_it_is_found_by_the_next_bot_as_well(office: Office) -> None:
    await office.connect()
    since = await office.send_unheard(office.post(), "chat.postMessage", Failure.DROP)
    await office.leave()
    office.server.clock.advance(600)
    await office.connect()
    assert await office.send(office.post(), since)
    assert office.said() == ["Hello there"]


async def test_what_did_not_come_through_is_sent_at_the_second_attempt(office: Office) -> None:
    await office.connect()
    other = await office.adapter.send(office.post(), "another row")
    since = await office.send_unheard(office.post(), "chat.postMessage", Failure.DROP_BEFORE)
    assert await office.send(office.post(), since) != other
    assert office.said() == ["Hello there", "Hello there"]


async def test_a_row_that_somebody_elses_message_names_is_sent_all_the_same(
    office: Office,
) -> None:
    await office.connect()
    since = office.clock.now()
    forged = await office.ana.say(office.general, "Hello there")
    forged.metadata = {"event_type": "sounding_board", "event_payload": {"row": NONCE}}
    assert await office.send(office.post(), since) != office.ref(forged)
