from dataclasses import replace
from typing import get_args

import pytest
from sqlalchemy.exc import IntegrityError

from bot.ideas import Audience, IdeaStatus, NewIdea, Wording
from bot.people import Role
from bot.postings import Posting, PostingKind
from bot.refs import ThreadRef
from bot.store import Shelf
from tests.storage.board import IDEAS, NOON, Board, message, origin


async def test_an_idea_comes_back_as_it_was_stored(board: Board) -> None:
    wording = Wording("Título 🌙", "body", "job", "obstacle", "area")
    new = NewIdea(
        wording,
        board.member("Ana"),
        "community",
        Audience.CONNECTION,
        origin("m1"),
        board.member("Mo"),
    )
    async with board.database.transaction() as store:
        idea = await store.add_idea(new, NOON)
        assert await store.idea(idea.number) == idea
        assert await store.idea(idea.number, lock=True) == idea
        assert await store.idea(idea.number + 1) is None
    assert (idea.wording, idea.origin, idea.audience) == (wording, new.origin, new.audience)
    assert (idea.author_name, idea.captured_by) == ("Ana", board.member("Mo"))
    assert (idea.status, idea.votes, idea.created_at) == (IdeaStatus.NEW, 0, NOON)


async def test_an_idea_is_stored_as_held_and_remembers_where_its_card_belongs(
    board: Board,
) -> None:
    new = NewIdea(Wording("Dark mode"), board.member("Ana"), "community", Audience.EVERYONE,
                  held=True)  # fmt: skip
    thread = ThreadRef("community", "forum", "post1")
    async with board.database.transaction() as store:
        idea = await store.add_idea(new, NOON)
        assert (idea.status, idea.public_status) == (IdeaStatus.HELD, IdeaStatus.HELD)
        assert await store.place_of(idea.number) is None
        await store.keep_place(idea.number, IDEAS, thread)
        assert await store.place_of(idea.number) == (IDEAS, thread)
    other = await board.idea()
    async with board.database.transaction() as store:
        await store.keep_place(other.number, IDEAS, None)
        assert await store.place_of(other.number) == (IDEAS, None)


@pytest.mark.parametrize("roles", [(), (Role.MODERATOR,), (Role.PRODUCT,)])
async def test_what_waits_is_found_by_nobody(board: Board, roles: tuple[Role, ...]) -> None:
    await board.idea("Dark mode", status=IdeaStatus.HELD)
    for name in ("Ana", "Ben"):
        viewer = board.viewer(name, *roles)
        async with board.database.reading() as store:
            assert await store.search(Wording("dark mode"), viewer, 5) == []
            for shelf in get_args(Shelf):
                found = await store.shelf(viewer, shelf, 5, 0)
                assert len(found) == (shelf == "mine" and name == "Ana")


async def test_to_let_in_is_no_act_of_the_team(board: Board) -> None:
    idea = await board.idea(status=IdeaStatus.HELD)
    mo = board.member("Mo")
    async with board.database.transaction() as store:
        await store.add_decision(idea, IdeaStatus.NEW, "", mo, False, NOON)
        await store.set_status(idea.number, IdeaStatus.NEW, IdeaStatus.NEW)
        assert not await store.team_acted(idea.number)
        there = await store.idea(idea.number)
        assert there
        await store.add_decision(there, IdeaStatus.PLANNED, "", mo, False, NOON)
        assert await store.team_acted(idea.number)


async def test_text_that_databases_refuse_is_cleaned(board: Board) -> None:
    idea = await board.idea("No\0thing lost \ud83d but this")
    assert idea.wording.title == "Nothing lost ? but this"


async def test_a_message_leads_to_the_idea_captured_from_it_or_shown_by_it(board: Board) -> None:
    await board.idea("Another")
    idea = await board.idea(origin=origin("m1"))
    card = await board.post(idea)
    async with board.database.reading() as store:
        assert await store.idea_at(message("m1")) == idea
        assert await store.idea_at(card) == idea
        assert await store.idea_at(message("elsewhere")) is None
        shown = Posting(idea.number, PostingKind.CARD, card, IDEAS)
        assert await store.posting(idea.number, PostingKind.CARD) == shown
        assert await store.posting(idea.number, PostingKind.INBOX) is None
        assert await store.posting_at(shown.message) == shown
        assert await store.posting_at(message("elsewhere")) is None


async def test_one_message_gives_one_idea_only(board: Board) -> None:
    await board.idea(origin=origin("m1"))
    with pytest.raises(IntegrityError):
        await board.idea("The same again", origin=origin("m1"))


async def test_changed_words_are_shown_and_found(board: Board) -> None:
    idea = await board.idea("Dark mode")
    changed = replace(idea.wording, title="Night theme", body="")
    async with board.database.transaction() as store:
        await store.set_wording(idea.number, changed)
        assert await store.search(Wording("mode"), board.viewer("Ana"), 5) == []
        (found,) = await store.search(Wording("theme"), board.viewer("Ana"), 5)
    assert found.idea.wording == changed


async def test_an_idea_that_does_not_exist_is_changed_by_nothing(board: Board) -> None:
    async with board.database.transaction() as store:
        await store.set_wording(999, Wording("Nothing"))
        await store.set_merged(999, None, board.member("Mo"), NOON)
        await store.set_status(999, IdeaStatus.PLANNED, IdeaStatus.NEW)
        assert await store.idea(999) is None


async def test_an_idea_is_not_merged_into_itself(board: Board) -> None:
    idea = await board.idea()
    with pytest.raises(IntegrityError):
        await board.merge(idea, into=idea)
    assert (await board.now(idea)).merged_into is None


async def test_merges_and_unmerges_are_kept_as_history(board: Board) -> None:
    kept, merged = await board.idea("One"), await board.idea("Two")
    await board.merge(merged, into=kept)
    assert (await board.now(merged)).merged_into == kept.number
    await board.merge(merged, into=None)
    assert (await board.now(merged)).merged_into is None
    async with board.database.reading() as store:
        history = (await store.held_data(board.member("Mo")))["merges"]
    assert [(row["idea"], row["into_idea"]) for row in history] == [
        (merged.number, kept.number),
        (merged.number, None),
    ]
