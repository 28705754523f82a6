"""In a listened forum a post is an idea: its card stands in it, and its tags tell what became."""

from pathlib import Path

from bot.events import MessageDeleted
from bot.messages import Mark
from bot.messages import Message as Said
from bot.ports import SendPost
from bot.refs import ChannelRef, MessageRef
from tests.adapters.discord.company import Company, open_company, words_of
from tests.adapters.discord.listening import listening
from tests.discord.model import Channel, Message

TITLE, TITLE_TOO = "Dark mode", "Night theme"
REVIEW = """
moderators_channel = "%(watch)s"
[connections.fans.channels.%(forum)s]
review_first = true
"""


async def post(company: Company, title: str = TITLE) -> Channel:
    thread = await company.ana.post(company.forum, title, "My eyes hurt at night.")
    await company.pass_time()
    return thread


async def decide(company: Company, button: str) -> None:
    await company.pia.press(company.inbox_card(TITLE), button)
    await company.pass_time(90)


async def escalate(company: Company, thread: Channel) -> None:
    await company.mo.react(company.card(thread, TITLE), "🚀")
    await company.pass_time()


async def test_a_post_becomes_an_idea_whose_card_stands_in_it(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        thread = await post(company)
        opening, card = company.server.messages(thread)
        assert "My eyes hurt at night." in words_of(card)
        assert "Suggested by Ana" in words_of(card)
        assert opening.reactions == {"✅": [company.server.bot.id]}
        assert not company.server.messages(company.ideas)
        company.assert_clean()


async def test_a_reaction_on_the_post_or_on_its_card_is_one_vote(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        thread = await post(company)
        opening, card = company.server.messages(thread)
        await company.ben.react(opening, "👍")
        await company.ben.react(card, "👍🏽")
        await company.pass_time(30)
        assert "1 vote" in words_of(company.card(thread, TITLE))
        assert "1 votes" not in words_of(company.card(thread, TITLE))


async def test_the_tag_follows_the_status(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        thread = await post(company)
        await escalate(company, thread)
        await decide(company, "Plan")
        assert company.fans.tags(thread) == ["Planned"]
        await decide(company, "Shipped")
        assert company.fans.tags(thread) == ["Shipped"]
        assert thread.thread
        assert not thread.thread.archived
        company.assert_clean()


async def test_a_shipped_post_is_told_and_closed_when_so_configured(tmp_path: Path) -> None:
    async with open_company(tmp_path, "close_posts = true") as company:
        thread = await post(company)
        await escalate(company, thread)
        await decide(company, "Plan")
        await decide(company, "Shipped")
        assert company.fans.tags(thread) == ["Shipped"]
        assert thread.thread
        assert (thread.thread.archived, thread.thread.locked) == (True, True)
        _, card, *_, last = company.server.messages(thread)
        assert "Status: Shipped" in words_of(card)
        assert "has shipped" in words_of(last)
        company.assert_clean()


async def test_a_deleted_thread_below_a_message_withdraws_nothing(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        said = await company.ana.say(company.talk, "I would love a dark mode.")
        await company.mo.react(said, "🚀")
        thread = await company.ana.start_thread(said, "About it")
        await company.fans.delete_channel(thread)
        await company.pass_time(90)
        assert "Status: New" in company.inbox_card("#1").text


async def more(company: Company, card: Message) -> Message:
    """What Mo may do with an idea."""
    seen = await company.mo.press(card, "More…")
    assert seen.message
    return seen.message


async def merged(company: Company) -> tuple[Channel, Channel]:
    """The posts of two ideas, of which the second counts for the first."""
    first = await post(company)
    second = await post(company, TITLE_TOO)
    asked = await company.mo.press(
        await more(company, company.card(second, TITLE_TOO)), "Merge into…"
    )
    await company.mo.submit(asked.modal, {"into": "1"})
    await company.pass_time(30)
    return first, second


async def test_merging_links_the_posts(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        first, second = await merged(company)
        *_, told = company.server.messages(second)
        there = f"https://discord.com/channels/{company.fans.id}/{first.id}/{first.id}"
        assert f"[#1](<{there}>)" in told.content
        seen = await company.ben.press(told, "Show #1")
        assert seen.message
        assert TITLE in words_of(seen.message)
        assert "Status: Merged" in words_of(company.card(second, TITLE_TOO))
        assert second.thread
        assert not second.thread.archived
        company.assert_clean()


async def test_a_merged_post_is_closed_where_so_configured_and_opened_when_it_is_taken_back(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path, "close_posts = true") as company:
        _, second = await merged(company)
        assert second.thread
        assert (second.thread.archived, second.thread.locked) == (True, True)
        shown = await company.mo.slash(company.lounge, "ideas", {company.option_of("ideas"): "2"})
        assert shown.message
        await company.mo.press(await more(company, shown.message), "Un-merge")
        await company.pass_time(30)
        assert (second.thread.archived, second.thread.locked) == (False, False)
        *_, told = company.server.messages(second)
        assert told.content == "This stands on its own again."
        company.assert_clean()


async def test_a_post_in_another_forum_is_nothing_to_us(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        other = company.fans.add_forum("memes")
        thread = await company.ana.post(other, "A cat", "Look at it.")
        await company.pass_time()
        assert len(company.server.messages(thread)) == 1


async def test_a_post_waits_for_a_moderator_and_gets_its_card_when_let_in(tmp_path: Path) -> None:
    async with open_company(tmp_path, REVIEW) as company:
        thread = await post(company)
        (opening,) = company.server.messages(thread)
        assert opening.reactions == {"✅": [company.server.bot.id]}
        assert "A moderator looks at it first" in company.directs(company.ana)[-1]
        offer = company.card(company.watch, TITLE)
        assert "My eyes hurt at night." in words_of(offer)
        await company.mo.press(offer, "Let it in")
        await company.server.until(lambda: company.mo.screen.ephemeral)
        assert "is on the board" in words_of(company.mo.screen.ephemerals[-1])
        assert "Mo let this in" in words_of(company.card(company.watch, TITLE)), "at once"
        await company.pass_time(70)
        _, card = company.server.messages(thread)
        assert "Status: New" in words_of(card)
        assert "is on the board now" in company.directs(company.ana)[-1]
        assert "Mo let this in" in words_of(company.card(company.watch, TITLE))
        company.assert_clean()


async def test_a_refused_post_stays_without_a_card_and_its_author_reads_why(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path, REVIEW) as company:
        thread = await post(company)
        asked = await company.mo.press(company.card(company.watch, TITLE), "Decline…")
        await company.mo.submit(asked.modal, {"reason": "Please ask the support for this."})
        await company.pass_time(70)
        assert len(company.server.messages(thread)) == 1
        assert "Please ask the support for this." in company.directs(company.ana)[-1]
        company.assert_clean()


async def test_what_waits_is_found_again_after_a_restart(tmp_path: Path) -> None:
    async with open_company(tmp_path, REVIEW) as company:
        thread = await post(company)
        await company.restart()
        await company.pass_time()
        assert len(company.server.messages(company.watch)) == 1
        await company.mo.press(company.card(company.watch, TITLE), "Let it in")
        await company.pass_time()
        assert len(company.server.messages(thread)) == 2


async def test_with_a_post_that_is_deleted_goes_its_idea(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company, listening(company) as heard:
        thread = await company.ana.post(company.forum, TITLE, "My eyes hurt at night.")
        opening = company.server.messages(thread)[0]
        await company.fans.delete_channel(thread)
        gone = (await heard.next(MessageDeleted)).message
        assert (gone.container, gone.message) == (thread.id, opening.id)


async def test_tags_in_another_order_are_the_same_tags(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        forum = company.fans.add_forum("more", tags=("Bug", "Planned"))
        thread = await company.ana.post(forum, TITLE, "My eyes hurt.", tags=["Bug"])
        sending = SendPost(
            ChannelRef("fans", forum.id),
            Said((("It is planned.",),), mark=Mark("planned", final=False)),
            MessageRef("fans", forum.id, thread.id),
        )
        await company.discord.send(sending, "sb98")
        assert company.fans.tags(thread) == ["Planned", "Bug"]
        await company.fans.set_tags(thread, "Bug", "Planned")
        await company.discord.send(sending, "sb99")
        assert len(company.server.called("PATCH /channels/{channel}")) == 1
