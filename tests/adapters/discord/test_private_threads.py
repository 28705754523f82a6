"""A private thread is read for those who are in it; what is made of it goes to the team alone."""

from pathlib import Path

import pytest

from tests.adapters.discord.company import Company, open_company, words_of
from tests.discord.failures import Failure
from tests.discord.model import Channel, Message
from tests.discord.permissions import Permission
from tests.discord.person import Person

NAMED = """
[connections.fans.channels.%(talk)s]
audience = "everyone"
"""


async def private_talk(company: Company, *, bot: bool = True) -> Channel:
    """Ana, Mo and perhaps the bot among themselves, about the export."""
    thread = await company.ana.start_private_thread(company.talk, "Export", company.mo, bot=bot)
    for at in range(8):
        await company.ana.say(thread, f"It fails for me since version {at}, with a time-out.")
        await company.mo.say(thread, f"We should split the file into {at} parts of 10 MB.")
    return thread


async def asks(company: Company, person: Person, thread: Channel) -> Message:
    """What somebody is answered who asks for the thread by a link."""
    first = next(iter(thread.messages.values()))
    link = f"https://discord.com/channels/{company.fans.id}/{thread.id}/{first.id}"
    option = company.option_of("summarize")
    await person.slash(company.lounge, "summarize", {option: link})
    before = len(person.screen.ephemerals)
    await company.pass_time()
    return person.screen.ephemerals[before]


async def test_who_is_in_it_may_have_it_summarised(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        thread = await private_talk(company)
        assert "time-out" in words_of(await asks(company, company.ana, thread))
        company.assert_clean()


async def test_for_others_it_is_not_there(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        thread = await private_talk(company)
        refused = words_of(await asks(company, company.ben, thread))
        assert "time-out" not in refused
        thread.guild.channels.pop(thread.id)  # type: ignore[union-attr]
        company.discord._connected.community.forget(int(thread.id))
        assert words_of(await asks(company, company.ben, thread)) == refused
        calls = [one for one in company.server.calls if f"/{thread.id}/messages" in one.path]
        assert not any(one.path.endswith("/messages") for one in calls), "nothing of it was read"


async def test_it_waits_until_discord_tells_who_is_in_it(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        thread = await private_talk(company)
        await company.ana.menu(company.server.messages(thread)[2], "Summarise thread")
        before = len(company.ana.screen.ephemerals)
        route = "GET /channels/{channel}/thread-members/{user}"
        company.server.fail_next(route, Failure.BLOCKED)
        await company.pass_time(30)
        assert "time-out" in words_of(company.ana.screen.ephemerals[before])


async def test_who_was_in_it_and_left_is_refused(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        thread = await private_talk(company)
        assert thread.thread
        await asks(company, company.ana, thread)
        thread.thread.members.remove(company.ana.id)
        assert "time-out" not in words_of(await asks(company, company.ana, thread))


async def test_who_manages_threads_sees_it(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        thread = await private_talk(company)
        await company.fans.overwrite(company.talk, company.ben, allow=Permission.MANAGE_THREADS)
        assert "time-out" in words_of(await asks(company, company.ben, thread))


async def test_a_thread_without_the_bot_cannot_be_read(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        thread = await private_talk(company, bot=False)
        assert "time-out" not in words_of(await asks(company, company.ana, thread))


async def test_archived_it_is_read_for_the_same_people(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        thread = await private_talk(company)
        await company.ana.archive(thread)
        assert "time-out" not in words_of(await asks(company, company.ben, thread))
        assert "time-out" in words_of(await asks(company, company.ana, thread))


@pytest.mark.parametrize("how", ["reaction", "mention"])
async def test_what_is_made_of_it_reaches_the_inbox_only_whatever_the_channel_says(
    tmp_path: Path, how: str
) -> None:
    async with open_company(tmp_path, NAMED) as company:
        thread = await company.ana.start_private_thread(company.talk, "Export", company.mo)
        bot = f"<@{company.server.bot.id}>" if how == "mention" else ""
        said = await company.ana.say(thread, f"{bot} suggest a dark mode for the export.")
        if how == "reaction":
            await company.mo.react(said, "💡")
        await company.pass_time()
        assert "dark mode" in company.inbox_card("dark mode").text
        assert not company.server.messages(company.ideas)
        company.assert_clean()
