"""What the product team asks reaches the author on the other platform, and so does the answer."""

from pathlib import Path

from bot.config import ChannelSettings
from bot.ideas import Audience
from tests.adapters.discord.company import Company, open_company, words_of
from tests.discord.model import Message
from tests.slack.model import Message as SlackMessage

WISH = "I wish the dock could be moved to the left side."
ASKED, ANSWER = "On which screen?", "On the small one."


async def captured(company: Company) -> Message:
    """Ana's message, which Mo made an idea and sent to the inbox."""
    message = await company.ana.say(company.talk, WISH)
    await company.mo.react(message, "🚀")
    await company.pass_time()
    return message


async def ask(company: Company, about: str = "dock", question: str = ASKED) -> None:
    """Pia asks about what is in the inbox on Slack."""
    company.pia.screen.views.clear()
    await company.pia.press(company.inbox_card(about), "Ask the author…")
    await company.pia.submit(await company.pias_form(), {"reason": question})
    await company.pass_time()


def answers(company: Company) -> list[str]:
    """What stands below the card in the inbox on Slack."""
    thread = company.office.messages(company.inbox, company.inbox_card("dock"))
    return [one.text for one in thread[1:]]


async def test_a_question_from_slack_is_a_reply_on_discord_and_a_reply_answers_it(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        message = await captured(company)
        await ask(company)
        question = company.server.messages(company.talk)[-1]
        assert question.reply_to is message
        assert ASKED in words_of(question)
        assert company.ana.pinged_by(question)
        said = await company.ana.say(company.talk, ANSWER, reply_to=question)
        await company.pass_time()
        (answer,) = answers(company)
        assert f"Ana answers “{ASKED}”" in answer
        assert ANSWER in answer
        assert company.server.bot.id in said.reactions["✅"]


async def test_of_two_questions_the_one_that_is_replied_to_is_answered(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await captured(company)
        await ask(company)
        first = company.server.messages(company.talk)[-1]
        other = await company.ana.say(company.talk, "I wish I could export a list as CSV.")
        await company.mo.react(other, "🚀")
        await company.pass_time()
        await ask(company, "CSV", "Which list?")
        await company.ana.say(company.talk, ANSWER, reply_to=first)
        await company.pass_time()
        assert ANSWER in answers(company)[0]
        assert len(company.office.messages(company.inbox, company.inbox_card("CSV"))) == 1


async def test_a_question_is_answered_by_its_button_once_and_by_nobody_else(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        await captured(company)
        await ask(company)
        question = company.server.messages(company.talk)[-1]
        others = await company.ben.press(question, "Answer…")
        assert others.message
        assert "no longer there" in words_of(others.message)
        form = await company.ana.press(question, "Answer…")
        await company.ana.submit(form.modal, {"reason": ANSWER})
        await company.pass_time()
        again = await company.ana.press(question, "Answer…")
        assert again.message
        assert "no longer there" in words_of(again.message)
        assert len(answers(company)) == 1


async def test_a_question_in_a_thread_is_asked_and_answered_there(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        opening = await company.ben.say(company.talk, "About the dock")
        thread = await company.ana.start_thread(opening, "Dock")
        message = await company.ana.say(thread, WISH)
        await company.mo.react(message, "🚀")
        await company.pass_time()
        await ask(company)
        question = company.server.messages(thread)[-1]
        assert ASKED in words_of(question)
        await company.ana.say(thread, ANSWER, reply_to=question)
        await company.pass_time()
        assert ANSWER in answers(company)[0]


async def test_an_answer_in_the_post_of_a_forum_reaches_the_inbox(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        post = await company.ana.post(company.forum, "Move the dock", "To the left side, please.")
        await company.pass_time()
        await company.mo.react(company.card(post, "dock"), "🚀")
        await company.pass_time()
        await ask(company)
        question = company.server.messages(post)[-1]
        assert ASKED in words_of(question)
        await company.ana.say(post, ANSWER, reply_to=question)
        await company.pass_time()
        assert ANSWER in answers(company)[0]


async def secret(company: Company) -> None:
    """Ana's idea from a channel whose ideas only the inbox sees: it has no card on Discord."""
    await company.stop()
    inside = {company.lounge.id: ChannelSettings(audience=Audience.INBOX)}
    fans = company.config.connections["fans"].model_copy(update={"channels": inside})
    connections = company.config.connections | {"fans": fans}
    company.config = company.config.model_copy(update={"connections": connections})
    await company.start()
    seen = await company.ana.slash(company.lounge, "suggest", {"title": "Move the dock"})
    await company.ana.submit(seen.modal, {"body": WISH})
    await company.pass_time()


async def test_without_a_place_of_its_own_a_question_is_asked_and_answered_directly(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        await secret(company)
        await ask(company)
        (question,) = [one for one in company.directs(company.ana) if ASKED in one]
        assert "Move the dock" in question
        await company.ana.say_directly(ANSWER)
        await company.pass_time()
        assert ANSWER in answers(company)[0]
        assert not company.server.messages(company.lounge)
        assert not company.server.messages(company.ideas)


async def test_a_question_that_can_be_asked_nowhere_is_kept_and_seen_by_nobody(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        await secret(company)
        company.ana.close_directs()
        await ask(company)
        assert (await company.database.queue.counts())["dead"] == 1
        for channel in (company.talk, company.ideas, company.lounge):
            assert not company.server.messages(channel)


async def wish(company: Company) -> SlackMessage:
    """Pia's message on Slack, which she sends to the inbox on Discord."""
    message = await company.pia.say(company.wishes, WISH)
    await company.pia.react(message, "rocket")
    await company.pass_time()
    return message


async def test_a_question_from_discord_is_asked_and_answered_on_slack(tmp_path: Path) -> None:
    async with open_company(tmp_path, other_way=True) as company:
        message = await wish(company)
        form = await company.dora.press(company.card(company.product, "dock"), "Ask the author…")
        await company.dora.submit(form.modal, {"reason": ASKED})
        await company.pass_time()
        question = company.office.messages(company.wishes, message)[-1]
        assert ASKED in question.text
        assert f"<@{company.pia.id}>" in question.text
        await company.pia.say(company.wishes, f"@soundingboard {ANSWER}", message)
        await company.pass_time()
        card, answer = company.server.messages(company.product)
        assert answer.reply_to is card
        assert "Pia answers" in words_of(answer)
        assert ANSWER in words_of(answer)
        assert not answer.mentions
