"""Somebody edits a message: its idea follows for a while, and quotes never say what was there."""

import asyncio
from datetime import timedelta

import pytest

from bot.events import MessagePosted, ReadMessage
from tests.community import START, Community, Where, form, said
from tests.flows.test_summarising import LINES, OPENING, thread, where_posted

IDEAS: Where = {"channel": "ideas"}


async def _captured(community: Community, text: str = "We need a dark mode") -> ReadMessage:
    """Ana's message, made idea #1 by Mo."""
    message = community.write("ana", text)
    await community.react("mo", "💡", message.ref)
    await community.settle()
    return message


async def _card(community: Community) -> str:
    await community.later(10)
    return community.shown(community.card_of(1))


async def test_the_idea_follows_the_words_of_its_message_everywhere(community: Community) -> None:
    message = await _captured(community)
    await community.react("mo", "🚀", community.card_of(1), **IDEAS)
    await community.settle()
    await community.change("ana", message.ref, "We need a quiet hour. Black on grey, please.")
    assert "#1 · We need a quiet hour\n" in await _card(community)
    inbox = community.shown(community.card_of(1, "product-inbox"))
    assert "Black on grey, please." in inbox
    found = said(await community.command("ben", "/ideas quiet"))
    assert "We need a quiet hour" in found
    assert "#1" not in said(await community.command("ben", "/ideas dark"))


async def test_of_several_edits_the_last_one_holds_in_whatever_order_they_come(
    community: Community,
) -> None:
    message = await _captured(community)
    early, late = START + timedelta(minutes=2), START + timedelta(minutes=3)
    await community.change("ana", message.ref, "We need a night mode", at=late)
    await community.change("ana", message.ref, "We need a nigth mode", at=early)
    assert "We need a night mode" in await _card(community)


async def test_an_edit_that_comes_while_the_message_becomes_an_idea_is_followed(
    community: Community,
) -> None:
    everybody_else_waits = community.database.transaction()
    async with asyncio.TaskGroup() as tasks, everybody_else_waits:
        tasks.create_task(community.say_to_bot("ana", "suggest We need a dark mode"))
        await _read(community)
        (message,) = (e.message for e in community.events if isinstance(e, MessagePosted))
        tasks.create_task(community.change("ana", message, "suggest We need a quiet hour"))
        await _read(community)
    assert "We need a quiet hour" in await _card(community)


async def _read(community: Community) -> None:
    """Long enough for whoever reads to be done."""
    for _ in range(5):
        async with community.database.reading() as store:
            await store.idea(1)


async def test_an_edit_from_before_the_capture_changes_nothing(community: Community) -> None:
    message = await _captured(community)
    before = START - timedelta(minutes=1)
    await community.change("ana", message.ref, "We kneed a dark mode", at=before)
    assert "We need a dark mode" in await _card(community)


async def test_after_fifteen_minutes_the_idea_stays_as_it_is(community: Community) -> None:
    message = await _captured(community)
    community.clock.advance(15 * 60)
    await community.change("ana", message.ref, "We need a night mode")
    assert "We need a dark mode" in await _card(community)


async def test_only_the_author_is_followed(community: Community) -> None:
    message = await _captured(community)
    for who in ("ben", "mo", "stranger"):
        await community.change(who, message.ref, "We need a night mode")
    assert "We need a dark mode" in await _card(community)


async def test_what_others_voted_for_stays(community: Community) -> None:
    message = await _captured(community)
    await community.press("ben", "vote:1")
    await community.change("ana", message.ref, "We need a night mode")
    assert "We need a dark mode" in await _card(community)


async def test_the_authors_own_vote_holds_nothing_up(community: Community) -> None:
    message = await _captured(community)
    await community.press("ana", "vote:1")
    await community.change("ana", message.ref, "We need a night mode")
    assert "We need a night mode" in await _card(community)


async def test_an_edit_that_overtakes_the_capture_of_its_message_is_followed(
    community: Community,
) -> None:
    message = community.write("ana", "We need a dark mode")

    async def edit() -> None:
        await community.change("ana", message.ref, "We need a night mode")

    community.adapter.meanwhile = edit
    await community.react("mo", "💡", message.ref)
    await community.settle()
    assert "#1 · We need a night mode" in await _card(community)


async def test_what_a_moderator_marked_in_vain_is_an_idea_once_it_says_enough(
    community: Community,
) -> None:
    message = await _captured(community, "?")
    elsewhere = community.write("ana", "!", channel="lounge")
    await community.react("mo", "💡", elsewhere.ref, channel="lounge")
    await community.change("ana", elsewhere.ref, "We need a night mode", channel="lounge")
    await community.change("ana", message.ref, "We need a dark mode")
    await community.settle()
    assert "#1 · We need a dark mode" in await _card(community)
    assert "#2" not in said(await community.command("ben", "/ideas new"))


@pytest.mark.parametrize(("who", "action"), [("ana", "edit:1"), ("mo", "title:1")])
async def test_words_that_somebody_has_chosen_since_stay(
    community: Community, who: str, action: str
) -> None:
    message = await _captured(community)
    await community.submit(who, action, {"title": "A dark theme"})
    await community.change("ana", message.ref, "We need a night mode")
    assert "#1 · A dark theme" in await _card(community)


async def test_what_is_decided_or_merged_stays(community: Community) -> None:
    planned = await _captured(community)
    await community.press("pia", "decide:1:planned:new")
    merged = community.write("ana", "Please keep my place when I come back")
    await community.react("mo", "💡", merged.ref)
    await community.settle()
    await community.submit("mo", "merge:2", {"into": "1"})
    await community.change("ana", planned.ref, "We need a night mode")
    await community.change("ana", merged.ref, "Please keep my page")
    await community.later(10)
    assert "We need a dark mode" in community.shown(community.card_of(1))
    assert "Please keep my place" in community.shown(community.card_of(2))


async def _turned_into_an_idea(community: Community, **changes: str) -> ReadMessage:
    """Ben sends Ana's message in by its menu, with these changes."""
    message = community.write("ana", "We need a dark mode. My eyes hurt.")
    opened = form(await community.use_menu("ben", message))
    values = {field.name: field.value for field in opened.fields} | changes
    await community.submit("ben", str(opened.action), values)
    await community.settle()
    return message


async def test_a_message_sent_in_as_it_stood_is_followed_and_keeps_what_was_added(
    community: Community,
) -> None:
    message = await _turned_into_an_idea(community, area="Editor", job="Write at night")
    await community.change("ana", message.ref, "We need a night mode. My eyes hurt.")
    card = await _card(community)
    assert "#1 · We need a night mode" in card
    assert "Area: Editor" in card
    assert "Trying to: Write at night" in card


async def test_a_message_sent_in_with_other_words_is_not_followed(community: Community) -> None:
    message = await _turned_into_an_idea(community, title="A dark theme")
    await community.change("ana", message.ref, "We need a night mode. My eyes hurt.")
    assert "#1 · A dark theme" in await _card(community)


async def test_an_edit_that_leaves_nothing_to_say_changes_nothing(community: Community) -> None:
    message = await _captured(community)
    await community.change("ana", message.ref, "🙂")
    assert "We need a dark mode" in await _card(community)


async def test_an_edit_makes_nobody_known(community: Community) -> None:
    message = community.write("ana", "Lunch at noon?")
    await community.change("ana", message.ref, "Lunch at one?")
    assert community.dump()["accounts"] == []


async def test_who_edited_what_is_in_the_story(community: Community) -> None:
    message = await _captured(community)
    await community.change("ana", message.ref, "We need a night mode")
    async with community.database.reading() as store:
        story = [(entry.verb, entry.name) for entry in await store.story(1)]
    assert ("message_edited", "Ana") in story


async def _summarised(community: Community) -> ReadMessage:
    """The thread, with its summary shown in it; Chloé's message that it quotes."""
    opening = await thread(community)
    await community.use_menu("ben", opening, "summarize_thread")
    await community.settle()
    await community.press("ben", "post_summary:1")
    await community.settle()
    return next(m for m in community.adapter.messages.values() if m.text == LINES[1][1])


async def test_nobody_is_quoted_with_words_they_changed(community: Community) -> None:
    quoted = await _summarised(community)
    assert LINES[1][1] in community.shown(where_posted(community))
    await community.change("chloé", quoted.ref, "We should keep nothing at all.")
    await community.later(10)
    assert "copy of every chapter" not in community.shown(where_posted(community))
    assert OPENING in community.shown(where_posted(community))


async def test_a_quote_that_still_stands_there_stays(community: Community) -> None:
    quoted = await _summarised(community)
    await community.change("chloé", quoted.ref, f"{quoted.text} Just saying!")
    await community.later(10)
    assert LINES[1][1] in community.shown(where_posted(community))
    assert await community.database.queue.counts() == {
        "waiting": 0, "sent": 3, "dropped": 0, "dead": 0,
    }  # fmt: skip


async def test_an_older_edit_takes_nothing_from_a_newer_summary(community: Community) -> None:
    quoted = await _summarised(community)
    before = START - timedelta(minutes=1)
    await community.change("chloé", quoted.ref, "We should keep nothing at all.", at=before)
    await community.later(10)
    assert LINES[1][1] in community.shown(where_posted(community))
