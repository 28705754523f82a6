"""What the operator sees of the queue, and another chance for what was given up."""

from bot.ports import Backlog, QueueLine
from bot.refs import IdeaNumber, ThreadRef
from bot.results import Direct, Edit, Followup, Job, Post, Subject
from tests.storage.board import IDEAS, INBOX, NOON, Board, after

THREAD = ThreadRef("community", "general", "m1")
CARD, NOTE = Subject("idea_card", 1), Subject("decision", 31)


async def _bury(board: Board, *, jobs: bool = False) -> int:
    """The next row is taken and given up; its number."""
    row = await board.took(after(60), jobs=jobs)
    await board.database.queue.dead(row, "channel_not_found", after(61))
    return row.id


async def test_the_backlog_counts_by_connection_and_kind_and_knows_the_oldest(board: Board) -> None:
    ana = board.accounts["Ana"].ref
    await board.enqueue(Post(IDEAS, CARD), at=NOON)
    await board.enqueue(Post(IDEAS, NOTE), Post(INBOX, NOTE), at=after(5))
    await board.enqueue(Direct(ana, "community", NOTE), Job("remind", 1, 3600.0), at=after(5))
    await _bury(board)
    found = await board.database.queue.backlog()
    assert sorted(found, key=lambda part: (part.connection, part.kind, part.dead)) == [
        Backlog("", "job", False, 1, after(3605)),
        Backlog("community", "direct", False, 1, after(5)),
        Backlog("community", "post", False, 1, after(5)),
        Backlog("community", "post", True, 1, NOON),
        Backlog("company", "post", False, 1, after(5)),
    ]


async def test_an_empty_queue_has_no_backlog(board: Board) -> None:
    assert await board.database.queue.backlog() == []


async def test_rows_are_listed_by_ids_and_errors_the_next_due_first(board: Board) -> None:
    queue = board.database.queue
    await board.enqueue(Post(INBOX, CARD), at=after(9))
    await board.enqueue(Post(IDEAS, CARD), Job("remind", 7))
    await queue.later(await board.took(), "RateLimited", after(30))
    assert await queue.lines(dead=True, limit=9) == []
    found = await queue.lines(dead=False, limit=2)
    assert found == [
        QueueLine(3, "job", "job:remind:7", "remind 7", NOON, 0, ""),
        QueueLine(1, "post", "company/inbox", "idea_card 1", after(9), 0, ""),
    ]
    assert (await queue.lines(dead=False, limit=9))[2].error == "RateLimited"


async def test_the_dead_are_listed_the_latest_first(board: Board) -> None:
    await board.enqueue(Post(IDEAS, CARD), Post(INBOX, CARD))
    first, second = await _bury(board), await _bury(board)
    found = await board.database.queue.lines(dead=True, limit=9)
    assert [(line.id, line.error) for line in found] == [
        (second, "channel_not_found"),
        (first, "channel_not_found"),
    ]


async def test_a_dead_row_waits_again_as_if_new(board: Board) -> None:
    await board.enqueue(Post(IDEAS, CARD), Post(INBOX, CARD))
    buried = await _bury(board)
    await _bury(board)
    assert await board.database.queue.retry(buried, after(7200)) == 1
    row = await board.took(after(7200))
    assert (row.id, row.attempts, row.first_try) == (buried, 1, after(7200))
    assert await board.take(after(7200)) is None


async def test_all_dead_rows_wait_again_jobs_too(board: Board) -> None:
    await board.enqueue(Post(IDEAS, CARD), Job("remind", 7))
    await _bury(board)
    await _bury(board, jobs=True)
    assert await board.database.queue.retry(None, after(99)) == 2
    assert await board.database.queue.retry(None, after(99)) == 0
    assert (await board.took(after(99), jobs=True)).work == Job("remind", 7)


async def test_what_is_not_dead_is_not_tried_again(board: Board) -> None:
    await board.enqueue(Post(IDEAS, CARD), Post(INBOX, CARD))
    sent = await board.took()
    await board.database.queue.sent(sent, None, NOON)
    for row in (sent.id, sent.id + 1, 999):
        assert await board.database.queue.retry(row, NOON) == 0


async def test_a_direct_message_that_went_to_a_thread_instead_is_not_sent_twice(
    board: Board,
) -> None:
    ana = board.accounts["Ana"].ref
    await board.enqueue(Direct(ana, "community", NOTE, THREAD))
    buried = await _bury(board)
    assert await board.database.queue.retry(buried, NOON) == 0
    assert await board.database.queue.retry(None, NOON) == 0


async def test_a_private_answer_that_became_a_direct_message_is_not_sent_twice(
    board: Board,
) -> None:
    await board.enqueue(Followup("handle", board.accounts["Ana"].ref, "community", NOTE))
    buried = await _bury(board)
    assert await board.database.queue.retry(buried, NOON) == 0
    assert isinstance((await board.took(after(99))).work, Direct)


async def test_a_dead_edit_may_wait_beside_a_newer_one_of_the_same_card(board: Board) -> None:
    idea = await board.idea()
    await board.post(idea)
    for _ in range(2):
        await board.enqueue(Edit(IdeaNumber(idea.number)), at=after(20))
        await _bury(board)
    await board.enqueue(Edit(IdeaNumber(idea.number)), at=after(20))
    assert await board.database.queue.retry(None, after(90)) == 2
