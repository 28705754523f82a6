"""What authors and moderators change on Discord while ideas are on their way: nothing is lost, a
decision is made all the same, and what refuses is left alone."""

from pathlib import Path

import pytest

from tests.adapters.discord.company import Company, open_company, words_of
from tests.discord.model import Channel, Message
from tests.discord.permissions import Permission

TITLE = "Dark mode"
WISH = "I would love a dark mode."
EDITS = "PATCH /channels/{channel}/messages/{message}"


async def suggest(company: Company, title: str = TITLE) -> Message:
    seen = await company.ana.slash(company.talk, "suggest", {"title": title})
    await company.ana.submit(seen.modal, {"body": "My eyes hurt at night."})
    await company.pass_time()
    return company.card(company.ideas, title)


async def captured(company: Company) -> Message:
    """Ana's message, which Mo made an idea and sent to the inbox."""
    message = await company.ana.say(company.talk, WISH)
    await company.mo.react(message, "🚀")
    await company.pass_time()
    return message


async def decline(company: Company) -> None:
    await company.pia.press(company.inbox_card("#1"), "Decline…")
    await company.pia.submit(await company.pias_form(), {"reason": "Not this year, sorry."})
    await company.pass_time(90)


async def status(company: Company) -> str:
    async with company.database.reading() as store:
        idea = await store.idea(1)
    assert idea
    return idea.status.value


async def test_of_two_edits_the_later_holds_in_whatever_order_they_come(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        said = await captured(company)
        gateway, clock = company.server.gateway, company.server.clock
        gateway.hold()
        await company.ana.edit(said, "I would love a darker mode.")
        clock.advance(5)
        await company.ana.edit(said, "I would love the darkest mode.")
        gateway.reverse()
        gateway.release()
        await company.pass_time(30)
        assert "darkest" in words_of(company.card(company.ideas, "mode"))


async def test_the_preview_of_a_link_is_no_edit(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        said = await captured(company)
        edits = len(company.server.called(EDITS))
        await company.fans.unfurl(said, "An example")
        await company.pass_time(30)
        assert len(company.server.called(EDITS)) == edits


async def test_a_moderators_deletion_of_many_withdraws_what_was_made_of_them(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        said = await captured(company)
        other = await company.ben.say(company.talk, "Hello")
        await company.fans.delete_messages([other, said])
        await company.pass_time(30)
        assert "withdrawn" in words_of(company.card(company.ideas, "#1"))
        assert "deleted" in company.inbox_card("#1").text


async def test_without_its_message_an_idea_is_answered_under_its_card(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        said = await captured(company)
        await company.ben.press(company.card(company.ideas, "dark mode"), "Vote")
        await company.pia.press(company.inbox_card("#1"), "Plan")
        await company.pass_time(90)
        await company.ana.delete(said)
        company.ana.close_directs()
        await decline(company)
        assert await status(company) == "declined"
        card, *_, note = company.server.messages(company.ideas)
        assert note.reply_to is card
        assert "Not this year, sorry." in words_of(note)


async def test_a_card_that_is_deleted_is_edited_no_more_and_the_idea_goes_on(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        await company.mo.react(card, "🚀")
        await company.pass_time()
        await company.fans.delete_message(card)
        await decline(company)
        assert not [one for one in company.server.messages(company.ideas) if one.embeds]
        assert "Not this year, sorry." in company.directs(company.ana)[0]
        assert company.server.invalid_requests == 0


async def in_a_thread(company: Company) -> tuple[Channel, Message]:
    """Ana's wish in a thread, in the inbox."""
    opening = await company.ben.say(company.talk, "What do you miss?")
    thread = await company.ana.start_thread(opening, "Wishes")
    said = await company.ana.say(thread, WISH)
    await company.mo.react(said, "🚀")
    await company.pass_time()
    return thread, said


async def test_an_archived_thread_is_told_and_stays_archived(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        thread, _ = await in_a_thread(company)
        company.ana.close_directs()
        await company.fans.archive(thread)
        await decline(company)
        assert thread.thread
        assert thread.thread.archived
        assert "Not this year, sorry." in words_of(company.server.messages(thread)[-1])
        assert company.ana.pinged_by(company.server.messages(thread)[-1])


async def test_a_thread_that_is_opened_again_stays_open(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        thread, _ = await in_a_thread(company)
        company.ana.close_directs()
        await company.fans.archive(thread)
        await company.fans.unarchive(thread)
        await decline(company)
        assert thread.thread
        assert not thread.thread.archived
        assert "Not this year, sorry." in words_of(company.server.messages(thread)[-1])


async def test_a_card_in_a_closed_post_changes_and_the_post_stays_closed(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        post = await company.ana.post(company.forum, TITLE, "My eyes hurt at night.")
        await company.pass_time()
        await company.mo.react(company.card(post, TITLE), "🚀")
        await company.pass_time()
        await company.fans.archive(post, locked=True)
        await decline(company)
        assert post.thread
        assert (post.thread.archived, post.thread.locked) == (True, True)
        assert "Not this year, sorry." in words_of(company.card(post, "Status: Declined"))
        assert company.fans.tags(post) == ["Declined"]


async def test_a_deleted_thread_loses_the_note_and_not_the_decision(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        thread, _ = await in_a_thread(company)
        await company.fans.delete_channel(thread)
        await decline(company)
        assert await status(company) == "declined"
        assert "Not this year, sorry." in company.directs(company.ana)[-1]
        assert "declined this" in company.inbox_card("#1").text


async def test_a_deleted_board_loses_its_cards_and_not_the_decision(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.mo.react(await suggest(company), "🚀")
        await company.pass_time()
        await company.fans.delete_channel(company.ideas)
        await decline(company)
        assert await status(company) == "declined"
        assert "Not this year, sorry." in company.directs(company.ana)[0]


async def test_a_deleted_inbox_keeps_ideas_and_what_waits_is_kept_with_its_error(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path, other_way=True) as company:
        await company.fans.delete_channel(company.product)
        await company.mo.react(await suggest(company), "🚀")
        await company.pass_time(90)
        assert (await company.database.queue.counts())["dead"] == 1
        await company.ben.press(company.card(company.ideas, TITLE), "Vote")
        told = await company.server.until(lambda: company.ben.screen.ephemeral)
        assert told
        assert "counts: 1 vote now." in words_of(told)


async def test_without_their_role_moderators_are_none(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        (role,) = [one for one in company.fans.guild.roles.values() if one.name == "Moderators"]
        await company.fans.delete_role(role)
        await company.mo.react(card, "🚀")
        await company.pass_time()
        assert not company.office.messages(company.inbox)


async def test_a_moderator_is_one_as_long_as_they_have_the_role(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        (role,) = [one for one in company.fans.guild.roles.values() if one.name == "Moderators"]
        await company.fans.take(company.mo, role)
        await company.mo.react(card, "🚀")
        await company.pass_time()
        assert not company.office.messages(company.inbox)
        await company.fans.give(company.ben, role)
        await company.ben.react(card, "🚀")
        await company.pass_time()
        assert TITLE in company.inbox_card(TITLE).text


async def test_a_bot_that_was_kicked_decides_all_the_same_and_works_again_when_it_is_back(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        await company.mo.react(await suggest(company), "🚀")
        await company.pass_time()
        await company.fans.kick_bot()
        await decline(company)
        assert await status(company) == "declined"
        assert "declined this" in company.inbox_card(TITLE).text
        calls = len(company.server.calls)
        await company.pass_time(3_600)
        assert len(company.server.calls) - calls <= 5
        await company.fans.invite_bot()
        assert "Export" in words_of(await suggest(company, "Export as CSV"))


async def test_an_outage_is_waited_for_and_nothing_is_forgotten(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        await company.fans.outage()
        await company.fans.recover()
        await company.mo.react(card, "🚀")
        await company.pass_time()
        assert TITLE in company.inbox_card(TITLE).text


@pytest.mark.parametrize("hidden", [True, False])
async def test_an_idea_is_as_private_as_its_channel_is_when_it_is_made(
    tmp_path: Path, hidden: bool
) -> None:
    async with open_company(tmp_path) as company:
        view = Permission.VIEW_CHANNEL
        for somebody in (company.mo, company.ana, company.fans.bot_role):
            await company.fans.overwrite(company.talk, somebody, allow=view)
        await company.fans.overwrite(company.talk, company.fans.everyone, deny=view)
        if not hidden:
            await company.fans.overwrite(company.talk, company.fans.everyone)
        await captured(company)
        assert bool(company.server.messages(company.ideas)) is not hidden
