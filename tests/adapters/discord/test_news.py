"""What Discord tells reaches the bot, once it is able to take it."""

from pathlib import Path

import pytest

from bot.events import MessageDeleted, MessageEdited, MessagePosted, ReactionChanged
from tests.adapters.discord.company import open_company
from tests.adapters.discord.listening import listening


async def test_a_reaction_that_was_not_taken_is_told_again_as_of_its_own_time(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company, listening(company) as heard:
        said = await company.ana.say(company.talk, "I would love a dark mode.")
        heard.failures = 2
        await company.ben.react(said, "👍")
        event = await heard.next(ReactionChanged)
        assert event.account.user == company.ben.id
        assert [one.at for one in heard.refused] == [event.at, event.at]


async def test_an_answer_that_was_not_taken_is_told_again(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company, listening(company) as heard:
        heard.failures = 1
        await company.ana.say_directly("Every Monday.")
        assert (await heard.next(MessagePosted)).text == "Every Monday."


async def test_of_many_deletions_none_is_lost_with_another(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company, listening(company) as heard:
        said = [await company.ana.say(company.talk, f"Wish {at}") for at in range(3)]
        heard.failures = 1
        await company.fans.delete_messages(said)
        gone = {(await heard.next(MessageDeleted)).message.message for _ in said}
        assert gone == {one.id for one in said}


async def test_an_edit_has_discords_time_and_a_preview_is_no_later_one(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company, listening(company) as heard:
        said = await company.ana.say(company.talk, "I would love https://example.com")
        await company.ana.edit(said, "I would love https://example.com/dark")
        first = await heard.next(MessageEdited)
        company.server.clock.advance(60)
        await company.fans.unfurl(said, "Dark")
        assert (await heard.next(MessageEdited)).at == first.at
        assert said.edited == pytest.approx(first.at.timestamp(), abs=0.001)
