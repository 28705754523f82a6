"""Channels are renamed, moved, opened, closed and left while the bot works."""

import json
from collections.abc import Awaitable, Callable

import pytest

from bot.events import MessagePosted, ReactionChanged
from bot.ports import SendEdit, SendReaction
from bot.refs import MessageRef, ThreadRef, emoji
from tests.adapters.slack.office import HELLO, HOME, Office
from tests.slack.failures import Failure
from tests.slack.model import Channel, Message

Change = Callable[[Office, Channel], Awaitable[object]]


async def is_closed(office: Office, message: Message) -> bool:
    """Whether the bot takes a message's channel for a closed one."""
    await office.ana.react(message, "tada")
    await office.ana.unreact(message, "tada")
    return office.of(ReactionChanged)[-1].private


async def unknown(office: Office) -> Message:
    """A message in a channel that the bot has not heard of yet."""
    channel = office.workspace.add_channel("other", [office.ana], bot=False)
    message = await office.ana.say(channel, "Dark mode?")
    channel.room.members.append(office.workspace.bot.id)
    return message


@pytest.mark.parametrize("failure", [Failure.CRASH, Failure.HANG, "internal_error"])
async def test_a_channel_counts_as_closed_until_it_can_be_looked_at(
    office: Office, failure: Failure | str
) -> None:
    await office.connect()
    message = await unknown(office)
    office.server.fail_next("conversations.info", failure)
    await office.ana.react(message, "eyes")
    assert office.of(ReactionChanged)[-1].private
    assert not await is_closed(office, message)


async def test_a_channel_is_looked_at_once(office: Office) -> None:
    await office.connect()
    message = await unknown(office)
    looked = len(office.workspace.called("conversations.info"))
    for _ in range(3):
        await is_closed(office, message)
    assert len(office.workspace.called("conversations.info")) == looked + 1


async def test_a_channel_that_is_opened_to_another_company_is_closed_from_then_on(
    office: Office,
) -> None:
    await office.connect()
    message = await office.ana.say(office.general, "Dark mode?")
    assert not await is_closed(office, message)
    await office.workspace.open_to(office.general, "T0OTHER")
    assert await is_closed(office, message)


async def test_a_channel_with_another_id_keeps_its_old_name_for_the_bot(office: Office) -> None:
    await office.connect()
    old = office.channel()
    message = await office.ana.say(office.general, "Dark mode?")
    card = await office.send(office.post())
    assert card
    await office.workspace.change_channel_id(office.general)
    assert office.general.id != old.channel
    was = MessageRef(HOME, old.channel, message.ts)

    await office.ana.react(message, "tada")
    heard = office.of(ReactionChanged)[-1]
    assert (heard.channel, heard.message, heard.private) == (old, was, False)
    reply = await office.ana.say(office.general, "Please!", message)
    said = office.of(MessagePosted)[-1]
    assert (said.channel, said.thread) == (old, ThreadRef(HOME, old.channel, message.ts))
    assert said.permalink == office.workspace.permalink(reply)


async def test_by_its_old_name_a_channel_is_read_and_written_to(office: Office) -> None:
    await office.connect()
    sending = office.post()
    message = await office.ana.say(office.general, "Dark mode?")
    was = office.ref(message)
    card = await office.send(sending)
    await office.workspace.change_channel_id(office.general)
    assert card
    await office.send(SendEdit(card, HELLO))
    await office.send(SendReaction(was, emoji("✅")))
    again = await office.adapter.send(sending, "sb2")
    assert again
    assert again.container == card.container == was.container
    assert len(office.workspace.messages(office.general)) == 3
    assert "white_check_mark" in message.reactions
    read = await office.adapter.read_message(was)
    assert read
    assert (read.ref, read.permalink) == (was, office.workspace.permalink(message))
    assert await office.adapter.can_see(office.account(office.ana), sending.channel)


def told(logged: list[str]) -> list[tuple[str, str]]:
    """What the log says happened to which channel."""
    lines = [json.loads(line) for line in logged if line.strip()]
    return [
        (one.get("change", one["event"]), one.get("channel") or one["old"])
        for one in lines
        if one["event"].startswith("channel")
    ]


async def test_another_id_is_told_once_however_often_slack_says_it(
    office: Office, logged: list[str]
) -> None:
    office.server.rules.deliver_twice = True
    await office.connect()
    old = office.general.id
    await office.workspace.change_channel_id(office.general)
    await office.workspace.settled()
    assert told(logged) == [("channel_id_changed", old)]


async def rename(office: Office, channel: Channel) -> None:
    await office.workspace.rename_channel(channel, "talk")


async def archive(office: Office, channel: Channel) -> None:
    await office.workspace.archive(channel)


async def unarchive(office: Office, channel: Channel) -> None:
    await office.workspace.unarchive(channel)


async def delete(office: Office, channel: Channel) -> None:
    await office.workspace.delete_channel(channel)


async def kick(office: Office, channel: Channel) -> None:
    await office.workspace.kick_bot(channel)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (rename, "channel_rename"),
        (archive, "channel_archive"),
        (unarchive, "channel_unarchive"),
        (delete, "channel_deleted"),
        (kick, "channel_left"),
    ],
)
async def test_the_log_says_what_happens_to_a_channel_that_is_configured(
    office: Office, logged: list[str], change: Change, name: str
) -> None:
    other = office.workspace.add_channel("other", [office.ana])
    await office.connect()
    await change(office, other)
    assert told(logged) == []
    await change(office, office.general)
    assert (name, office.general.id) in told(logged)


async def test_a_bot_that_is_invited_again_works_again(office: Office, logged: list[str]) -> None:
    await office.connect()
    await office.workspace.kick_bot(office.general)
    await office.ana.say(office.general, "Is it gone?")
    assert office.of(MessagePosted) == []
    await office.workspace.invite_bot(office.general)
    assert ("member_joined_channel", office.general.id) in told(logged)
    message = await office.ana.say(office.general, "Dark mode?")
    assert [one.message for one in office.of(MessagePosted)] == [office.ref(message)]
    assert await office.send(office.post())


async def test_who_comes_and_goes_is_not_told_and_costs_no_look_at_the_channel(
    office: Office, logged: list[str]
) -> None:
    await office.connect()
    calls = len(office.workspace.calls)
    await office.workspace.kick(office.general, office.mo)
    await office.workspace.invite(office.general, office.mo)
    await office.ana.say(office.general, "Welcome back")
    assert told(logged) == []
    assert len(office.workspace.calls) == calls
