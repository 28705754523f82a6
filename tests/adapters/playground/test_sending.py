"""What the bot sends: pace, nonces, ownership, closed doors."""

import pytest

from bot.errors import DeliveryError, DirectRefused, PermanentDeliveryError
from bot.messages import Link, Mention, Message
from bot.ports import Pace, SendDirect, SendEdit, SendPost, SendReaction
from bot.refs import AccountRef, ChannelRef, Emoji, MessageRef
from tests.adapters.playground.world import IDEAS, NAME, World

ANA = AccountRef("playground", "ana")
HELLO = Message((("Hello ", Mention(ANA, "Ana")),))


async def test_a_post_is_seen_by_everybody_there(world: World) -> None:
    ref = await world.adapter.send(SendPost(IDEAS, HELLO), "sb1")

    (message,) = (await world.state("ben"))["messages"]
    assert ref == MessageRef(NAME, "ideas", message["id"])
    assert message["author"] == {
        "id": "bot",
        "name": "Sounding Board",
        "bot": True,
        "color": "#4a5568",
    }
    assert message["content"]["lines"][0][1] == {"t": "mention", "text": "Ana", "person": "ana"}


async def test_the_same_nonce_is_not_posted_twice_within_five_minutes(world: World) -> None:
    first = await world.adapter.send(SendPost(IDEAS, HELLO), "sb1")
    again = await world.adapter.send(SendPost(IDEAS, HELLO), "sb1")
    world.hands.seconds += 5 * 60 + 1
    later = await world.adapter.send(SendPost(IDEAS, HELLO), "sb1")

    assert first == again
    assert first != later
    assert len((await world.state())["messages"]) == 2


async def test_a_second_post_within_a_second_is_told_to_wait(world: World) -> None:
    await world.adapter.send(SendPost(IDEAS, HELLO), "sb1")

    with pytest.raises(DeliveryError) as refused:
        await world.adapter.send(SendPost(IDEAS, HELLO), "sb2")

    assert not isinstance(refused.value, PermanentDeliveryError)
    assert refused.value.retry_after == pytest.approx(1.0)
    await world.adapter.send(SendPost(ChannelRef(NAME, "general"), HELLO), "sb3")


async def test_a_post_goes_under_the_message_it_names_or_its_thread(world: World) -> None:
    root = await world.say("It hurts")
    reply = await world.say("It does", thread=root)
    general = ChannelRef(NAME, "general")

    await world.adapter.send(SendPost(general, HELLO, MessageRef(NAME, "general", reply)), "sb1")

    messages = {m["id"]: m for m in (await world.state())["messages"]}
    assert messages[max(messages)]["thread"] == root
    assert messages[root]["replies"] == 2


@pytest.mark.parametrize(
    "sending",
    [
        SendPost(ChannelRef(NAME, "nowhere"), HELLO),
        SendPost(ChannelRef("other", "ideas"), HELLO),
        SendPost(IDEAS, HELLO, MessageRef(NAME, "ideas", "000099")),
        SendEdit(MessageRef(NAME, "ideas", "000099"), HELLO),
        SendEdit(MessageRef(NAME, "ideas", "no number"), HELLO),
        SendDirect(AccountRef("playground", "nobody"), HELLO),
        SendDirect(AccountRef("discord", "ana"), HELLO),
        SendReaction(MessageRef(NAME, "ideas", "000099"), Emoji("✅")),
    ],
)
async def test_what_leads_nowhere_is_refused_for_good(
    world: World, sending: SendPost | SendEdit | SendDirect | SendReaction
) -> None:
    with pytest.raises(PermanentDeliveryError):
        await world.adapter.send(sending, "sb1")


async def test_a_thread_in_another_channel_is_refused(world: World) -> None:
    root = await world.say("It hurts")

    with pytest.raises(PermanentDeliveryError):
        await world.adapter.send(SendPost(IDEAS, HELLO, MessageRef(NAME, "general", root)), "sb1")


async def test_an_edit_replaces_the_message(world: World) -> None:
    card = await world.card("vote:1")

    await world.adapter.send(SendEdit(card, HELLO), "sb2")

    (message,) = (await world.state())["messages"]
    assert message["content"]["lines"][0][0]["text"] == "Hello "
    assert message["edited"]


async def test_the_forty_first_edit_of_a_minute_is_told_to_wait(world: World) -> None:
    card = await world.card("vote:1")
    for _ in range(40):
        await world.adapter.send(SendEdit(card, HELLO), "sb2")

    with pytest.raises(DeliveryError) as refused:
        await world.adapter.send(SendEdit(card, HELLO), "sb2")

    assert refused.value.retry_after == pytest.approx(60.0)


async def test_a_persons_message_cannot_be_edited(world: World) -> None:
    message = await world.say("Mine")

    with pytest.raises(PermanentDeliveryError):
        await world.adapter.send(SendEdit(MessageRef(NAME, "general", message), HELLO), "sb1")


async def test_a_direct_message_reaches_its_person_only(world: World) -> None:
    ref = await world.adapter.send(SendDirect(ANA, HELLO), "sb1")

    assert ref is not None
    assert ref.container == "dm-ana"
    assert [m["channel"] for m in (await world.state("ana"))["messages"]] == ["dm-ana"]
    assert (await world.state("ben"))["messages"] == []


async def test_closed_direct_messages_refuse(world: World) -> None:
    await world.do("person", directs_open=False)

    with pytest.raises(DirectRefused):
        await world.adapter.send(SendDirect(ANA, HELLO), "sb1")
    with pytest.raises(DirectRefused):
        await world.adapter.send(SendPost(ChannelRef(NAME, "dm-ana"), HELLO), "sb1")

    await world.do("person", directs_open=True)
    assert await world.adapter.send(SendDirect(ANA, HELLO), "sb1")


async def test_the_bots_reaction_is_shown_and_not_told_back(world: World) -> None:
    message = await world.say("It hurts")
    await world.bot.until(1)

    for _ in range(2):
        target = MessageRef(NAME, "general", message)
        assert await world.adapter.send(SendReaction(target, Emoji("✅")), "sb1") is None

    (seen,) = (await world.state())["messages"]
    assert seen["reactions"] == [{"emoji": "✅", "people": ["bot"]}]
    assert len(await world.chat.undelivered()) == 1


async def test_a_link_home_is_kept(world: World) -> None:
    await world.adapter.send(SendPost(IDEAS, Message(((Link("there", "/#ideas/000001"),),))), "sb")

    (message,) = (await world.state())["messages"]
    assert message["content"]["lines"][0][0]["url"] == "/#ideas/000001"


async def test_the_pace_told_is_the_pace_kept(world: World) -> None:
    assert world.adapter.pace == Pace(post_seconds=1.0, edits_per_minute=40, directs_per_minute=30)


async def test_the_thirty_first_direct_message_of_a_minute_is_told_to_wait(world: World) -> None:
    for number in range(30):
        world.hands.seconds += 1
        await world.adapter.send(SendDirect(ANA, HELLO), f"sb{number}")

    world.hands.seconds += 1
    assert await world.adapter.send(SendDirect(ANA, HELLO), "sb29")
    with pytest.raises(DeliveryError):
        await world.adapter.send(SendDirect(ANA, HELLO), "sb30")


async def test_the_workspace_is_the_same_at_every_start(world: World) -> None:
    assert await world.adapter.workspace() == await world.chat.fact("workspace")
    assert len(await world.adapter.workspace()) == 16


async def test_a_message_can_be_read_as_it_is_now(world: World) -> None:
    message = await world.say("It hurts", person="dmitri")
    card = await world.card("vote:1")

    read = await world.adapter.read_message(MessageRef(NAME, "general", message))
    own = await world.adapter.read_message(card)

    assert read is not None
    assert (read.text, read.author_name, read.private) == ("It hurts", "Dmitri", False)
    assert own is not None
    assert (own.author, own.author_name) == (AccountRef("playground", "bot"), "Sounding Board")
    assert await world.adapter.read_message(MessageRef(NAME, "ideas", message)) is None
    assert await world.adapter.read_message(MessageRef("other", "general", message)) is None


@pytest.mark.parametrize(
    ("person", "channel", "sees"),
    [
        ("ana", "general", True),
        ("ana", "product-inbox", False),
        ("mo", "product-inbox", False),
        ("pia", "product-inbox", True),
        ("ana", "dm-ana", True),
        ("pia", "dm-ana", False),
        ("nobody", "general", False),
        ("ana", "nowhere", False),
    ],
)
async def test_who_can_see_what(world: World, person: str, channel: str, sees: bool) -> None:
    account, where = AccountRef("playground", person), ChannelRef(NAME, channel)

    assert await world.adapter.can_see(account, where) is sees
    assert not await world.adapter.can_see(AccountRef("discord", person), where)
    assert not await world.adapter.can_see(account, ChannelRef("other", channel))
