from bot.ideas import Idea, IdeaStatus
from tests.storage.board import NOON, Board, after


async def _decide(board: Board, idea: Idea, by: str = "Pia", *, correction: bool = False) -> int:
    async with board.database.transaction() as store:
        return await store.add_decision(
            idea, IdeaStatus.PLANNED, "It fits", board.member(by), correction, NOON
        )


async def _tell(board: Board, decision: int) -> list[str]:
    async with board.database.transaction() as store:
        return [account.name for account in await store.tell(decision, after(60))]


async def _follow(board: Board, idea: Idea, *names: str) -> None:
    async with board.database.transaction() as store:
        for name in names:
            await store.set_follow(idea.number, board.member(name), True, NOON)


async def test_a_decision_comes_back_as_it_was_taken(board: Board) -> None:
    idea = await board.idea()
    row = await _decide(board, idea)
    async with board.database.reading() as store:
        decision = await store.decision(row)
        assert decision == await store.last_decision(idea.number)
        assert await store.decision(999) is None
    assert decision
    assert (decision.idea, decision.previous, decision.status) == (
        idea.number,
        IdeaStatus.NEW,
        IdeaStatus.PLANNED,
    )
    assert (decision.reason, decision.by_name, decision.at) == ("It fits", "Pia", NOON)
    assert (decision.undone, decision.correction) == (False, False)


async def test_everybody_concerned_is_told_once_across_merges(board: Board) -> None:
    kept, merged = await board.idea("One", "Ana"), await board.idea("Two", "Ben")
    await board.merge(merged, into=kept)
    await _follow(board, kept, "Ben", "Chloé")
    await _follow(board, merged, "Chloé", "Ana")
    decision = await _decide(board, kept)
    assert await _tell(board, decision) == ["Ana", "Ben", "Chloé"]
    await _follow(board, kept, "Dmitri")
    assert await _tell(board, decision) == ["Dmitri"]
    assert await _tell(board, decision) == []


async def test_a_later_decision_is_told_anew(board: Board) -> None:
    idea = await board.idea()
    assert await _tell(board, await _decide(board, idea)) == ["Ana"]
    assert await _tell(board, await _decide(board, idea, correction=True)) == ["Ana"]


async def test_neither_the_decider_nor_the_muted_are_told(board: Board) -> None:
    idea = await board.idea(by="Pia")
    await _follow(board, idea, "Ben", "Chloé")
    async with board.database.transaction() as store:
        await store.set_muted(board.member("Ben"), True, NOON)
    assert await _tell(board, await _decide(board, idea)) == ["Chloé"]


async def test_each_is_told_where_the_idea_was_made_if_they_are_there(board: Board) -> None:
    idea = await board.idea()
    discord = await board.join("Eve on Discord", "fans", "discord")
    await board.join("Eve")
    await board.link("Eve", to="Eve on Discord")
    await _follow(board, idea, "Eve on Discord")
    async with board.database.transaction() as store:
        await store.set_follow(idea.number, discord.member, True, NOON)
    assert await _tell(board, await _decide(board, idea)) == ["Ana", "Eve"]


async def test_a_decision_is_undone_once_and_only_before_it_was_told(board: Board) -> None:
    idea = await board.idea()
    undone, told = await _decide(board, idea), await _decide(board, idea)
    async with board.database.transaction() as store:
        assert await store.undo_decision(undone, after(1))
        assert not await store.undo_decision(undone, after(2))
        assert not await store.was_told(idea.number)
        assert await store.tell(told, after(60))
        assert await store.was_told(idea.number)
        assert not await store.undo_decision(told, after(61))
        last = await store.last_decision(idea.number)
        assert last
        assert last.id == told
        gone = await store.decision(undone)
        assert gone
        assert gone.undone


async def test_an_undone_decision_is_told_to_nobody(board: Board) -> None:
    idea = await board.idea()
    decision = await _decide(board, idea)
    async with board.database.transaction() as store:
        await store.undo_decision(decision, after(1))
        assert await store.tell(decision, after(60)) == []
        assert not await store.was_told(idea.number)
        assert await store.last_decision(idea.number) is None


async def test_a_decision_with_nobody_to_tell_has_left_all_the_same(board: Board) -> None:
    idea = await board.idea(by="Pia")
    decision = await _decide(board, idea)
    assert await _tell(board, decision) == []
    async with board.database.transaction() as store:
        assert not await store.undo_decision(decision, after(61))


async def test_telling_costs_three_statements(board: Board, statements: list[str]) -> None:
    decision = await _decide(board, await board.idea())
    statements.clear()
    await _tell(board, decision)
    assert len(statements) == 3


async def test_following_says_whether_it_changed_anything(board: Board) -> None:
    idea = await board.idea()
    async with board.database.transaction() as store:
        changes = [
            await store.set_follow(idea.number, board.member("Ben"), on, NOON)
            for on in (True, True, False, False)
        ]
    assert changes == [True, False, True, False]


async def test_the_last_decisions_that_gave_ideas_their_status_are_one_look(board: Board) -> None:
    first, second, third = [await board.idea() for _ in range(3)]
    async with board.database.transaction() as store:
        planned = await store.add_decision(
            first, IdeaStatus.PLANNED, "Soon", None, correction=False, at=NOON
        )
        declined = [
            await store.add_decision(
                idea, IdeaStatus.DECLINED, reason, None, correction=False, at=after(1)
            )
            for idea, reason in ((first, "No"), (first, "No more"), (second, "Never"))
        ]
        await store.undo_decision(declined[2], after(2))
        asked: dict[int, IdeaStatus] = {
            first.number: IdeaStatus.DECLINED,
            second.number: IdeaStatus.DECLINED,
            third.number: IdeaStatus.SHIPPED,
        }
        found = await store.last_decisions(asked)
        assert {number: found[number].reason for number in found} == {first.number: "No more"}
        earlier = await store.last_decisions({first.number: IdeaStatus.PLANNED})
        assert earlier[first.number].id == planned
