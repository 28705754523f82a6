"""A picture under its message and a person's data: once, and no message is lost for them."""

import pytest

from bot.messages import Attachment, Image, Message
from tests.adapters.slack.office import HELLO, Office, unheard
from tests.slack.failures import Failure

PICTURE = Message(HELLO.lines, image=Image("chart.png", b"\x89PNG", "Three bars"))
DATA = Message((("Here it is.",),), attachment=Attachment("my-data.json", "{}"))
COMPLETE = "files.completeUploadExternal"


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
    assert (office.said(), files(office)) == (["Hello there", ""], ["chart.png"])


async def test_a_picture_that_failed_once_is_added_later(office: Office) -> None:
    await office.connect()
    since = await office.send_unheard(office.post(PICTURE), COMPLETE, Failure.DROP_BEFORE)
    assert await office.send(office.post(PICTURE), since)
    assert (office.said(), files(office)) == (["Hello there", ""], ["chart.png"])


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
    assert (office.said(), files(office)) == (["Hello there"], [])


async def test_personal_data_is_handed_over_as_a_file_to_its_owner_alone(office: Office) -> None:
    await office.connect()
    assert await office.send(office.direct(office.ana, DATA)) is None
    (message,) = office.workspace.directs(office.ana)
    assert message.text == "Here it is."
    assert [file["name"] for file in message.files] == ["my-data.json"]
    assert office.server.hub.uploads[message.files[0]["id"]]["content"] == b"{}"
    assert office.said() == []


@unheard
async def test_personal_data_is_not_handed_over_twice(office: Office, failure: Failure) -> None:
    await office.connect()
    sending = office.direct(office.ana, DATA)
    since = await office.send_unheard(sending, COMPLETE, failure)
    await office.send(sending, since)
    assert files(office) == ["my-data.json"]
