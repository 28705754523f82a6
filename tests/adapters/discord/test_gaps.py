"""After a gap that the gateway does not fill, what is there now is looked up."""

from pathlib import Path

from tests.adapters.discord.company import Company, open_company, words_of
from tests.discord.model import Message

TITLE = "Dark mode"


async def suggest(company: Company) -> Message:
    seen = await company.ana.slash(company.talk, "suggest", {"title": TITLE})
    await company.ana.submit(seen.modal)
    await company.pass_time()
    return company.card(company.ideas, TITLE)


async def votes(company: Company, number: int = 1) -> int:
    async with company.database.reading() as store:
        idea = await store.idea(number)
    assert idea
    return idea.votes


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
