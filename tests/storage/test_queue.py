import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.ideas import Idea, IdeaStatus
from bot.ports import QueueRow
from bot.postings import Posting, PostingKind
from bot.refs import ChannelRef, Emoji, IdeaNumber, ThreadRef
from bot.results import Direct, Edit, Job, Outgoing, Post, React, Subject
from tests.storage.board import IDEAS, INBOX, NOON, Board, after, message

GENERAL = ChannelRef("community", "general")
THREAD = ThreadRef("community", "general", "m1")


Change = Callable[[Board, Idea], Awaitable[None]]


def post(name: int, channel: ChannelRef = IDEAS) -> Post:
    return Post(channel, Subject("note", name))


async def test_each_kind_of_work_comes_back_as_it_was_queued(board: Board) -> None:
    ana = board.accounts["Ana"].ref
    deliveries: list[Outgoing] = [
        Post(GENERAL, Subject("note", 1), THREAD, ana),
        Direct(ana, "community", Subject("decision", 31), THREAD),
        React(message("m1"), INBOX, Emoji("✅")),
    ]
    job = Job("read", 7, 0.0, message("m2"))
    await board.enqueue(*deliveries, job)
    rows = [await board.took() for _ in deliveries]
    assert [row.work for row in rows] == deliveries
    assert [(row.lane, row.budget) for row in rows] == [
        (str(GENERAL), "community:post"),
        (f"dm:{ana}", "community:direct"),
        (str(INBOX), "company:react"),
    ]
    done = await board.took(jobs=True)
    assert (done.work, done.lane, done.budget) == (job, "job:read:7", "community:job")
    assert await board.take() is None
    assert {row.nonce for row in rows} == {f"sb{row.id}" for row in rows}


async def test_a_lane_is_left_in_order_one_at_a_time(board: Board) -> None:
    await board.enqueue(post(1), post(2), post(3, GENERAL))
    first, other = await board.took(), await board.took()
    assert (first.work, other.work) == (post(1), post(3, GENERAL))
    assert await board.take() is None
    await board.database.queue.sent(first, message("1"), NOON)
    assert (await board.took()).work == post(2)


async def test_a_lease_that_ended_is_taken_again_and_counted(board: Board) -> None:
    await board.enqueue(post(1))
    first = await board.took()
    assert await board.take(after(59)) is None
    assert await board.database.queue.next_due(jobs=False, held=frozenset()) == after(60)
    again = await board.took(after(60))
    assert (again.id, again.attempts, again.first_try) == (first.id, 2, NOON)


async def test_a_retry_keeps_its_place_until_it_is_dead(board: Board) -> None:
    queue = board.database.queue
    await board.enqueue(post(1), post(2))
    row = await board.took()
    await queue.later(row, "ratelimited", after(30))
    assert await board.take(after(29)) is None
    assert await queue.next_due(jobs=False, held=frozenset()) == after(30)
    again = await board.took(after(30))
    assert (again.id, again.attempts, again.first_try) == (row.id, 2, NOON)
    await queue.dead(again, "channel_not_found", after(31))
    assert (await board.took(after(31))).work == post(2)
    assert await queue.counts() == {"waiting": 1, "sent": 0, "dropped": 0, "dead": 1}


async def test_what_is_not_due_yet_holds_nobody_up(board: Board) -> None:
    await board.enqueue(Job("remind", 1, delay=60), Job("remind", 2), Job("remind", 1))
    rows = [await board.took(jobs=True) for _ in range(2)]
    assert [row.work for row in rows] == [Job("remind", 2), Job("remind", 1)]
    assert await board.take(jobs=True) is None


async def test_held_lanes_and_budgets_are_left_alone(board: Board) -> None:
    await board.enqueue(post(1), post(2, GENERAL), post(3, INBOX))
    held = frozenset({str(IDEAS), "company:post"})
    taken = await board.take(held=held)
    assert taken
    assert taken.work == post(2, GENERAL)
    assert await board.take(held=held) is None
    await board.database.queue.sent(taken, None, NOON)
    assert await board.database.queue.next_due(jobs=False, held=held) is None
    assert await board.database.queue.next_due(jobs=False, held=frozenset()) == NOON


async def test_the_next_due_moment_knows_jobs_from_deliveries(board: Board) -> None:
    queue = board.database.queue
    assert await queue.next_due(jobs=True, held=frozenset()) is None
    await board.enqueue(Job("remind", 1, delay=90))
    assert await queue.next_due(jobs=True, held=frozenset()) == after(90)
    assert await queue.next_due(jobs=False, held=frozenset()) is None


async def test_takers_at_once_never_take_the_same_row(board: Board) -> None:
    await board.enqueue(*(post(n, ChannelRef("community", f"c{n}")) for n in range(10)))
    taken = await asyncio.gather(*(board.take() for _ in range(20)))
    assert sorted(row.id for row in taken if row) == list(range(1, 11))


async def test_a_burst_of_edits_is_one_row(board: Board) -> None:
    idea = await board.idea()
    await board.post(idea)
    for n in range(50):
        await board.enqueue(Edit(idea.number), at=after(n / 10))
    row = await board.took(after(5))
    assert row.work == Posting(idea.number, PostingKind.CARD, message("card"), IDEAS)
    assert (row.lane, row.budget) == (str(IDEAS), "community:edit")
    await board.database.queue.sent(row, None, after(5))
    assert await board.take(after(60)) is None


async def test_an_edit_during_sending_gets_its_own_row_ten_seconds_later(board: Board) -> None:
    idea = await board.idea()
    await board.post(idea)
    await board.enqueue(Edit(idea.number))
    sending = await board.took()
    await board.enqueue(Edit(idea.number), at=after(1))
    await board.enqueue(Edit(idea.number), at=after(2))
    assert await board.take(after(2)) is None
    await board.database.queue.sent(sending, None, after(3))
    assert await board.take(after(12)) is None
    last = await board.took(after(13))
    assert last.id != sending.id
    assert await board.take(after(13)) is None


async def test_a_retried_edit_and_a_newer_one_both_go_out(board: Board) -> None:
    idea = await board.idea()
    await board.post(idea)
    await board.enqueue(Edit(idea.number))
    failed = await board.took()
    await board.enqueue(Edit(idea.number))
    await board.database.queue.later(failed, "timeout", after(5))
    assert (await board.took(after(5))).id == failed.id


async def test_no_posting_is_edited_more_than_six_times_a_minute(board: Board) -> None:
    idea = await board.idea()
    await board.post(idea)
    sent = []
    for second in range(60):
        await board.enqueue(Edit(idea.number), at=after(second))
        if row := await board.take(after(second)):
            await board.database.queue.sent(row, None, after(second))
            sent.append(second)
    assert sent == [0, 10, 20, 30, 40, 50]


async def test_an_edit_reaches_every_posting_of_the_kinds_named(board: Board) -> None:
    idea = await board.idea()
    await board.post(idea)
    await board.post(idea, kind="inbox_card", name="inbox card")
    await board.enqueue(Edit(idea.number, (PostingKind.INBOX,)))
    only = await board.took()
    assert only.work == Posting(idea.number, PostingKind.INBOX, message("inbox card", INBOX), INBOX)
    await board.database.queue.sent(only, None, NOON)
    await board.enqueue(Edit(idea.number), at=after(20))
    rows = [await board.took(after(20)) for _ in range(2)]
    assert {row.lane for row in rows} == {str(IDEAS), str(INBOX)}


async def _vote(board: Board, idea: Idea) -> None:
    await board.vote(idea, "Ben")


async def _plan(board: Board, idea: Idea) -> None:
    async with board.database.transaction() as store:
        await store.set_status(idea.number, IdeaStatus.PLANNED, IdeaStatus.PLANNED)


async def _escalate(board: Board, idea: Idea) -> None:
    async with board.database.transaction() as store:
        await store.escalate(idea.number, INBOX, board.member("Mo"), NOON)


async def _erase(board: Board, idea: Idea) -> None:
    async with board.database.transaction() as store:
        assert idea.author
        await store.erase(idea.author, False, NOON)


@pytest.mark.parametrize("change", [_vote, _plan, _escalate, _erase])
async def test_a_card_whose_idea_changed_while_it_was_sent_is_rendered_again(
    board: Board, change: Change
) -> None:
    idea = await board.idea()
    await board.enqueue(Post(IDEAS, Subject("idea_card", idea.number)))
    row = await board.took()
    await change(board, idea)
    await board.enqueue(Edit(idea.number))
    assert await board.take() is None
    await board.database.queue.sent(row, message("card"), after(1))
    assert isinstance((await board.took(after(1))).work, Posting)
    assert await board.take(after(60)) is None


async def test_a_card_whose_idea_did_not_change_is_left_alone(board: Board) -> None:
    idea = await board.idea()
    await board.vote(idea, "Ben")
    await board.post(idea)
    assert await board.take(after(60)) is None


async def test_a_refused_direct_message_becomes_a_post_once(board: Board) -> None:
    ana, queue = board.accounts["Ana"].ref, board.database.queue
    subject = Subject("decision", 31)
    await board.enqueue(Direct(ana, "community", subject, THREAD))
    row = await board.took()
    await queue.dead(row, "cannot_dm_bot", NOON)
    await queue.dead(row, "cannot_dm_bot", NOON)
    assert (await board.took()).work == Post(GENERAL, subject, THREAD, ana)
    assert await board.take() is None


async def test_a_direct_message_without_a_fallback_just_dies(board: Board) -> None:
    await board.enqueue(Direct(board.accounts["Ana"].ref, "community", Subject("decision", 31)))
    await board.database.queue.dead(await board.took(), "no", NOON)
    assert await board.take() is None


async def test_a_worker_whose_lease_ended_no_longer_decides(board: Board) -> None:
    queue = board.database.queue
    await board.enqueue(post(1))
    late, current = await board.took(), await board.took(after(60))
    for verdict in (queue.later(late, "slow", after(99)), queue.dead(late, "slow", after(61))):
        await verdict
    await queue.dropped(late, after(61))
    assert (await queue.counts())["waiting"] == 1
    assert await queue.next_due(jobs=False, held=frozenset()) == after(120)
    await queue.sent(late, message("1"), after(62))
    await queue.dead(current, "too late to die", after(63))
    assert await queue.counts() == {"waiting": 0, "sent": 1, "dropped": 0, "dead": 0}


async def test_a_dropped_row_is_done(board: Board) -> None:
    await board.enqueue(post(1), post(2))
    await board.database.queue.dropped(await board.took(), NOON)
    assert (await board.took()).work == post(2)


async def test_enqueueing_is_one_statement_and_one_for_each_edit(
    board: Board, statements: list[str]
) -> None:
    edit, job = Edit(IdeaNumber(1)), Job("remind", 1)
    statements.clear()
    await board.enqueue(post(1), post(2), job, React(message("m"), IDEAS, Emoji("✅")), edit, edit)
    assert len(statements) == 3
    statements.clear()
    await board.enqueue()
    assert statements == []


async def _rows(board: Board) -> int:
    return sum((await board.database.queue.counts()).values())


async def test_pruning_forgets_what_is_old_and_nothing_else(board: Board) -> None:
    ana, queue = board.accounts["Ana"], board.database.queue
    await board.enqueue(*(post(n, ChannelRef("community", str(n))) for n in range(3)))
    done: list[QueueRow] = [await board.took(), await board.took()]
    await queue.sent(done[0], None, NOON)
    await queue.sent(done[1], None, after(60))
    async with board.database.transaction() as store:
        for n in range(1001):
            await store.claim(f"old {n}", NOON)
        await store.claim("new", after(60))
        draft = await store.save_draft(ana, "suggest", {}, NOON)
    await queue.prune(after(30) + timedelta(days=7))
    async with board.database.transaction() as store:
        assert await store.draft(draft) is None
        assert await store.claim("old 0", NOON)
        assert await store.claim("old 1000", NOON)
        assert not await store.claim("new", NOON)
    assert await _rows(board) == 3
    await queue.prune(after(30) + timedelta(days=30))
    assert await _rows(board) == 2
    assert (await queue.counts())["waiting"] == 1
