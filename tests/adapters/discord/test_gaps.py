"""After a gap that the gateway does not fill, what is there now is looked up."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.discord.adapter import DiscordAdapter
from bot.events import Event, ReactionChanged, ReactionsRead, SourcesAsked
from bot.ideas import Idea, IdeaStatus
from bot.results import Answer
from handlers.routes import ROUTES
from tests.adapters.discord.company import Company, open_company, words_of
from tests.adapters.discord.listening import instead, listening
from tests.discord.failures import Failure, Refusal
from tests.discord.model import Message

TITLE = "Dark mode"


async def suggest(company: Company) -> Message:
    seen = await company.ana.slash(company.talk, "suggest", {"title": TITLE})
    await company.ana.submit(seen.modal)
    await company.pass_time()
    return company.card(company.ideas, TITLE)


async def votes(company: Company, number: int = 1) -> int:
    return (await idea(company, number)).votes


async def idea(company: Company, number: int = 1) -> Idea:
    async with company.database.reading() as store:
        found = await store.idea(number)
    assert found
    return found


async def captured(company: Company, text: str = "I would love a dark mode.") -> Message:
    """What Ana said in #talk, made an idea by Mo."""
    said = await company.ana.say(company.talk, text)
    await company.mo.react(said, "💡")
    await company.pass_time()
    return said


async def test_reactions_of_a_gap_are_the_votes_that_are_there_now(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        await company.mo.react(card, "👍")
        await company.pass_time()
        await company.stop()
        await company.ben.react(card, "👍🏾")
        await company.mo.unreact(card, "👍")
        await company.start()
        await company.pass_time(30)
        assert await votes(company) == 1
        async with company.database.reading() as store:
            assert [ref.user for ref in await store.reaction_voters(1)] == [company.ben.id]
        company.assert_clean()


async def test_a_vote_by_button_outlives_the_gap(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.ben.press(await suggest(company), "Vote")
        await company.restart()
        assert await votes(company) == 1


async def test_an_invalid_session_is_a_gap(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        company.server.gateway.hold()
        await company.ben.react(card, "👍")
        company.server.gateway.invalidate()
        company.server.gateway.release()
        await company.server.until(lambda: company.server.gateway.identifies == 2, 20)
        await company.caught_up(20)
        assert await votes(company) == 1


async def test_posts_of_a_gap_become_ideas_and_older_ones_stay_what_they_are(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        await company.stop()
        old = await company.ana.post(company.forum, "Before the bot", "Long ago.")
        await company.start()
        first = await company.ana.post(company.forum, TITLE, "My eyes hurt.")
        await company.pass_time()
        await company.stop()
        missed = await company.ben.post(company.forum, "Export as CSV", "For my accountant.")
        await company.start()
        await company.pass_time()
        assert "Export as CSV" in words_of(company.card(missed, "Export as CSV"))
        assert len(company.server.messages(first)) == 2
        assert len(company.server.messages(old)) == 1
        company.assert_clean()


async def test_reactions_that_a_moderator_clears_are_votes_no_more(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        await company.ben.react(card, "👍")
        await company.pass_time()
        assert await votes(company) == 1
        await company.fans.clear_reactions(card)
        await company.pass_time()
        assert await votes(company) == 0


async def test_a_moderators_reactions_of_a_gap_capture_and_escalate(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await captured(company)
        card = company.card(company.ideas, "dark mode")
        said = await company.ben.say(company.talk, "And export as CSV, please.")
        ignored = await company.ben.say(company.talk, "Or as XML, who knows.")
        await company.stop()
        await company.mo.react(said, "💡")
        await company.ben.react(ignored, "💡")
        await company.mo.react(card, "🚀")
        await company.start()
        await company.pass_time(30)
        company.card(company.ideas, "CSV")
        assert not any("XML" in words_of(one) for one in company.server.messages(company.ideas))
        company.inbox_card("dark mode")
        company.assert_clean()


async def test_a_reaction_taken_back_while_it_is_looked_up_stays_taken_back(
    tmp_path: Path,
) -> None:
    async def sink(event: Event) -> Answer | None:
        if isinstance(event, ReactionChanged):
            company.clock.time.advance(5)
            heard.append(event)
        return None

    heard: list[ReactionChanged] = []
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        await company.stop()
        await company.mo.react(card, "🚀")
        await company.ben.react(card, "🚀")
        begin = company.clock.now()
        async with instead(company, sink):
            assert len(heard) == 2
            assert max(one.at for one in heard) < begin + timedelta(seconds=5)


@pytest.mark.parametrize("where", ["board", "forum"])
async def test_a_vote_given_while_others_are_looked_up_is_not_lost(
    tmp_path: Path, where: str
) -> None:
    async def sink(event: Event) -> Answer | None:
        if isinstance(event, ReactionsRead):
            company.clock.time.advance(5)
            heard.append(event)
        return None

    heard: list[ReactionsRead] = []
    async with open_company(tmp_path) as company:
        for title in ("Dark mode", "Export as CSV"):
            if where == "board":
                seen = await company.ana.slash(company.talk, "suggest", {"title": title})
                await company.ana.submit(seen.modal)
            else:
                await company.ana.post(company.forum, title, "Please.")
            await company.pass_time(30)
        await company.stop()
        begin = company.clock.now()
        async with instead(company, sink):
            assert len(heard) > 1
            assert max(one.at for one in heard) < begin + timedelta(seconds=5)


async def test_reactions_of_before_the_bot_came_are_no_news(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.stop()
        said = await company.ben.say(company.talk, "I would love a dark mode.")
        await company.mo.react(said, "💡")
        await company.start()
        await company.pass_time(30)
        assert not company.server.messages(company.ideas)
        assert not company.server.called("GET /channels/{channel}/messages/{message}/reactions")


async def test_what_was_known_is_not_done_again_by_looking(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        said = await captured(company)
        await company.mo.react(company.card(company.ideas, "dark mode"), "🚀")
        await company.pass_time()
        await company.ana.edit(said, "I would love a very dark mode.")
        await company.pass_time(30)
        stored = await idea(company)
        for _ in range(2):
            await company.restart()
            await company.pass_time(30)
        assert await idea(company) == stored
        assert len(company.server.messages(company.ideas)) == 1
        assert len(company.office.messages(company.inbox)) == 1
        company.assert_clean()


async def test_a_message_edited_in_a_gap_gives_its_idea_the_new_words(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        said = await captured(company)
        company.server.clock.advance(60)
        await company.stop()
        await company.ana.edit(said, "I would love a very dark mode.")
        company.server.clock.advance(3_600)
        await company.start()
        await company.pass_time(30)
        company.card(company.ideas, "very dark mode")


async def test_an_edit_that_came_too_late_changes_nothing_after_a_gap_either(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        said = await captured(company)
        await company.stop()
        company.server.clock.advance(3_600)
        await company.ana.edit(said, "I would love a very dark mode.")
        await company.start()
        await company.pass_time(30)
        assert "very" not in words_of(company.card(company.ideas, "dark mode"))


async def test_a_message_deleted_in_a_gap_takes_its_idea_along(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        said = await captured(company)
        kept = await captured(company, "Export as CSV, please.")
        await company.stop()
        await company.ana.delete(said)
        await company.start()
        await company.pass_time(30)
        assert (await idea(company, 1)).status is IdeaStatus.WITHDRAWN
        assert (await idea(company, 2)).status is IdeaStatus.NEW
        assert kept.id in company.talk.messages


async def test_a_message_that_may_not_be_read_any_more_is_not_gone(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        said = await captured(company)
        await company.stop()
        del company.talk.messages[said.id]
        company.server.fail_next("GET /channels/{channel}/messages/{message}", Refusal(403, 50001))
        await company.start()
        await company.pass_time(30)
        assert (await idea(company)).status is IdeaStatus.NEW


async def test_an_escalated_and_a_deleted_post_of_a_gap(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        post = await company.ana.post(company.forum, TITLE, "My eyes hurt.")
        gone = await company.ben.post(company.forum, "Export as CSV", "For my accountant.")
        await company.pass_time()
        await company.stop()
        opening, start = (next(iter(one.messages.values())) for one in (post, gone))
        await company.mo.react(opening, "🚀")
        await company.ben.delete(start)
        await company.start()
        await company.pass_time(30)
        assert (await idea(company, 1)).escalated
        assert (await idea(company, 2)).status is IdeaStatus.WITHDRAWN


async def test_a_post_that_was_taken_away_in_a_gap_takes_its_idea_along(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        post = await company.ana.post(company.forum, TITLE, "My eyes hurt.")
        await company.pass_time()
        await company.stop()
        await company.fans.delete_channel(post)
        await company.start()
        assert (await idea(company)).status is IdeaStatus.WITHDRAWN


async def test_a_forum_that_was_taken_away_in_a_gap_takes_no_idea_along(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        post = await company.ana.post(company.forum, TITLE, "My eyes hurt.")
        await company.pass_time()
        await company.stop()
        await company.fans.delete_channel(post)
        await company.fans.delete_channel(company.forum)
        await company.start()
        assert (await idea(company)).status is IdeaStatus.NEW


async def test_what_cannot_be_taken_in_ends_no_connection(tmp_path: Path) -> None:
    async def sink(event: Event) -> Answer | None:
        if isinstance(event, ReactionsRead):
            raise RuntimeError("storage is full")
        heard.append(event)
        return None

    heard: list[Event] = []
    async with open_company(tmp_path) as company:
        await suggest(company)
        await company.stop()
        adapter = DiscordAdapter(
            "fans", company.config, ROUTES, company.clock, ready_seconds=0, again=(0.0,)
        )
        running = asyncio.create_task(adapter.run(sink))
        async with asyncio.timeout(10):
            await adapter.current.wait()
        assert any(isinstance(one, SourcesAsked) for one in heard), "the rest is looked at"
        assert company.server.gateway.identifies == 2
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def test_what_cannot_be_read_for_a_moment_is_looked_up_after_it(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        await company.stop()
        await company.ben.react(card, "👍")
        company.server.fail_next("GET /channels/{channel}/messages", Failure.BANNED)
        company.again = (0.0,)
        await company.start()
        assert await votes(company) == 1


async def test_a_server_that_was_away_is_looked_at_when_it_is_back(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        await company.fans.outage()
        card.reactions["👍"] = [company.ben.id]  # and nobody is told
        await company.fans.recover()
        await company.caught_up()
        assert await votes(company) == 1


async def test_a_super_reaction_is_a_vote_after_a_gap_too(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        await company.ben.react(card, "👍", burst=True)
        await company.mo.react(card, "👍")
        await company.pass_time()
        await company.restart()
        assert await votes(company) == 2
        company.assert_clean()


async def test_one_skin_tone_that_is_cleared_leaves_the_other_votes(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company, listening(company) as heard:
        said = await company.ana.say(company.ideas, "Dark mode")
        await company.ben.react(said, "👍")
        await company.mo.react(said, "👍🏾")
        await company.fans.clear_reactions(said, "👍🏾")
        left = (await heard.next(ReactionsRead)).people
        assert {account.user: name for account, name in left.items()} == {company.ben.id: "Ben"}


async def test_a_post_that_is_gone_meanwhile_keeps_no_other_from_being_found(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        await company.ana.post(company.forum, TITLE, "My eyes hurt.")
        await company.pass_time()
        await company.stop()
        missed = await company.ben.post(company.forum, "Export as CSV", "For my accountant.")
        await company.ben.post(company.forum, "Free money", "Now.")
        before = 2  # the board and #talk are read first, then the latest post
        route = "GET /channels/{channel}/messages"
        company.server.fail_next(route, Refusal(404, 10003), times=before + 1)
        await company.start()
        await company.pass_time()
        assert "Export as CSV" in words_of(company.card(missed, "Export as CSV"))


async def test_a_vote_taken_back_by_its_button_stays_so_while_the_reaction_is_there(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        card = await suggest(company)
        await company.ben.react(card, "👍")
        await company.pass_time()
        await company.ben.press(card, "Vote")
        await company.server.until(lambda: company.ben.screen.ephemeral)
        await company.ben.press(company.ben.screen.ephemerals[-1], "Take my vote back")
        assert await votes(company) == 0
        await company.restart()
        assert await votes(company) == 0
