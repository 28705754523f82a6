"""What Slack did although nobody heard of it is found again, and not done twice."""

from collections.abc import Awaitable, Callable

import pytest

from bot.messages import Attachment, Image, Message
from bot.ports import SendPost
from tests.adapters.slack.office import HELLO, NONCE, Office
from tests.slack.failures import Failure

Prepare = Callable[[Office], Awaitable[SendPost]]
PICTURE = Message(HELLO.lines, image=Image("chart.png", b"\x89PNG", "Three bars"))
DATA = Message((("Here it is.",),), attachment=Attachment("my-data.json", "{}"))
COMPLETE = "files.completeUploadExternal"
unheard = pytest.mark.parametrize("failure", [Failure.HANG, Failure.DROP])


async def in_the_channel(office: Office) -> SendPost:
    return office.post()


async def in_a_thread(office: Office) -> SendPost:
    opening = await office.ana.say(office.general, "Dark mode?")
    return office.post(thread=office.ref(opening))


def said(office: Office) -> list[str]:
    """All that the bot wrote in #general, threads too."""
    messages = office.general.room.messages.values()
    return [one.text for one in messages if one.app_id]


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
    assert len(said(office)) == 8


async def test_it_is_found_by_the_next_bot_as_well(office: Office) -> None:
    await office.connect()
    since = await office.send_unheard(office.post(), "chat.postMessage", Failure.DROP)
    await office.leave()
    office.server.clock.advance(600)
    await office.connect()
    assert await office.send(office.post(), since)
    assert said(office) == ["Hello there"]


async def test_what_did_not_come_through_is_sent_at_the_second_attempt(office: Office) -> None:
    await office.connect()
    other = await office.adapter.send(office.post(), "another row")
    since = await office.send_unheard(office.post(), "chat.postMessage", Failure.DROP_BEFORE)
    assert await office.send(office.post(), since) != other
    assert said(office) == ["Hello there", "Hello there"]


async def test_a_row_that_somebody_elses_message_names_is_sent_all_the_same(
    office: Office,
) -> None:
    await office.connect()
    since = office.clock.now()
    forged = await office.ana.say(office.general, "Hello there")
    forged.metadata = {"event_type": "sounding_board", "event_payload": {"row": NONCE}}
    assert await office.send(office.post(), since) != office.ref(forged)


def files(office: Office) -> list[str]:
    """The files that the bot shared anywhere, by name."""
    channels = office.workspace.team.channels.values()
    messages = [one for channel in channels for one in channel.room.messages.values()]
    return [file["name"] for message in messages for file in message.files]


async def test_a_picture_hangs_under_its_message_and_says_in_words_what_it_shows(
    office: Office,
) -> None:
    await office.connect()
    ref = await office.send(office.post(PICTURE))
    assert ref
    message, picture = office.workspace.messages(office.general, thread=ref.message)
    assert (message.text, ref) == ("Hello there", office.ref(message))
    assert picture.files[0]["title"] == "Three bars"
    (call,) = office.workspace.called("files.getUploadURLExternal")
    assert call.args["alt_txt"] == "Three bars"


@unheard
@pytest.mark.parametrize("method", [COMPLETE, "chat.postMessage"])
async def test_neither_a_message_nor_its_picture_comes_twice(
    office: Office, failure: Failure, method: str
) -> None:
    await office.connect()
    since = await office.send_unheard(office.post(PICTURE), method, failure)
    assert await office.send(office.post(PICTURE), since)
    assert (said(office), files(office)) == (["Hello there", ""], ["chart.png"])


async def test_a_picture_that_failed_once_is_added_later(office: Office) -> None:
    await office.connect()
    since = await office.send_unheard(office.post(PICTURE), COMPLETE, Failure.DROP_BEFORE)
    assert await office.send(office.post(PICTURE), since)
    assert (said(office), files(office)) == (["Hello there", ""], ["chart.png"])


async def test_a_message_whose_picture_cannot_be_had_stands_and_is_remembered(
    office: Office, logged: list[str]
) -> None:
    await office.connect()
    office.server.fail_next(COMPLETE, "file_uploads_disabled")
    ref = await office.send(office.post(PICTURE))
    (message,) = office.workspace.messages(office.general)
    assert (ref, files(office)) == (office.ref(message), [])
    assert "picture_left_out" in logged[-1]


async def test_a_message_does_not_wait_for_its_picture_for_ever(office: Office) -> None:
    await office.connect()
    since = await office.send_unheard(office.post(PICTURE), COMPLETE, Failure.DROP_BEFORE)
    office.server.fail_next(COMPLETE, Failure.CRASH)
    assert await office.send(office.post(PICTURE), since)
    assert (said(office), files(office)) == (["Hello there"], [])


async def test_personal_data_is_handed_over_as_a_file_to_its_owner_alone(office: Office) -> None:
    await office.connect()
    assert await office.send(office.direct(office.ana, DATA)) is None
    (message,) = office.workspace.directs(office.ana)
    assert message.text == "Here it is."
    assert [file["name"] for file in message.files] == ["my-data.json"]
    assert office.server.hub.uploads[message.files[0]["id"]]["content"] == b"{}"
    assert said(office) == []


@unheard
async def test_personal_data_is_not_handed_over_twice(office: Office, failure: Failure) -> None:
    await office.connect()
    sending = office.direct(office.ana, DATA)
    since = await office.send_unheard(sending, COMPLETE, failure)
    await office.send(sending, since)
    assert files(office) == ["my-data.json"]
