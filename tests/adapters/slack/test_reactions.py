"""Reactions as votes, with every event told twice and out of order; and what costs no write."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.adapters.slack.company import Company, open_company
from tests.slack.model import Message

TITLE = "Dark mode"


async def on_the_board(company: Company) -> Message:
    """The card of an idea that was captured."""
    message = await company.ana.say(company.general, TITLE)
    await company.mo.react(message, "bulb")
    await company.pass_time()
    return company.card(company.ideas, TITLE)


async def votes(company: Company) -> str:
    """What the card says once all was heard."""
    await company.pass_time(15)
    return company.card(company.ideas, TITLE).text.rpartition(" · ")[2]


async def test_given_taken_back_and_given_again_is_one_vote(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await on_the_board(company)
        company.server.rules.deliver_twice = company.server.rules.out_of_order = True
        await company.ben.react(card, "+1")
        await company.ben.unreact(card, "+1")
        await company.ben.react(card, "thumbsup::skin-tone-4")
        assert await votes(company) == "1 vote"


async def test_the_last_word_counts_when_all_of_it_is_told_backwards(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await on_the_board(company)
        company.server.rules.deliver_twice = True
        company.customers.hold_events()
        for person, again in ((company.ben, True), (company.ana, False)):
            await person.react(card, "+1")
            await person.unreact(card, "+1")
            if again:
                await person.react(card, "+1")
        await company.customers.release_events()
        assert await votes(company) == "1 vote"


async def test_other_reactions_and_those_of_bots_are_no_votes(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        card = await on_the_board(company)
        robo = company.customers.add_user("Robo", is_bot=True)
        company.ideas.room.members.append(robo.id)
        await robo.react(card, "+1")
        await company.ben.react(card, "heart")
        assert await votes(company) == "0 votes"


async def test_plain_messages_are_counted_without_a_write_or_a_call(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        opening = await company.ana.say(company.general, "What about a dark mode?")
        with closing(sqlite3.connect(tmp_path / "board.sqlite")) as watch:
            version = watch.execute("PRAGMA data_version").fetchone()
            calls = len(company.customers.calls)
            for number in range(20):
                await company.ben.say(company.general, f"Number {number}", opening)
            assert watch.execute("PRAGMA data_version").fetchone() == version
            assert len(company.customers.calls) == calls
            await company.bot.threads.flush()
            assert watch.execute("PRAGMA data_version").fetchone() != version
        seen = await company.ben.shortcut(opening, "summarize_thread")
        notice = seen.message or await company.notice(company.ben)
        assert notice.text.startswith("Reading 21 messages…")
