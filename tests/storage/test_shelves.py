from itertools import product

import pytest
from sqlalchemy import select

from bot.ideas import Audience, Idea, IdeaStatus, NewIdea, Wording
from bot.people import Role, Viewer
from bot.store import Shelf
from storage.schema import ideas
from storage.shelves import seen_by
from tests.storage.board import NOON, Board, after

ROLES = [
    frozenset[Role](),
    frozenset({Role.MODERATOR}),
    frozenset({Role.PRODUCT}),
    frozenset({Role.MODERATOR, Role.PRODUCT}),
]


async def _one_of_each(board: Board) -> list[Idea]:
    """An idea of every status, audience, author (Ana, Ben, nobody) and connection."""
    authors = [board.member("Ana"), board.member("Ben"), board.member("Dmitri")]
    everything = product(IdeaStatus, Audience, authors, ("community", "fans"))
    stored = []
    async with board.database.transaction() as store:
        for status, audience, author, connection in everything:
            new = NewIdea(Wording("Dark mode"), author, connection, audience)
            idea = await store.add_idea(new, NOON)
            await store.set_status(idea.number, status, status)
            stored.append(idea)
        await store.erase(board.member("Dmitri"), False, NOON)
        return [found for idea in stored if (found := await store.idea(idea.number))]


async def test_the_database_and_the_idea_agree_on_who_sees_it(board: Board) -> None:
    """Over the whole domain: every viewer there can be, every idea there can be."""
    stored = await _one_of_each(board)
    assert len(stored) == 8 * 3 * 3 * 2
    accounts = [board.accounts["Ana"], board.accounts["Chloé"], None]
    async with board.database.reader.connect() as connection:
        for connected, account, roles, shows_all in product(
            ("community", "fans", "other"), accounts, ROLES, (False, True)
        ):
            viewer = Viewer(connected, account, roles, shows_all)
            rows = await connection.execute(select(ideas.c.number).where(seen_by(viewer)))
            told = {idea.number for idea in stored if idea.visible_to(viewer)}
            assert set(rows.scalars()) == told, viewer


@pytest.mark.parametrize("shelf", ["top", "new", "mine", "following", "waiting"])
@pytest.mark.parametrize("roles", ROLES)
async def test_a_shelf_shows_only_what_its_viewer_may_see(
    board: Board, shelf: Shelf, roles: frozenset[Role]
) -> None:
    stored = await _one_of_each(board)
    viewer = Viewer("community", board.accounts["Ana"], roles)
    followed = {idea.number for idea in stored[::2]}
    async with board.database.transaction() as store:
        for number in followed:
            await store.set_follow(number, board.member("Ana"), True, NOON)
        await store.set_follow(stored[1].number, board.member("Ben"), True, NOON)
    async with board.database.reading() as store:
        listed = await store.shelf(viewer, shelf, 1000, 0)
    open_ = {idea.number for idea in stored if idea.accepts_votes}
    hidden = (IdeaStatus.HELD, IdeaStatus.WITHDRAWN)
    seen = {idea.number for idea in stored if idea.visible_to(viewer)}
    expected = {
        "top": seen & open_,
        "new": {idea.number for idea in stored if idea.status not in hidden} & seen,
        "mine": {idea.number for idea in stored if idea.author == viewer.member},
        "following": seen & followed,
        "waiting": seen
        & {i.number for i in stored if i.status in (IdeaStatus.NEW, IdeaStatus.UNDER_REVIEW)},
    }
    assert {idea.number for idea in listed} == expected[shelf]
    assert len(listed) == len(expected[shelf])


async def test_each_shelf_has_its_order_and_its_pages(board: Board) -> None:
    first, second, third = [
        await board.idea(title, at=after(n)) for n, title in enumerate(("One", "Two", "Three"))
    ]
    await board.vote(second, "Ben")
    orders: dict[Shelf, list[int]] = {
        "top": [second.number, third.number, first.number],
        "new": [third.number, second.number, first.number],
        "mine": [third.number, second.number, first.number],
        "waiting": [first.number, second.number, third.number],
    }
    async with board.database.reading() as store:
        for shelf, order in orders.items():
            listed = await store.shelf(board.viewer("Ana"), shelf, 10, 0)
            assert [idea.number for idea in listed] == order
            paged = await store.shelf(board.viewer("Ana"), shelf, 1, 1)
            assert [idea.number for idea in paged] == order[1:2]


async def test_customers_see_a_decision_on_the_shelves_only_once_it_has_left(board: Board) -> None:
    idea = await board.idea(status=IdeaStatus.DECLINED, public=IdeaStatus.NEW)
    async with board.database.reading() as store:
        for_ana = await store.shelf(board.viewer("Ana"), "waiting", 5, 0)
        for_pia = await store.shelf(board.viewer("Pia", Role.PRODUCT), "waiting", 5, 0)
    assert ([found.number for found in for_ana], for_pia) == ([idea.number], [])


async def test_merged_ideas_are_on_no_shelf(board: Board) -> None:
    kept, merged = await board.idea("Dark mode"), await board.idea("Dark theme")
    await board.merge(merged, into=kept)
    async with board.database.reading() as store:
        shelves: tuple[Shelf, ...] = ("top", "new", "mine", "waiting")
        found = [await store.shelf(board.viewer("Ana"), shelf, 5, 0) for shelf in shelves]
    assert [[idea.number for idea in ideas] for ideas in found] == [[kept.number]] * 4


async def test_but_whoever_follows_a_merged_idea_finds_it(board: Board) -> None:
    kept, merged = await board.idea("Dark mode"), await board.idea("Dark theme")
    await board.merge(merged, into=kept)
    async with board.database.transaction() as store:
        await store.set_follow(merged.number, board.member("Ben"), True, NOON)
        (found,) = await store.shelf(board.viewer("Ben"), "following", 5, 0)
    assert (found.number, found.merged_into) == (merged.number, kept.number)


async def test_a_viewer_without_an_account_owns_nothing(board: Board) -> None:
    await _one_of_each(board)
    async with board.database.reading() as store:
        assert await store.shelf(Viewer("community"), "mine", 5, 0) == []
        assert await store.shelf(Viewer("community"), "following", 5, 0) == []
