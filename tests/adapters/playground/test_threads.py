"""A thread read as a whole, for a summary."""

from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef
from tests.adapters.playground.world import INBOX, NAME, World


async def test_a_thread_is_peoples_messages_in_order(world: World) -> None:
    opening = await world.say("No signal on the train")
    await world.say("Something else")
    await world.say("Same here", person="ben", thread=opening)
    await world.say("@Sounding Board summarise", person="ben", thread=opening)
    thread = ThreadRef(NAME, "general", opening)
    await world.chat.post("general", opening, {**_CONTENT}, world.hands.now(), "n1")
    read = await world.adapter.read_thread(thread)
    assert read is not None
    assert [message.text for message in read] == ["No signal on the train", "Same here",
                                                  "summarise"]  # fmt: skip
    assert {message.thread for message in read} == {thread}
    assert read[0].ref == thread.opening
    assert (read[1].author_name, read[1].permalink) == ("Ben", "/#general/000003")


_CONTENT = {"lines": [[{"t": "text", "text": "From the bot"}]], "cards": [], "buttons": [],
            "attachment": None}  # fmt: skip


async def test_what_is_no_thread_here_is_none(world: World) -> None:
    opening = await world.say("No signal on the train")
    reply = await world.say("Same here", thread=opening)
    for thread in (
        ThreadRef(NAME, "general", "999999"),
        ThreadRef(NAME, "ideas", opening),
        ThreadRef(NAME, "general", reply),
        ThreadRef("elsewhere", "general", opening),
    ):
        assert await world.adapter.read_thread(thread) is None


async def test_only_who_sees_a_channel_may_have_its_threads_read(world: World) -> None:
    ana, pia = AccountRef("playground", "ana"), AccountRef("playground", "pia")
    assert await world.adapter.can_see(ana, ChannelRef(NAME, "general"))
    assert not await world.adapter.can_see(ana, INBOX)
    assert await world.adapter.can_see(pia, INBOX)


async def test_a_message_to_the_bot_is_read_as_it_was_heard(world: World) -> None:
    said = await world.say("@Sounding Board: a dark mode, please")
    read = await world.adapter.read_message(MessageRef(NAME, "general", said))
    assert read is not None
    assert read.text == "a dark mode, please"
