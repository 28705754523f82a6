from bot.ideas import Idea
from bot.store import Store
from tests.storage.board import INBOX, NOON, Board, after, message, origin


async def _escalated(store: Store, idea: Idea) -> bool:
    found = await store.idea(idea.number)
    return found is not None and found.escalated


async def test_a_mark_is_set_once_and_taken_off_once(board: Board) -> None:
    mo = board.accounts["Mo"].id
    async with board.database.transaction() as store:
        mark = await store.set_mark(message("m"), mo, "escalate", True, NOON)
        assert mark
        assert await store.set_mark(message("m"), mo, "escalate", True, after(1)) is None
        assert await store.mark_message(mark) == message("m")
        assert await store.marks(message("m")) == [("escalate", board.member("Mo"))]
        assert await store.set_mark(message("m"), mo, "escalate", False, after(2)) == mark
        assert await store.set_mark(message("m"), mo, "escalate", False, after(3)) is None
        assert await store.marks(message("m")) == []
        assert await store.mark_message(999) is None


async def test_a_removal_that_comes_before_its_mark_wins(board: Board) -> None:
    mo = board.accounts["Mo"].id
    async with board.database.transaction() as store:
        assert await store.set_mark(message("m"), mo, "capture", False, after(2)) is None
        assert await store.set_mark(message("m"), mo, "capture", True, after(1)) is None
        assert await store.marks(message("m")) == []


async def test_what_is_gone_has_no_marks_and_gets_none_that_were_set_before(board: Board) -> None:
    mo, pia = board.accounts["Mo"].id, board.accounts["Pia"].id
    async with board.database.transaction() as store:
        mark = await store.set_mark(message("m"), mo, "capture", True, NOON)
        later = await store.set_mark(message("m"), pia, "escalate", True, after(9))
        assert await store.mark_on(message("m")) == mark
        await store.drop_marks(message("m"), after(5))
        assert await store.mark_on(message("m")) == later
        assert await store.set_mark(message("m"), mo, "capture", True, NOON) is None
        assert await store.marks(message("m")) == [("escalate", board.member("Pia"))]
        assert await store.mark_on(message("other")) is None


async def test_marks_are_listed_oldest_first(board: Board) -> None:
    mo, pia = board.accounts["Mo"].id, board.accounts["Pia"].id
    async with board.database.transaction() as store:
        await store.set_mark(message("m"), mo, "escalate", True, after(2))
        await store.set_mark(message("m"), pia, "capture", True, after(1))
        await store.set_mark(message("other"), pia, "capture", True, after(1))
        assert await store.marks(message("m")) == [
            ("capture", board.member("Pia")),
            ("escalate", board.member("Mo")),
        ]


async def test_escalating_marks_count_on_the_origin_and_on_the_cards(board: Board) -> None:
    idea = await board.idea(origin=origin("m1"))
    card = await board.post(idea)
    async with board.database.transaction() as store:
        for where, who in ((message("m1"), "Mo"), (card, "Pia"), (message("far"), "Mo")):
            await store.set_mark(where, board.accounts[who].id, "escalate", True, NOON)
        await store.set_mark(card, board.accounts["Mo"].id, "capture", True, NOON)
        assert await store.escalation_marks(idea.number) == 2


async def test_an_idea_is_in_one_inbox_once_and_may_enter_again(board: Board) -> None:
    idea = await board.idea()
    mo = board.member("Mo")
    async with board.database.transaction() as store:
        assert await store.inbox_of(idea.number) is None
        assert await store.escalate(idea.number, INBOX, mo, NOON)
        assert not await store.escalate(idea.number, INBOX, None, NOON)
        assert await _escalated(store, idea)
        assert await store.inbox_of(idea.number) == INBOX
        assert await store.end_escalation(idea.number, after(1))
        assert not await store.end_escalation(idea.number, after(1))
        assert not await _escalated(store, idea)
        assert await store.inbox_of(idea.number) == INBOX
        assert await store.escalate(idea.number, INBOX, mo, after(2))


async def test_what_the_votes_escalated_no_reaction_ends(board: Board) -> None:
    idea = await board.idea()
    async with board.database.transaction() as store:
        assert await store.escalate(idea.number, INBOX, None, NOON)
        assert not await store.end_escalation(idea.number, after(1))
        assert await _escalated(store, idea)
