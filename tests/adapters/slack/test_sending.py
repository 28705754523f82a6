"""What the adapter delivers: posts, edits, direct messages, reactions, private answers."""

import pytest

from bot.errors import Forgotten, NotConnected, PermanentDeliveryError
from bot.events import CommandUsed
from bot.messages import Action, Button, Message
from bot.ports import SendEdit, SendFollowup, SendReaction
from bot.refs import MessageRef, emoji
from tests.adapters.slack.office import HELLO, HOME, NONCE, Office
from tests.slack.forms import labels

VOTE = Button("Vote", Action.of("vote", 1))
ROW = {"event_type": "sounding_board", "event_payload": {"row": NONCE}}


async def test_a_post_stands_in_its_channel_and_names_the_row_it_came_from(office: Office) -> None:
    await office.connect()
    ref = await office.send(office.post())
    (message,) = office.workspace.messages(office.general)
    assert ref == office.ref(message)
    assert (message.text, message.metadata) == ("Hello there", ROW)


async def test_a_post_in_a_thread_hangs_under_its_first_message(office: Office) -> None:
    await office.connect()
    opening = await office.ana.say(office.general, "Dark mode?")
    ref = await office.send(office.post(thread=office.ref(opening)))
    _, reply = office.workspace.messages(office.general, thread=opening)
    assert (ref, reply.thread_ts) == (office.ref(reply), opening.ts)
    assert reply.metadata == ROW


async def test_a_direct_message_opens_a_conversation_and_is_named_by_it(office: Office) -> None:
    await office.connect()
    ref = await office.send(office.direct(office.ana))
    (message,) = office.workspace.directs(office.ana)
    assert (message.text, message.metadata) == ("Hello there", ROW)
    assert ref == office.ref(message)
    assert ref.container.startswith("D")


async def test_an_edit_brings_the_words_and_buttons_of_today(office: Office) -> None:
    await office.connect()
    ref = await office.send(office.post())
    assert ref
    await office.send(SendEdit(ref, Message((("Hello again",),), buttons=(VOTE,))))
    (message,) = office.workspace.messages(office.general)
    assert (message.text, labels(message.blocks)) == ("Hello again", ["Vote"])
    assert message.metadata == ROW


async def test_a_direct_message_can_be_edited_too(office: Office) -> None:
    await office.connect()
    ref = await office.send(office.direct(office.ana))
    assert ref
    await office.send(SendEdit(ref, Message((("Hello again",),))))
    assert [one.text for one in office.workspace.directs(office.ana)] == ["Hello again"]


async def test_nobody_elses_message_is_edited(office: Office) -> None:
    await office.connect()
    message = await office.ana.say(office.general, "Dark mode?")
    with pytest.raises(PermanentDeliveryError, match="cant_update_message"):
        await office.send(SendEdit(office.ref(message), HELLO))


async def test_a_reaction_is_given_once(office: Office) -> None:
    await office.connect()
    message = await office.ana.say(office.general, "Dark mode?")
    for _ in range(2):
        await office.send(SendReaction(office.ref(message), emoji("✅")))
    assert message.reactions == {"white_check_mark": [office.workspace.bot.id]}


async def test_a_reaction_to_what_is_gone_is_given_up(office: Office) -> None:
    await office.connect()
    with pytest.raises(PermanentDeliveryError, match="message_not_found"):
        await office.send(
            SendReaction(MessageRef(HOME, office.general.id, "1.000001"), emoji("✅"))
        )


async def follow_up(office: Office) -> SendFollowup:
    """A private answer to a command that Ana has used."""
    await office.ana.command(office.general, "/ideas")
    (used,) = office.of(CommandUsed)
    assert used.handle
    return SendFollowup(used.handle, office.account(office.ana), HELLO)


async def test_a_private_answer_follows_until_slack_has_had_enough_of_it(office: Office) -> None:
    await office.connect()
    sending = await follow_up(office)
    for _ in range(5):
        assert await office.send(sending) is None
    with pytest.raises(Forgotten):
        await office.send(sending)
    notices = [one.text for one in office.ana.screen.ephemerals]
    assert notices.count("Hello there") == 5
    assert office.workspace.messages(office.general) == []


async def test_after_half_an_hour_there_is_no_private_answer(office: Office) -> None:
    await office.connect()
    sending = await follow_up(office)
    office.server.clock.advance(1801)
    with pytest.raises(Forgotten):
        await office.send(sending)


async def test_what_is_to_be_sent_without_a_connection_is_not_held_against_it(
    office: Office,
) -> None:
    await office.connect()
    await office.leave()
    with pytest.raises(NotConnected):
        await office.send(office.post())
