"""What people say on Slack reaches the team, and what they change or take back is heeded."""

from pathlib import Path

from tests.adapters.slack.company import Company, open_company
from tests.slack.model import Message

WISH = "I wish the dock could be moved to the left side."


async def captured(company: Company) -> Message:
    """Ana's message, which Mo made an idea and sent to the inbox."""
    message = await company.ana.say(company.general, WISH)
    await company.mo.react(message, "rocket")
    await company.pass_time()
    return message


async def test_a_question_is_asked_where_the_author_spoke_and_answered_there(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        message = await captured(company)
        await company.pia.press(company.card(company.inbox, "dock"), "Ask the author…")
        form = await company.modal(company.pia)
        await company.pia.submit(form, {"reason": "On which screen?"})
        await company.pass_time()
        asked = company.customers.messages(company.general, message)[-1]
        assert "On which screen?" in asked.text
        assert f"<@{company.ana.id}>" in asked.text
        await company.ana.say(company.general, "@soundingboard on the small one", message)
        await company.pass_time()
        thread = company.office.messages(company.inbox, company.card(company.inbox, "dock").ts)
        assert "on the small one" in thread[-1].text
        company.assert_clean()


async def test_the_idea_follows_its_authors_edit(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        message = await captured(company)
        await company.ana.edit(message, "I wish the dock could be moved to the top.")
        await company.pass_time(30)
        assert "to the top" in company.card(company.ideas, "dock").text
        assert "to the top" in company.card(company.inbox, "dock").text
        company.assert_clean()


async def test_the_idea_is_withdrawn_when_its_author_deletes_the_message(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        message = await captured(company)
        await company.ana.delete(message)
        await company.pass_time(30)
        assert "This idea was withdrawn." in company.card(company.ideas, "#1").text
        assert "deleted" in company.card(company.inbox, "dock").text
        company.assert_clean()


async def test_summarise_in_a_thread_is_heard_and_answered_by_a_direct_message(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        message = await company.ana.say(company.general, WISH)
        for number in range(4):
            words = f"I agree that window {number} needs room on the right of my screen."
            await company.ben.say(company.general, words, message)
        call = await company.mo.say(company.general, "@soundingboard summarise", message)
        await company.pass_time()
        assert call.reactions == {"eyes": [company.customers.bot.id]}
        (direct,) = company.customers.directs(company.mo)
        assert WISH.rstrip(".") in direct.text
        company.assert_clean()


async def test_mondays_digest_comes_with_its_chart_in_its_thread(tmp_path: Path) -> None:
    async with open_company(tmp_path, digest=True) as company:
        await captured(company)
        await company.ben.press(company.card(company.ideas, "dock"), "Vote")
        await company.pass_time(8 * 24 * 3600)
        await company.bot.scheduler.look()
        await company.pass_time(60)
        (head,) = [
            one
            for one in company.office.messages(company.inbox)
            if "What your customers ask for" in one.text
        ]
        thread = company.office.messages(company.inbox, head)
        charts = [file for one in thread for file in one.files]
        assert len(charts) == 1
        assert all(one.thread_ts == head.ts for one in thread[1:])
        company.assert_clean()
