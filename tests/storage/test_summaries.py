"""A summary is rows of quotes: kept, shared, and smaller when somebody takes their words back."""

from dataclasses import replace

from bot.ports import QueueRow
from bot.postings import SUMMARIES, Posting, PostingKind
from bot.refs import ChannelRef, ThreadRef
from bot.results import Direct, Edit, Followup, Job, Post, Subject
from bot.summaries import Citation, Length, Part, Quote, Statement, StoredSummary, Summary, Writing
from tests.storage.board import INBOX, NOON, Board, after, message

THREAD = ThreadRef("community", "general", "m1")
GENERAL = ChannelRef("community", "general")
POST = Post(GENERAL, Subject("thread_summary", 1), THREAD)


def _quote(board: Board, who: str, text: str, part: Part = Part.POINT) -> Quote:
    account = board.accounts[who]
    return Quote(part, message(text[:2]), account.ref, account.name, text, f"/{text[:2]}")


def _summary(*quotes: Quote, messages: int = 9) -> Summary:
    return Summary(THREAD, quotes, messages, 3, after(-600), NOON)


async def _keep(board: Board, summary: Summary) -> int:
    authors = {account.ref: account.id for account in board.accounts.values()}
    async with board.database.transaction() as store:
        return await store.keep_summary(summary, authors, "/m1", NOON)


async def _stored(board: Board, row: int = 1) -> StoredSummary:
    async with board.database.reading() as store:
        stored = await store.summary(row)
    assert stored
    return stored


async def _edits(board: Board) -> list[object]:
    found: list[object] = []
    while row := await board.take(after(3600)):
        found.append(row.work)
        await board.database.queue.sent(row, None, after(3600))
    return found


async def test_a_summary_comes_back_as_it_was_kept(board: Board) -> None:
    summary = _summary(_quote(board, "Ana", "a1 dark"), _quote(board, "Ben", "b1 x", Part.LINK))
    row = await _keep(board, summary)
    assert await _stored(board, row) == StoredSummary(row, summary, "/m1", False, False)
    async with board.database.reading() as store:
        assert await store.summary(7) is None
        thread = await store.thread_at(THREAD)
    assert thread
    assert (thread.messages, thread.permalink, thread.last_at) == (9, "/m1", NOON)


async def test_a_thread_has_one_summary_and_the_last_one_holds(board: Board) -> None:
    first = await _keep(board, _summary(_quote(board, "Ana", "a1 dark")))
    grown = _summary(_quote(board, "Ben", "b1 light"), messages=12)
    assert await _keep(board, grown) == first
    assert (await _stored(board)).summary == grown


async def test_it_is_posted_once_and_sent_once(board: Board) -> None:
    await _keep(board, _summary())
    async with board.database.transaction() as store:
        assert await store.share_summary(1, "posted", NOON)
        assert not await store.share_summary(1, "posted", NOON)
        assert await store.share_summary(1, "sent", NOON)
        assert not await store.share_summary(7, "sent", NOON)
    stored = await _stored(board)
    assert (stored.posted, stored.sent) == (True, True)


async def test_quotes_of_a_message_or_a_member_go(board: Board) -> None:
    await _keep(board, _summary(_quote(board, "Ana", "a1"), _quote(board, "Ben", "b1")))
    async with board.database.transaction() as store:
        assert await store.drop_quotes(message("a1")) == [1]
        assert await store.drop_quotes(message("a1")) == []
        assert await store.forget_quotes(board.member("Ben")) == [1]
        assert await store.empty_summary(THREAD) == []
    assert (await _stored(board)).summary.quotes == ()


async def test_what_was_sent_of_a_summary_is_kept_up_to_date(board: Board) -> None:
    await _keep(board, _summary())
    ana = board.accounts["Ana"].ref
    for work, name in (
        (POST, "p1"),
        (Post(INBOX, Subject("thread_summary", 1)), "p2"),
        (Direct(ana, "community", Subject("summary", 1)), "p3"),
    ):
        await board.enqueue(work)
        await board.database.queue.sent(await board.took(), message(name), NOON)
    await board.enqueue(Edit(1, SUMMARIES), at=after(60))
    assert await _edits(board) == [
        Posting(1, PostingKind.SUMMARY, message("p1"), GENERAL),
        Posting(1, PostingKind.SUMMARY, message("p2"), INBOX),
        Posting(1, PostingKind.NOTE, message("p3"), ChannelRef("community", "ideas")),
    ]


async def test_a_summary_that_changed_while_it_was_posted_is_rendered_again(board: Board) -> None:
    await _keep(board, _summary(_quote(board, "Ana", "a1")))
    await board.enqueue(POST)
    row = await board.took()
    async with board.database.transaction() as store:
        await store.drop_quotes(message("a1"))
    await board.database.queue.sent(row, message("p1"), NOON)
    assert await _edits(board) == [Posting(1, PostingKind.SUMMARY, message("p1"), GENERAL)]


async def test_an_idea_and_a_summary_of_the_same_number_are_not_mixed_up(board: Board) -> None:
    idea = await board.idea()
    await board.post(idea)
    await _keep(board, _summary())
    await board.enqueue(POST)
    await board.database.queue.sent(await board.took(), message("p1"), NOON)
    async with board.database.reading() as store:
        assert await store.idea_at(message("p1")) is None
        assert await store.escalation_marks(idea.number) == 0
    await board.enqueue(Edit(idea.number), at=after(60))
    assert [work.kind for work in await _edits(board) if isinstance(work, Posting)] == [
        PostingKind.CARD
    ]


async def test_a_followup_that_is_too_late_becomes_a_direct_message(board: Board) -> None:
    ana = board.accounts["Ana"].ref
    followup = Followup("h1", ana, "community", Subject("summary", 1))
    await board.enqueue(followup)
    row: QueueRow = await board.took()
    assert (row.work, row.budget) == (followup, "community:followup")
    await board.database.queue.dead(row, "expired", NOON)
    assert (await board.took()).work == Direct(ana, "community", Subject("summary", 1))


async def test_a_handle_is_kept_no_longer_than_it_is_needed(board: Board) -> None:
    ana = board.accounts["Ana"].ref
    job = Job("summarize", 0, thread=THREAD, account=ana, handle="h1")
    await board.enqueue(job, Followup("h1", ana, "community", Subject("summary", 1)))
    taken = await board.took(jobs=True)
    assert (taken.work, taken.lane) == (job, f"job:summarize:{THREAD}")
    assert "h1" not in repr(taken)
    await board.database.queue.sent(taken, None, NOON)
    await board.database.queue.sent(await board.took(), None, NOON)
    assert "h1" not in await board.everything()


def _statement(board: Board, text: str, *whose: str) -> Statement:
    people = [board.accounts[who] for who in whose]
    cited = [Citation(message(one.name), one.ref, one.name, f"/{one.name}") for one in people]
    return Statement(Part.POINT, text, tuple(cited))


async def _written(board: Board) -> int:
    told = (
        _statement(board, "Ana wants it dark.", "Ana"),
        _statement(board, "Ana and Ben agree.", "Ana", "Ben"),
        _statement(board, "Ben would pay.", "Ben"),
    )
    writing = Writing("a model", 8, told)
    return await _keep(board, replace(_summary(_quote(board, "Ana", "a1 x")), writing=writing))


async def _said(board: Board) -> list[str]:
    writing = (await _stored(board)).summary.writing
    return [one.text for one in writing.statements] if writing else []


async def test_what_a_model_wrote_comes_back_with_its_citations(board: Board) -> None:
    row = await _written(board)
    kept = (await _stored(board, row)).summary.writing
    assert kept
    assert (kept.model, kept.read, kept.why) == ("a model", 8, "")
    assert kept.statements[1] == _statement(board, "Ana and Ben agree.", "Ana", "Ben")
    assert len(kept.statements) == 3


async def test_a_sentence_goes_with_any_message_it_cites(board: Board) -> None:
    await _written(board)
    async with board.database.transaction() as store:
        assert await store.drop_quotes(message("Ben")) == [1]
    assert await _said(board) == ["Ana wants it dark."]


async def test_a_sentence_goes_with_anybody_it_is_about(board: Board) -> None:
    await _written(board)
    async with board.database.transaction() as store:
        assert await store.forget_quotes(board.member("Ana")) == [1]
    assert await _said(board) == ["Ben would pay."]


async def test_whoever_is_erased_takes_what_was_said_of_them_along(board: Board) -> None:
    await _written(board)
    async with board.database.transaction() as store:
        await store.erase(board.member("Ana"), False, NOON)
    assert await _said(board) == ["Ben would pay."]


async def test_a_new_summary_replaces_what_the_model_said_before(board: Board) -> None:
    await _written(board)
    await _keep(board, _summary(_quote(board, "Ana", "a1 x")))
    stored = (await _stored(board)).summary
    assert stored.writing is None
    assert "statements" not in [kind for kind, rows in (await _held(board)).items() if rows]


async def _held(board: Board) -> dict[str, object]:
    async with board.database.reading() as store:
        return await store.held_data(board.member("Ana"))


async def test_an_emptied_thread_says_nothing_any_more(board: Board) -> None:
    await _written(board)
    await _keep(board, replace(_summary(), length=Length.LINE))
    async with board.database.transaction() as store:
        assert await store.empty_summary(THREAD) == [1]
    assert await _said(board) == []


async def test_each_length_is_a_summary_of_its_own(board: Board) -> None:
    rows = [await _keep(board, replace(_summary(), length=length)) for length in Length]
    again = [await _keep(board, replace(_summary(), length=length)) for length in Length]
    assert rows == again
    assert [(await _stored(board, row)).summary.length for row in rows] == [*Length]


async def test_a_thread_is_shared_once_in_any_length(board: Board) -> None:
    one = await _keep(board, _summary())
    other = await _keep(board, replace(_summary(), length=Length.FULL))
    async with board.database.transaction() as store:
        assert await store.share_summary(one, "posted", NOON)
        assert not await store.share_summary(other, "posted", NOON)
        assert await store.share_summary(other, "sent", NOON)
    stored = await _stored(board, other)
    assert (stored.posted, stored.sent) == (True, True)


async def test_a_changed_message_is_quoted_with_what_still_stands_there(board: Board) -> None:
    ana, ben = _quote(board, "Ana", "a1 dark"), _quote(board, "Ben", "b1 x")
    also = replace(ana, text="a1 and  light")
    row = await _keep(board, _summary(ana, also, ben))
    async with board.database.transaction() as store:
        drop = store.drop_changed_quotes
        assert await drop(ana.message, "nothing of it", NOON) == [], "as old as the summary"
        assert await drop(message("zz"), "", after(1)) == []
        assert await drop(ana.message, "a1 and\nlight, a1 dark", after(1)) == []
        assert await drop(ana.message, "So: a1 and light!", after(1)) == [row]
    assert (await _stored(board)).summary.quotes == (also, ben)


async def test_a_sentence_goes_when_a_message_it_cites_is_edited(board: Board) -> None:
    await _written(board)
    async with board.database.transaction() as store:
        assert await store.drop_changed_quotes(message("Ben"), "No.", NOON) == []
        assert await store.drop_changed_quotes(message("Ben"), "No.", after(1)) == [1]
    assert await _said(board) == ["Ana wants it dark."]
