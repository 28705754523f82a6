"""What storage knows of the message an idea came from, and of our own that show it."""

from dataclasses import replace

from bot.ideas import Audience, IdeaStatus, NewIdea, Wording
from bot.postings import Posting, PostingKind
from bot.results import Edit, Post, Subject
from tests.storage.board import IDEAS, NOON, Board, after, message, origin


async def test_an_idea_in_its_messages_words_knows_since_when(board: Board) -> None:
    new = NewIdea(
        Wording("Dark mode"), board.member("Ana"), "community", Audience.EVERYONE, origin("m1"),
        verbatim=True,
    )  # fmt: skip
    async with board.database.transaction() as store:
        idea = await store.add_idea(new, NOON)
        other = await store.add_idea(replace(new, origin=origin("m2"), verbatim=False), NOON)
        assert (idea.worded_at, other.worded_at) == (NOON, None)
        await store.set_wording(idea.number, Wording("Night mode"), after(60))
        assert await store.idea(idea.number) == replace(
            idea, wording=Wording("Night mode"), worded_at=after(60)
        )
        await store.set_wording(idea.number, Wording("Dark theme"))
    assert (await board.now(idea)).worded_at is None


async def test_a_message_is_lost_once(board: Board) -> None:
    idea = await board.idea(origin=origin("m1"))
    async with board.database.transaction() as store:
        assert await store.lose_origin(idea.number, after(5))
        assert not await store.lose_origin(idea.number, after(9))
        assert not await store.lose_origin(99, NOON)
    lost = await board.now(idea)
    assert lost.origin == replace(origin("m1"), deleted_at=after(5))
    assert (idea.address, lost.address) == ("https://chat.example/m1", "")


async def test_a_lost_message_is_shown_by_cards_that_are_on_their_way(board: Board) -> None:
    idea = await board.idea(origin=origin("m1"))
    await board.enqueue(Post(IDEAS, Subject("idea_card", idea.number)))
    row = await board.took()
    async with board.database.transaction() as store:
        await store.lose_origin(idea.number, NOON)
    await board.database.queue.sent(row, message("card"), NOON)
    assert isinstance((await board.took()).work, Posting)


async def test_whether_others_are_merged_into_an_idea(board: Board) -> None:
    idea, other = await board.idea(), await board.idea("Night mode")
    async with board.database.reading() as store:
        assert not await store.has_merged(idea.number)
    await board.merge(other, idea)
    async with board.database.reading() as store:
        assert await store.has_merged(idea.number)
        assert not await store.has_merged(other.number)


async def test_a_forgotten_posting_is_edited_no_more(board: Board) -> None:
    idea = await board.idea()
    card = await board.post(idea)
    inbox = await board.post(idea, kind="inbox_card", name="inbox")
    await board.enqueue(Edit(idea.number))
    in_hand = await board.took()
    await board.enqueue(Edit(idea.number))
    async with board.database.transaction() as store:
        assert await store.forget_posting(card, NOON)
        assert not await store.forget_posting(card, NOON)
        assert not await store.forget_posting(message("m1"), NOON)
        assert await store.posting(idea.number, PostingKind.CARD) is None
        assert await store.idea_at(card) is None
    await board.database.queue.sent(in_hand, None, NOON)
    await board.enqueue(Edit(idea.number))
    left = []
    while row := await board.take(after(3600)):
        assert isinstance(row.work, Posting)
        left.append(row.work.message)
        await board.database.queue.sent(row, None, after(3600))
    assert left == [inbox]
    assert (await board.database.queue.counts())["dead"] == 0


async def test_messages_of_recent_ideas_that_are_not_decided_are_known(board: Board) -> None:
    first, second, lost, done, other = [
        await board.idea(f"Wish {at}", origin=origin(f"m{at}")) for at in range(5)
    ]
    await board.idea("From a form")
    async with board.database.transaction() as store:
        await store.lose_origin(lost.number, NOON)
        await store.set_status(done.number, IdeaStatus.SHIPPED, IdeaStatus.SHIPPED)
    await board.merge(other, first)
    async with board.database.reading() as store:
        assert await store.recent_origins("community", NOON, 9) == [message("m1"), message("m0")]
        assert await store.recent_origins("community", NOON, 1) == [message("m1")]
        assert await store.recent_origins("community", after(60), 9) == []
        assert await store.recent_origins("elsewhere", NOON, 9) == []
    assert second.origin
