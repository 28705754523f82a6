"""What members and moderators do on Discord, each in the way that people there expect."""

import asyncio
from pathlib import Path

import pytest

from bot.messages import Action, Button, Message
from bot.ports import SendDirect
from bot.refs import AccountRef
from tests.adapters.discord.company import Company, open_company, words_of
from tests.discord.failures import Failure, Refusal
from tests.discord.model import Message as Shown
from tests.discord.permissions import Permission

TITLE = "Dark mode"


async def suggest(company: Company, title: str = TITLE) -> Shown:
    seen = await company.ana.slash(company.talk, "suggest", {"title": title})
    await company.ana.submit(seen.modal, {"body": "My eyes hurt at night."})
    await company.pass_time()
    return company.card(company.ideas, title)


async def test_what_a_vote_says_only_the_voter_sees(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.ben.press(await suggest(company), "Vote")
        await company.server.until(lambda: company.ben.screen.ephemeral)
        (whisper,) = company.ben.screen.ephemerals
        assert "counts: 1 vote now." in words_of(whisper)
        assert not company.ana.screen.ephemerals[1:]


async def test_two_people_with_the_form_open_get_their_own_words(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        mine = await company.ana.slash(company.talk, "suggest", {"title": "Dark mode"})
        theirs = await company.ben.slash(company.talk, "suggest", {"title": "Export as CSV"})
        assert mine.modal
        assert theirs.modal
        assert mine.modal.custom_id != theirs.modal.custom_id
        await company.ben.submit(theirs.modal)
        await company.ana.submit(mine.modal)
        await company.pass_time()
        assert "Suggested by Ana" in words_of(company.card(company.ideas, "Dark mode"))
        assert "Suggested by Ben" in words_of(company.card(company.ideas, "Export as CSV"))


async def test_a_form_outlives_a_restart(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        seen = await company.ana.slash(company.talk, "suggest", {"title": TITLE})
        await company.restart()
        answered = await company.ana.submit(seen.modal)
        assert not answered.error
        await company.pass_time()
        company.card(company.ideas, TITLE)


async def test_a_mistake_in_a_form_offers_the_way_back_with_what_was_typed(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        seen = await company.ana.slash(company.talk, "suggest")
        refused = await company.ana.submit(seen.modal, {"title": "?", "body": "A long story."})
        assert refused.message
        again = await company.ana.press(refused.message, "Edit and try again")
        assert again.modal
        assert again.modal.prefilled["body"] == "A long story."
        company.assert_clean()


async def test_ideas_complete_while_typing_as_far_as_they_may_be_seen(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await suggest(company)
        name = company.option_of("ideas")
        seen = await company.ben.autocomplete(company.talk, "ideas", name, "dark")
        assert [choice["value"] for choice in seen.choices] == ["1"]
        shown = await company.ben.slash(company.talk, "ideas", {name: "1"})
        assert shown.message
        assert TITLE in words_of(shown.message)


async def test_a_message_becomes_an_idea_by_its_menu(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        said = await company.ana.say(company.talk, "I would love a dark mode. My eyes hurt.")
        seen = await company.mo.menu(said, "Turn into idea")
        await company.mo.submit(seen.modal)
        await company.pass_time()
        card = company.card(company.ideas, "dark mode")
        assert "Suggested by Ana" in words_of(card)
        company.assert_clean()


async def test_a_moderators_reaction_captures_and_others_do_not(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        said = await company.ana.say(company.talk, "I would love a dark mode.")
        await company.ben.react(said, "💡")
        await company.pass_time()
        assert not company.server.messages(company.ideas)
        await company.mo.react(said, "💡")
        await company.pass_time()
        company.card(company.ideas, "dark mode")
        assert company.server.bot.id in said.reactions["✅"]


async def test_an_edited_message_changes_its_idea_and_a_deleted_one_withdraws_it(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        said = await company.ana.say(company.talk, "I would love a dark mode.")
        await company.mo.react(said, "💡")
        await company.pass_time()
        await company.ana.edit(said, "I would love a very dark mode.")
        await company.pass_time(30)
        company.card(company.ideas, "very dark mode")
        await company.ana.delete(said)
        await company.pass_time(30)
        (card,) = company.server.messages(company.ideas)
        assert "withdrawn" in words_of(card)


async def test_a_mention_suggests_and_an_unpinged_reply_answers_nothing(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        bot = f"<@{company.server.bot.id}>"
        await company.ana.say(company.talk, f"{bot} suggest Export as CSV")
        await company.pass_time()
        company.card(company.ideas, "Export as CSV")


async def test_a_webhook_and_a_bot_are_nobody(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        bot = f"<@{company.server.bot.id}>"
        await company.fans.webhook_says(company.talk, "Relay", f"{bot} suggest Export as CSV")
        await company.pass_time()
        assert not company.server.messages(company.ideas)


async def test_a_summary_of_a_thread_comes_privately_and_is_posted_on_purpose(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        said = await company.ana.say(company.talk, "The export fails for big files, does it?")
        thread = await company.ana.start_thread(said, "Export")
        for at in range(8):
            await company.ben.say(thread, f"It fails for me since version {at}, with a time-out.")
            await company.mo.say(thread, f"We should split the file into {at} parts of 10 MB.")
        seen = await company.ben.menu(company.server.messages(thread)[2], "Summarise thread")
        assert seen.message
        before = len(company.ben.screen.ephemerals)
        await company.pass_time()
        note = company.ben.screen.ephemerals[before]
        assert "export" in words_of(note).lower()
        await company.ben.press(note, "Post to thread")
        await company.pass_time()
        assert company.server.messages(thread)[-1].author.bot
        company.assert_clean()


async def test_a_summary_waits_until_discord_tells_who_may_see_the_thread(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        said = await company.ana.say(company.talk, "The export fails for big files, does it?")
        thread = await company.ana.start_thread(said, "Export")
        for at in range(8):
            await company.mo.say(thread, f"We should split the file into {at} parts of 10 MB.")
        await company.ben.menu(company.server.messages(thread)[2], "Summarise thread")
        before = len(company.ben.screen.ephemerals)
        company.server.fail_next("GET /guilds/{guild}/members/{user}", Failure.BLOCKED)
        await company.pass_time(30)
        assert "export" in words_of(company.ben.screen.ephemerals[before]).lower()


async def test_who_takes_no_direct_messages_is_told_where_they_spoke(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.ana.close_directs()
        said = await company.ana.say(company.talk, "I would love a dark mode.")
        await company.mo.react(said, "💡")
        await company.pass_time(30)
        told = company.server.messages(company.talk)[-1]
        assert told.reply_to is said
        assert company.ana.pinged_by(told)
        company.assert_clean()


async def test_what_is_said_in_a_hidden_channel_reaches_the_inbox_only(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        view = Permission.VIEW_CHANNEL
        for somebody in (company.mo, company.ana, company.fans.bot_role):
            await company.fans.overwrite(company.talk, somebody, allow=view)
        await company.fans.overwrite(company.talk, company.fans.everyone, deny=view)
        said = await company.ana.say(company.talk, "I would love a dark mode.")
        await company.mo.react(said, "💡")
        await company.pass_time()
        assert "dark mode" in company.inbox_card("dark mode").text
        assert not company.server.messages(company.ideas)
        listed = await company.ben.slash(company.lounge, "ideas", {company.option_of("ideas"): "1"})
        assert listed.message
        assert "dark mode" not in words_of(listed.message)
        company.assert_clean()


async def test_a_summary_is_not_made_for_somebody_who_cannot_see_the_channel(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        hidden = company.fans.add_private_channel("vip", company.ana, company.mo)
        said = await company.ana.say(hidden, "The export fails for big files.")
        thread = await company.ana.start_thread(said, "Export")
        for at in range(8):
            await company.mo.say(thread, f"We should split the file into {at} parts of 10 MB.")
        link = {company.option_of("summarize"): company.fans.permalink(said)}
        seen = await company.ben.slash(company.talk, "summarize", link)
        assert seen.message
        await company.pass_time()
        assert not any("parts of" in words_of(one) for one in company.ben.screen.ephemerals)
        assert not any("parts of" in direct for direct in company.directs(company.ben))


async def test_a_channel_that_refuses_is_left_alone_after_a_handful(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        route = "POST /channels/{channel}/messages"
        company.server.fail_next(route, Refusal(403, 50013), times=20)
        for at in range(9):
            await suggest_only(company, f"Wish number {at}")
            await company.pass_time(3)
        assert len(company.server.called(route)) == 5


async def suggest_only(company: Company, title: str) -> None:
    seen = await company.ana.slash(company.talk, "suggest", {"title": title})
    answered = await company.ana.submit(seen.modal)
    if answered.message and "No, mine is new" in str(answered.message.components):
        await company.ana.press(answered.message, "No, mine is new")


async def test_what_takes_long_is_deferred_and_answered_all_the_same(tmp_path: Path) -> None:
    async with open_company(tmp_path, answer=0.0) as company:
        seen = await company.ben.slash(company.talk, "ideas")
        assert seen.message
        assert not seen.error
        company.assert_clean()


async def test_calls_one_after_another_are_one_claim(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        await asyncio.gather(*(company.ben.press(card, "Vote") for _ in range(3)))
        await company.pass_time(30)
        assert "1 vote" in words_of(company.card(company.ideas, TITLE))


@pytest.mark.parametrize("failure", [Failure.HANG, Failure.BLOCKED])
async def test_a_press_in_a_direct_message_is_answered_though_discord_looks_nobody_up(
    tmp_path: Path, failure: Failure
) -> None:
    async with open_company(tmp_path) as company:
        await suggest(company)
        show = Button("Show it", Action.of("show", 1))
        told = Message((("It is planned.",),), buttons=(show,))
        ana = AccountRef("discord", company.ana.id)
        await company.discord.send(SendDirect(ana, told), "sb99")
        direct = company.server.directs(company.ana)[-1]
        company.server.fail_next("GET /guilds/{guild}/members/{user}", failure)
        seen = await company.ana.press(direct, "Show it")
        assert not seen.error
        assert seen.message
        assert TITLE in words_of(seen.message)
