"""A thread that was long and went quiet is offered to the moderators, once."""

from tests.community import Community, labels, said, text_of
from tests.flows.test_summarising import OPENING, thread

HALF_AN_HOUR = 30 * 60.0


async def _look(community: Community) -> None:
    """As the app does every half a minute."""
    await community.bot.threads.flush()
    await community.bot.threads.offer()
    await community.settle()


async def _offered(community: Community) -> None:
    await thread(community)
    community.clock.advance(HALF_AN_HOUR)
    await _look(community)


async def test_a_long_thread_is_offered_once_it_is_quiet(quiet: Community) -> None:
    await thread(quiet)
    await _look(quiet)
    assert quiet.posts("moderators") == []
    quiet.clock.advance(HALF_AN_HOUR)
    await _look(quiet)
    (offer,) = quiet.posts("moderators")
    assert "A long thread has gone quiet: 6 messages." in text_of(offer.message)
    assert labels(offer.message) == ["Summarise", "Capture as idea"]
    assert "chapter" not in str(offer.message), "no words of anybody's"


async def test_it_is_offered_once_however_often_one_looks_and_whatever_follows(
    quiet: Community,
) -> None:
    opening = await thread(quiet)
    quiet.clock.advance(HALF_AN_HOUR)
    for _ in range(3):
        await _look(quiet)
    await quiet.reply("ben", "Has anybody found a way around it by now?", opening)
    quiet.clock.advance(HALF_AN_HOUR)
    await _look(quiet)
    assert len(quiet.posts("moderators")) == 1


async def test_an_event_delivered_twice_counts_once(quiet: Community) -> None:
    await thread(quiet)
    for event in quiet.events:
        await quiet.bot.dispatch(event)
    await _look(quiet)
    async with quiet.database.reading() as store:
        known = await store.thread(1)
    assert known
    assert known.messages == 6


async def test_short_private_and_unlisted_threads_and_those_kept_out_are_not(
    quiet: Community,
) -> None:
    short = quiet.write("ana", OPENING)
    await quiet.reply("ben", "Same here, twice this week.", short)
    for channel in ("quiet", "random"):
        await thread(quiet, channel=channel)
    quiet.clock.advance(HALF_AN_HOUR)
    await _look(quiet)
    assert quiet.posts("moderators") == []
    assert len(quiet.dump()["threads"]) == 1


async def test_without_a_moderators_channel_nothing_is_offered(community: Community) -> None:
    await thread(community)
    community.clock.advance(24 * 3600)
    await _look(community)
    assert community.adapter.sent == []


async def test_a_moderator_has_it_summarised(quiet: Community) -> None:
    await _offered(quiet)
    answer = await quiet.press("mo", "summarize:1", channel="moderators")
    assert "Reading 6 messages…" in said(answer)
    await quiet.settle()
    assert OPENING in text_of(quiet.followups("mo")[0])


async def test_a_moderator_captures_its_first_message(quiet: Community) -> None:
    await _offered(quiet)
    answer = await quiet.press("mo", "capture_thread:1", channel="moderators")
    assert "becomes an idea" in said(answer)
    again = await quiet.press("mo", "capture_thread:1", channel="moderators")
    assert "You did that before" in said(again)
    await quiet.settle()
    (card,) = quiet.posts("ideas")
    assert OPENING.rstrip(".") in text_of(card.message)
    assert "Suggested by Ana" in text_of(card.message)
    again = await quiet.press("mo", "capture_thread:1", channel="moderators")
    assert "That message is #1 already." in said(again)


async def test_only_moderators_may(quiet: Community) -> None:
    await _offered(quiet)
    for press in ("summarize:1", "capture_thread:1"):
        assert "for others here" in said(await quiet.press("ben", press))
        assert "no longer there" in said(await quiet.press("mo", press.replace("1", "7")))


async def test_a_channel_kept_out_meanwhile_is_offered_no_more(quiet: Community) -> None:
    await thread(quiet)
    await quiet.bot.threads.flush()
    settings = quiet.config.connections["playground"].channels
    settings["general"] = settings["quiet"]
    quiet.clock.advance(HALF_AN_HOUR)
    await _look(quiet)
    assert quiet.posts("moderators") == []


async def test_a_thread_of_a_message_by_the_bot_is_not_counted(quiet: Community) -> None:
    opening = quiet.write("ana", OPENING)
    await quiet.say_to_bot("ben", "I like this", opening.thread)
    await quiet.bot.threads.flush()
    assert quiet.dump()["threads"] == []
