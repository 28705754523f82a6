import asyncio

import pytest

from bot.people import Account
from tests.storage.board import NOON, Board, after


async def test_pressing_twice_is_one_vote(board: Board) -> None:
    idea = await board.idea()
    assert await board.vote(idea, "Ben")
    assert not await board.vote(idea, "Ben", at=after(1))
    assert await board.votes(idea) == 1


async def test_a_button_and_a_reaction_are_one_vote_and_taken_back_apart(board: Board) -> None:
    idea = await board.idea()
    await board.vote(idea, "Ben")
    assert await board.vote(idea, "Ben", source="reaction")
    assert await board.votes(idea) == 1
    assert await board.vote(idea, "Ben", False, source="reaction", at=after(1))
    assert await board.votes(idea) == 1
    await board.vote(idea, "Ben", False, at=after(1))
    assert await board.votes(idea) == 0


async def test_two_linked_accounts_are_one_vote_and_unlinking_makes_them_two(board: Board) -> None:
    idea = await board.idea()
    await board.join("Ben on Discord", "fans", "discord")
    await board.vote(idea, "Ben")
    await board.vote(idea, "Ben on Discord")
    assert await board.votes(idea) == 2
    await board.link("Ben on Discord", to="Ben")
    assert await board.votes(idea) == 1
    await board.unlink("Ben on Discord")
    assert await board.votes(idea) == 2


async def test_merged_ideas_count_each_person_once_however_deep(board: Board) -> None:
    top, middle, bottom = [await board.idea(title) for title in ("One", "Two", "Three")]
    for idea, who in ((top, "Ana"), (middle, "Ben"), (bottom, "Ben"), (bottom, "Chloé")):
        await board.vote(idea, who)
    await board.merge(bottom, into=middle)
    await board.merge(middle, into=top)
    assert await board.votes(top) == 3


async def test_unmerging_restores_both_tallies_exactly(board: Board) -> None:
    kept, merged = await board.idea("One"), await board.idea("Two")
    for idea, who in ((kept, "Ana"), (kept, "Ben"), (merged, "Ben"), (merged, "Chloé")):
        await board.vote(idea, who)
    before = [await board.now(idea) for idea in (kept, merged)]
    await board.merge(merged, into=kept)
    assert await board.votes(kept) == 3
    await board.vote(kept, "Dmitri")
    await board.vote(kept, "Dmitri", False, at=after(1))
    await board.merge(merged, into=None)
    assert (await board.votes(kept), await board.votes(merged)) == (2, 2)
    assert [await board.now(idea) for idea in (kept, merged)] == before


async def test_a_removal_that_comes_before_its_vote_wins(board: Board) -> None:
    idea = await board.idea()
    assert not await board.vote(idea, "Ben", False, source="reaction", at=after(2))
    assert not await board.vote(idea, "Ben", True, source="reaction", at=after(1))
    assert await board.votes(idea) == 0
    assert await board.vote(idea, "Ben", True, source="reaction", at=after(3))
    assert await board.votes(idea) == 1


async def test_a_late_removal_from_between_two_votes_is_ignored(board: Board) -> None:
    idea = await board.idea()
    await board.vote(idea, "Ben", True, source="reaction", at=after(1))
    await board.vote(idea, "Ben", True, source="reaction", at=after(3))
    assert not await board.vote(idea, "Ben", False, source="reaction", at=after(2))
    assert await board.votes(idea) == 1


async def test_at_the_same_moment_the_last_to_arrive_wins(board: Board) -> None:
    idea = await board.idea()
    assert await board.vote(idea, "Ben")
    assert await board.vote(idea, "Ben", False)
    assert not await board.vote(idea, "Ben", False)
    assert await board.vote(idea, "Ben")
    assert await board.votes(idea) == 1


@pytest.mark.parametrize("same", [True, False])
async def test_fifty_votes_at_once_are_all_counted(board: Board, same: bool) -> None:
    idea = await board.idea()
    crowd: list[Account] = [await board.join(f"Person {n}") for n in range(50)]
    assert len({account.member for account in crowd}) == 50
    who = ["Person 0" if same else f"Person {n}" for n in range(50)]
    await asyncio.gather(*(board.vote(idea, name) for name in who))
    assert (await board.now(idea)).votes == (1 if same else 50)


async def test_taking_a_vote_back_clears_every_account_source_and_merged_idea(board: Board) -> None:
    kept, merged = await board.idea("One"), await board.idea("Two")
    await board.join("Ben on Discord", "fans", "discord")
    await board.link("Ben on Discord", to="Ben")
    await board.merge(merged, into=kept)
    await board.vote(kept, "Ben on Discord", source="reaction")
    await board.vote(merged, "Ben")
    await board.vote(merged, "Ana")
    async with board.database.transaction() as store:
        assert await store.supports(kept.number, board.member("Ben"))
        assert await store.clear_votes(kept.number, board.member("Ben"), after(1))
        assert not await store.supports(kept.number, board.member("Ben"))
        assert not await store.clear_votes(kept.number, board.member("Ben"), after(2))
    assert await board.votes(kept) == 1


async def test_a_reaction_whose_vote_was_taken_back_otherwise_is_known_until_it_goes(
    board: Board,
) -> None:
    async def known() -> int:
        async with board.database.reading() as store:
            return len(await store.reaction_voters(idea.number))

    idea = await board.idea()
    await board.vote(idea, "Ben", source="reaction", at=after(1))
    async with board.database.transaction() as store:
        assert await store.clear_votes(idea.number, board.member("Ben"), after(4))
    assert await known() == 1
    assert not await board.vote(idea, "Ben", source="reaction", at=after(3)), "heard of late"
    assert await board.votes(idea) == 0
    assert not await board.vote(idea, "Ben", False, source="reaction", at=after(5))
    assert await known() == 0
    assert await board.vote(idea, "Ben", source="reaction", at=after(6))
    assert await board.votes(idea) == await known() == 1


async def test_others_are_those_with_another_member(board: Board) -> None:
    idea = await board.idea()
    await board.vote(idea, "Ana")
    async with board.database.reading() as store:
        assert not await store.others_voted(idea.number, board.member("Ana"))
        assert await store.others_voted(idea.number, board.member("Ben"))
        assert not await store.supports(idea.number, board.member("Ben"))


async def test_those_who_asked_are_authors_and_voters_each_once(board: Board) -> None:
    kept, merged = await board.idea("One", "Ana"), await board.idea("Two", "Ben")
    await board.merge(merged, into=kept)
    for who in ("Ana", "Chloé"):
        await board.vote(merged, who)
    async with board.database.reading() as store:
        assert await store.asked_by(kept.number) == 3
        assert await store.asked_by(999) == 0


async def test_an_idea_that_does_not_exist_has_no_votes(board: Board) -> None:
    async with board.database.transaction() as store:
        assert await store.retally(999) == 0
        assert not await store.supports(999, board.member("Ana"))


async def test_the_story_tells_votes_among_the_changes(board: Board) -> None:
    idea = await board.idea()
    await board.vote(idea, "Ben", at=after(5))
    await board.vote(idea, "Chloé", at=after(1))
    await board.vote(idea, "Chloé", False, at=after(9))
    await board.vote(idea, "Dmitri", False, source="reaction")
    async with board.database.transaction() as store:
        await store.audit("submitted", idea.number, board.member("Ana"), NOON)
        await store.audit("planned", idea.number, board.member("Pia"), after(7), "decision 1")
        story = await store.story(idea.number)
    assert [(entry.verb, entry.name, entry.detail) for entry in story] == [
        ("submitted", "Ana", ""),
        ("voted", "Ben", "button"),
        ("planned", "Pia", "decision 1"),
        ("vote taken back", "Chloé", "button"),
    ]
    assert story[1].at == after(5)
