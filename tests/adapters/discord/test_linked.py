"""Ana is on Discord and in the office's Slack, and says so: she is one person."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.adapters.discord.company import Company, open_company, words_of
from tests.discord.model import Message
from tests.slack.model import Message as SlackMessage
from tests.slack.person import Person as Colleague
from tests.slack.screen import Ephemeral

TITLE = "Dark mode"


@dataclass(frozen=True)
class Both:
    """A company in which Ana has a second account. Pia's idea #1 stands in #wishes on Slack."""

    company: Company
    colleague: Colleague

    async def notice(self, saying: str) -> Ephemeral:
        """The latest private notice on Slack, once it says this."""
        shown = self.colleague.screen.ephemerals
        await self.company.office.until(lambda: bool(shown) and saying in shown[-1].text)
        return shown[-1]

    async def command(self, line: str, saying: str) -> Ephemeral:
        """What Slack shows her for a command."""
        shown = self.colleague.screen.ephemerals
        before = len(shown)
        await self.colleague.command(self.company.wishes, line)
        await self.company.office.until(lambda: len(shown) > before)
        return await self.notice(saying)

    async def slash(self, command: str, **options: str) -> Message:
        """What Discord shows her for a command."""
        seen = await self.company.ana.slash(self.company.talk, command, options)
        assert seen.message
        return seen.message

    async def vote(self) -> None:
        """On both platforms."""
        await self.colleague.press(self.card, "Vote")
        await self.company.ana.press(await self.slash("ideas", find="1"), "Vote")
        await self.company.pass_time(30)

    @property
    def card(self) -> SlackMessage:
        """The card of #1."""
        cards = [one for one in self.company.office.messages(self.company.wishes)
                 if TITLE in one.text]  # fmt: skip
        return cards[-1]

    async def mine(self) -> tuple[str, str]:
        """Her ideas as Slack and Discord list them."""
        there = await self.command("/ideas mine", "")
        return there.text, words_of(await self.slash("ideas", find="mine"))


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with open_company(tmp_path, other_way=True) as company:
        colleague = company.office.add_user("Ana")
        await company.office.invite(company.wishes, colleague)
        both = Both(company, colleague)
        await company.pia.command(company.wishes, f"/suggest {TITLE}")
        await company.pia.submit(await company.pias_form(), {"body": "My eyes hurt at night."})
        await company.pass_time()
        yield both
        company.assert_clean()


async def link(both: Both) -> None:
    """A code shown on Discord, typed on Slack."""
    shown = words_of(await both.slash("sounding", what="link"))
    found = re.search(r"/sounding link ([A-Z0-9-]+)", shown)
    assert found
    asked = await both.command(f"/sounding link {found[1]}", "Link with")
    assert "Ana" in asked.text
    assert "fans" in asked.text
    await both.colleague.press(asked, "Yes, both are mine")
    await both.notice("count as one person now")
    await both.company.pass_time(30)


async def test_votes_on_both_platforms_count_once_and_twice_when_unlinked(both: Both) -> None:
    await both.vote()
    assert "2 votes" in both.card.text
    await link(both)
    assert "1 vote" in both.card.text
    (told,) = both.company.directs(both.company.ana)
    assert "count as one person now" in told
    gone = words_of(await both.slash("sounding", what="unlink"))
    assert "stands for itself again" in gone
    await both.company.pass_time(30)
    assert "2 votes" in both.card.text


async def test_a_vote_given_on_one_platform_is_there_on_the_other(both: Both) -> None:
    await link(both)
    await both.vote()
    assert "1 vote" in both.card.text
    shown = await both.command("/sounding unlink", "stands for itself again")
    assert "Ana" in shown.text
    await both.company.pass_time(30)
    assert "2 votes" in both.card.text


async def test_her_ideas_are_one_list_on_both(both: Both) -> None:
    company = both.company
    form = await company.ana.slash(company.talk, "suggest", {"title": "Offline maps"})
    await company.ana.submit(form.modal, {"body": "For the train"})
    await both.colleague.command(company.wishes, "/suggest Xylophone sounds")
    await company.office.until(lambda: both.colleague.screen.view)
    view = both.colleague.screen.view
    assert view
    await both.colleague.submit(view, {"body": "Louder"})
    await company.pass_time()
    apart = await both.mine()
    await link(both)
    together = await both.mine()
    assert ["Offline maps" in text for text in apart] == [False, True]
    assert ["Xylophone" in text for text in apart] == [True, False]
    for title in ("Offline maps", "Xylophone"):
        assert all(title in text for text in together), together


async def test_a_code_from_slack_is_typed_on_discord_after_a_restart(both: Both) -> None:
    await both.vote()
    shown = await both.command("/sounding link", "/sounding link")
    found = re.search(r"/sounding link ([A-Z0-9-]+)", shown.text)
    assert found
    await both.company.restart()
    asked = await both.slash("sounding", what="link", code=found[1])
    assert "Link with Ana on office?" in words_of(asked).replace("*", "").replace("`", "")
    await both.company.restart()
    await both.company.ana.press(asked, "Yes, both are mine")
    await both.company.pass_time(30)
    assert "1 vote" in both.card.text
    wrong = words_of(await both.slash("sounding", what="link", code=found[1]))
    assert "does not work here" in wrong
    (direct,) = both.company.office.directs(both.colleague)
    assert "count as one person now" in direct.text
