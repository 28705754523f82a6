"""Review first on Slack: moderators look before an idea is on the board."""

from pathlib import Path

from tests.adapters.slack.company import open_company

REVIEW = """
moderators_channel = "%(watch)s"
[connections.customers.channels.%(ideas)s]
review_first = true
"""


async def test_an_idea_is_on_the_board_once_a_moderator_let_it_in(tmp_path: Path) -> None:
    async with open_company(tmp_path, REVIEW) as company:
        await company.ana.command(company.general, "/suggest Dark mode")
        await company.ana.submit(await company.modal(company.ana), {})
        await company.pass_time()
        assert company.customers.messages(company.ideas) == []
        await company.mo.press(company.card(company.watch, "Dark mode"), "Let it in")
        await company.pass_time(70)
        assert "Dark mode" in company.card(company.ideas, "Dark mode").text
        told = company.customers.directs(company.ana)[-1]
        assert "is on the board now" in told.text
        company.assert_clean()
