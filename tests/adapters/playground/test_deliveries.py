"""Messages and reactions reach the bot: at least once, twice each, also after a crash."""

from pathlib import Path

from bot.events import Event, MessagePosted, ReactionChanged
from bot.refs import AccountRef, MessageRef, ThreadRef
from tests.adapters.playground.world import (
    NAME,
    Hands,
    RecordingBot,
    World,
    browsing,
    opened,
    running,
)


async def test_a_message_reaches_the_bot_with_its_words_and_a_key(world: World) -> None:
    message = await world.say("Sync loses my chapters", person="dmitri")

    (event,) = await world.bot.until(1)
    assert isinstance(event, MessagePosted)
    assert event.key
    assert event.account == AccountRef("playground", "dmitri")
    assert event.message == MessageRef(NAME, "general", message)
    assert (event.text, event.thread, event.to_bot) == ("Sync loses my chapters", None, False)
    assert event.at == world.hands.now()


async def test_a_reaction_carries_no_text_and_has_no_key(world: World) -> None:
    message = await world.say("Sync loses my chapters")
    await world.do("react", person="mo", message=message, emoji="👍🏽", added=True)

    event = next(e for e in await world.bot.until(2) if isinstance(e, ReactionChanged))
    assert event.key is None
    assert (event.emoji, event.added) == ("👍", True)
    assert event.message == MessageRef(NAME, "general", message)
    assert not hasattr(event, "text")


async def test_each_event_comes_again_after_a_later_one(world: World) -> None:
    for text in ("one", "two", "three"):
        await world.say(text)

    texts = [getattr(event, "text", None) for event in await world.bot.until(5)]
    assert texts == ["one", "two", "one", "three", "two"]
    keys = {getattr(event, "text", None): event.key for event in world.bot.heard}
    assert [event.key for event in world.bot.heard] == [keys[text] for text in texts]


async def test_a_reaction_given_twice_happened_once(world: World) -> None:
    message = await world.say("Sync loses my chapters")
    for added in (True, True, False, False):
        await world.do("react", person="mo", message=message, emoji="💡", added=added)

    changes = [e for e in await world.bot.until(5) if isinstance(e, ReactionChanged)]
    assert [event.added for event in changes[:2]] == [True, False]
    assert (await world.state())["messages"][0]["reactions"] == []
    waiting = await world.chat.undelivered()
    assert all(event.repeat for event in waiting)


async def test_an_event_the_bot_failed_on_comes_again_and_does_not_hold_up_others(
    world: World,
) -> None:
    failed: list[str | None] = []

    async def fail_once(event: Event) -> None:
        if getattr(event, "text", "") == "one" and not failed:
            failed.append(event.key)
            raise RuntimeError

    world.bot.before = fail_once
    await world.say("one")
    await world.say("two")

    heard = await world.bot.until(3)
    assert failed[0] in [event.key for event in heard[1:]]
    assert "two" in [getattr(event, "text", "") for event in heard]


async def test_what_was_not_delivered_is_delivered_at_the_next_start(tmp_path: Path) -> None:
    hands, bot = Hands(), RecordingBot()
    async with opened(tmp_path, hands) as adapter, browsing(adapter) as (browser, url):
        world = World(adapter, bot, hands, browser, url, tmp_path)
        await world.say("said while the bot was away")
        assert bot.heard == []

    async with opened(tmp_path, hands) as adapter, running(adapter, bot):
        (event,) = await bot.until(1)

    assert getattr(event, "text", None) == "said while the bot was away"


async def test_a_repeat_that_was_still_to_come_comes_at_the_next_start(tmp_path: Path) -> None:
    hands, bot = Hands(), RecordingBot()
    async with (
        opened(tmp_path, hands) as adapter,
        running(adapter, bot),
        browsing(adapter) as (browser, url),
    ):
        await World(adapter, bot, hands, browser, url, tmp_path).say("once")
        await bot.until(1)

    async with opened(tmp_path, hands) as adapter, running(adapter, bot):
        first, again = await bot.until(2)
        assert first == again


async def test_messages_meant_for_the_bot_are_marked(world: World) -> None:
    card = await world.card("vote:1")

    await world.say("a direct message", channel="dm-ana")
    await world.say("a reply to it", channel="ideas", thread=card.message)
    await world.say("Hello @sounding board, are you there?")
    await world.say("said to nobody")

    heard = await world.bot.until(7)
    marked = {e.text: e.to_bot for e in heard if isinstance(e, MessagePosted)}
    assert marked == {
        "a direct message": True,
        "a reply to it": True,
        "Hello @sounding board, are you there?": True,
        "said to nobody": False,
    }
    reply = next(e for e in heard if getattr(e, "text", "") == "a reply to it")
    assert getattr(reply, "thread", None) == ThreadRef(NAME, "ideas", card.message)


async def test_the_bots_own_messages_are_not_told_back(world: World) -> None:
    await world.card("vote:1")

    assert await world.chat.undelivered() == []
