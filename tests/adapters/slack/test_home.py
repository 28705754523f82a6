"""The bot's own page: what became of mine, and what waits for the product team."""

from pathlib import Path

from tests.adapters.slack.company import Company, open_company, words_of
from tests.slack.forms import labels
from tests.slack.person import Person
from tests.slack.screen import View


async def home(company: Company, person: Person) -> View:
    """Somebody's page, once it is as they opened it."""
    await person.open_home()
    await company.customers.until(lambda: person.screen.home)
    assert person.screen.home
    return person.screen.home


async def suggest(company: Company, title: str) -> None:
    await company.ana.command(company.general, f"/suggest {title}")
    await company.ana.submit(await company.modal(company.ana))
    company.ana.close()
    await company.pass_time()


async def test_a_members_page_shows_their_ideas_and_how_to_suggest(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await suggest(company, "Dark mode")
        page = await home(company, company.ana)
        assert "/suggest" in words_of(page)
        assert "Dark mode" in words_of(page)
        assert "Dark mode" not in words_of(await home(company, company.ben))
        company.assert_clean()


async def test_the_product_team_sees_what_waits(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await suggest(company, "Dark mode")
        await company.mo.react(company.card(company.ideas, "Dark mode"), "rocket")
        await company.pass_time()
        page = await home(company, company.pia)
        assert "Dark mode" in words_of(page)
        await company.pia.press(page, "#1")
        assert "Dark mode" in words_of(await company.modal(company.pia))
        company.assert_clean()


async def test_an_idea_is_suggested_from_the_page(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        page = await home(company, company.ana)
        assert "Suggest an idea" in labels(page.blocks)
        await company.ana.press(page, "Suggest an idea")
        thanked = await company.ana.submit(await company.modal(company.ana), {"title": "Dark mode"})
        assert thanked.view
        await company.pass_time()
        assert "Suggested by Ana" in company.card(company.ideas, "Dark mode").text
        company.assert_clean()


async def test_the_messages_tab_is_not_the_page(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        assert await company.ana.open_home("messages") is None
        assert not company.customers.called("views.publish")
