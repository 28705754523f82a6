"""Messages and threads as the adapter reads them: people's words, whole and in order."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import open_session
from adapters.slack.workspace import moment
from bot.refs import MessageRef, ThreadRef
from tests.adapters.slack.office import HOME, Office
from tests.slack import talk
from tests.slack.model import Channel, Message
from tests.slack.person import Person


def thread_of(message: Message) -> ThreadRef:
    return ThreadRef(HOME, message.channel, message.thread_ts or message.ts)


async def text_of(office: Office, message: Message) -> str | None:
    """What the adapter reads in a message; None when it is not to be read."""
    read = await office.adapter.read_message(office.ref(message))
    return read.text if read else None


async def texts(office: Office, opening: Message) -> list[str]:
    """What the adapter reads in a thread."""
    read = await office.adapter.read_thread(thread_of(opening))
    assert read is not None
    return [one.text for one in read]


async def address(office: Office, message: Message) -> str:
    """A message's permalink, as Slack itself gives it."""
    async with open_session() as session:
        web = AsyncWebClient(
            office.workspace.bot_token, base_url=office.server.api_url, session=session
        )
        found = await web.chat_getPermalink(channel=message.channel, message_ts=message.ts)
    return str(found["permalink"])


async def test_a_message_is_read_with_its_author_and_its_address(office: Office) -> None:
    await office.connect()
    message = await office.ana.say(office.general, "Dark <mode> & more")
    read = await office.adapter.read_message(office.ref(message))
    assert read
    assert (read.ref, read.thread) == (office.ref(message), thread_of(message))
    assert (read.author, read.author_name) == (office.account(office.ana), "Ana")
    assert (read.text, read.private) == ("Dark <mode> & more", False)
    assert read.permalink == await address(office, message)
    assert read.posted_at == moment(message.ts)


@pytest.mark.parametrize("lone", [False, True])
async def test_a_reply_is_read_itself_and_not_what_it_answers(office: Office, lone: bool) -> None:
    office.server.rules.lone_replies = lone
    await office.connect()
    opening = await office.ana.say(office.general, "Dark mode?")
    await office.mo.say(office.general, "Rather not", opening)
    reply = await office.mo.say(office.general, "Yes please", opening)
    read = await office.adapter.read_message(office.ref(reply))
    assert read
    assert (read.ref, read.thread) == (office.ref(reply), thread_of(opening))
    assert (read.text, read.author) == ("Yes please", office.account(office.mo))
    assert read.permalink == await address(office, reply)


async def test_what_is_deleted_is_not_read(office: Office) -> None:
    await office.connect()
    alone = await office.ana.say(office.general, "Dark mode?")
    opening = await office.ana.say(office.general, "Bigger letters?")
    await office.mo.say(office.general, "Yes please", opening)
    for message in (alone, opening):
        await office.ana.delete(message)
        assert await text_of(office, message) is None
    assert opening.subtype == "tombstone"
    assert await texts(office, opening) == ["Yes please"]


async def test_bots_are_not_read(office: Office) -> None:
    robo = office.workspace.add_user("Robo", is_bot=True)
    await office.workspace.invite(office.general, robo)
    await office.connect()
    opening = await office.ana.say(office.general, "Dark mode?")
    await robo.say(office.general, "I am a bot", opening)
    ours = await office.send(office.post(thread=office.ref(opening)))
    assert ours
    assert await office.adapter.read_message(ours) is None
    assert await texts(office, opening) == ["Dark mode?"]


async def test_who_came_and_went_is_not_read(office: Office) -> None:
    await office.connect()
    await office.workspace.invite(office.general, office.workspace.add_user("Ben"))
    (line,) = office.workspace.messages(office.general)
    assert await text_of(office, line) is None


async def test_a_file_without_words_is_read_by_its_name(office: Office) -> None:
    await office.connect()
    message = await office.ana.say(office.general, "", files=["dark-mode.png"])
    assert await text_of(office, message) == "dark-mode.png"


async def test_words_that_stand_in_blocks_only_are_read(office: Office) -> None:
    await office.connect()
    message = await office.ana.say(office.general, "Dark mode, please")
    message.text = ""
    assert await text_of(office, message) == "Dark mode, please"


async def test_people_are_read_by_the_names_they_have_today(office: Office) -> None:
    await office.connect()
    message = await office.ana.say(office.general, "What does @Mo say?")
    assert await text_of(office, message) == "What does @Mo say?"
    await office.mo.rename("Momo")
    assert await text_of(office, message) == "What does @Momo say?"


def talked(office: Office, opening: Message, count: int) -> None:
    """A long talk that nobody was told of."""
    for number in range(count):
        user = (office.ana, office.mo)[number % 2].user
        reply = talk.written(office.workspace.team, user, opening.room, f"Number {number}")
        reply.thread_ts, reply.parent_user = opening.ts, opening.user
        opening.room.messages[reply.ts] = reply
    opening.thread_ts = opening.ts


async def test_a_thread_of_hundreds_is_read_whole_and_in_order(office: Office) -> None:
    office.server.rules.page_size = 50
    await office.connect()
    opening = await office.ana.say(office.general, "Dark mode?")
    talked(office, opening, 260)
    expected = ["Dark mode?", *(f"Number {number}" for number in range(260))]
    assert await texts(office, opening) == expected
    assert len(office.workspace.called("users.info")) == 2


async def test_one_answer_far_down_a_thread_is_read_by_one_call(office: Office) -> None:
    office.server.rules.page_size = 50
    await office.connect()
    opening = await office.ana.say(office.general, "Dark mode?")
    talked(office, opening, 120)
    last = office.workspace.messages(office.general, thread=opening)[-1]
    assert await text_of(office, last) == "Number 119"
    assert len(office.workspace.called("conversations.replies")) == 1


async def test_a_thread_that_is_not_there_is_not_read(office: Office) -> None:
    await office.connect()
    elsewhere = office.workspace.add_channel("elsewhere", [office.ana], bot=False)
    unseen = await office.ana.say(elsewhere, "Dark mode?")
    assert await office.adapter.read_thread(thread_of(unseen)) is None
    nowhere = ThreadRef(HOME, office.general.id, "1.000001")
    assert await office.adapter.read_thread(nowhere) is None
    assert await office.adapter.read_message(MessageRef(HOME, "C0NOWHERE", "1.000001")) is None


@pytest.mark.parametrize("kind", ["private", "shared"])
async def test_a_message_of_a_closed_channel_says_so(office: Office, kind: str) -> None:
    channel = office.workspace.add_channel(
        "closed", [office.ana], private=kind == "private", shared=kind == "shared"
    )
    await office.connect()
    message = await office.ana.say(channel, "Dark mode?")
    read = await office.adapter.read_message(office.ref(message))
    assert read
    assert read.private


def shared(office: Office) -> tuple[Channel, Person]:
    """A channel shared with another company, and one of its people."""
    stranger = office.workspace.add_user("Zoe", outsider_of="T0OTHER")
    return office.workspace.add_channel("partners", [office.ana, stranger], shared=True), stranger


async def test_the_words_of_other_companies_are_left_out(office: Office) -> None:
    channel, zoe = shared(office)
    await office.connect()
    opening = await office.ana.say(channel, "Dark mode?")
    theirs = await zoe.say(channel, "We would pay for it", opening)
    assert await text_of(office, theirs) is None
    assert await texts(office, opening) == ["Dark mode?"]


async def test_the_words_of_other_companies_are_read_where_the_channel_says_so(
    office: Office,
) -> None:
    channel, zoe = shared(office)
    await office.connect(rest=f"[connections.{HOME}.channels.{channel.id}]\noutsiders = true")
    opening = await office.ana.say(channel, "Dark mode?")
    theirs = await zoe.say(channel, "We would pay for it", opening)
    assert await text_of(office, theirs) == "We would pay for it"
    assert await texts(office, opening) == ["Dark mode?", "We would pay for it"]
