from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.ideas import Audience, IdeaStatus, NewIdea, Wording
from bot.people import Viewer
from storage.search import FEW_IDEAS, CommonWords, terms
from tests.storage.board import NOON, Board

ODD_WORDS = ('"', "'", "dark' | 'x", 'dark" OR "x', "*", ":", "a:b", "NEAR(", "", "😀", "^", "\0")


async def test_words_are_found_whatever_their_case_and_accents(board: Board) -> None:
    idea = await board.idea("Café ÉLECTRIQUE für Übersicht")
    async with board.database.reading() as store:
        for word in ("cafe", "CAFÉ", "électrique", "fur", "Übersicht"):
            found = await store.search((word,), board.viewer("Ana"), 5)
            assert [one.number for one in found] == [idea.number], word


async def test_any_word_finds_and_the_title_weighs_more_than_the_rest(board: Board) -> None:
    titled, mentioned = await board.idea("Export to CSV"), await board.idea("Reports")
    async with board.database.transaction() as store:
        body = replace(mentioned.wording, body="I would like an export of everything we have")
        await store.set_wording(mentioned.number, body)
        found = await store.search(("export", "nowhere"), board.viewer("Ana"), 5)
        assert [idea.number for idea in found] == [titled.number, mentioned.number]
        assert len(await store.search(("export",), board.viewer("Ana"), 1)) == 1


async def test_words_are_data_never_a_query(board: Board) -> None:
    idea = await board.idea("Dark mode")
    async with board.database.reading() as store:
        assert await store.search(ODD_WORDS[4:], board.viewer("Ana"), 5) == []
        found = await store.search((*ODD_WORDS, "dark"), board.viewer("Ana"), 5)
    assert [one.number for one in found] == [idea.number]


@pytest.mark.parametrize("status", [IdeaStatus.HELD, IdeaStatus.WITHDRAWN])
async def test_held_and_withdrawn_ideas_are_not_found_even_by_their_author(
    board: Board, status: IdeaStatus
) -> None:
    await board.idea(status=status)
    async with board.database.reading() as store:
        assert await store.search(("dark",), board.viewer("Ana"), 5) == []


async def test_a_search_stays_inside_its_audience(board: Board) -> None:
    await board.idea("Dark mode")
    async with board.database.reading() as store:
        assert await store.search(("dark",), Viewer("fans"), 5) == []
        assert len(await store.search(("dark",), Viewer("fans", shows_all=True), 5)) == 1


async def test_a_common_word_finds_alone_but_not_beside_a_rare_one(board: Board) -> None:
    def new(title: str) -> NewIdea:
        return NewIdea(Wording(title), board.member("Ana"), "community", Audience.EVERYONE)

    async with board.database.transaction() as store:
        for n in range(FEW_IDEAS + 50):
            await store.add_idea(new(f"please number{n}"), NOON)
        rare = await store.add_idea(new("please curtains"), NOON)
    if board.database.writer.dialect.name == "postgresql":  # its statistics come with ANALYZE
        async with board.database.writer.begin() as connection:
            await connection.execute(text("ANALYZE idea_words"))
    async with board.database.reading() as store:
        assert await store.search(("please", "curtains"), board.viewer("Ana"), 500) == [rare]
        assert len(await store.search(("please",), board.viewer("Ana"), 500)) == FEW_IDEAS + 51


def test_the_rarest_words_are_chosen_and_the_common_dropped() -> None:
    known = CommonWords()
    known.learn(1000, [("the", 0.9), ("please", 0.3), ("export", 0.015), ("mode", 0.01)])
    rare = [f"rare{n}" for n in range(7)]
    assert known.rarest(["the", "export", "please", *rare, "mode"]) == [*rare, "mode"]
    assert known.rarest(["please", "the"]) == ["please"]
    assert known.rarest([]) == []


def test_among_few_ideas_no_word_is_too_common() -> None:
    known = CommonWords()
    known.learn(100, [("the", 0.9)])
    assert known.rarest(["the", "dark", "the"]) == ["dark", "the"]


def test_it_is_time_to_learn_again_after_a_tenth_more_ideas() -> None:
    known = CommonWords()
    known.learn(10_000, [])
    known.stored(11_200)
    assert not known.outdated
    known.stored(11_201)
    assert known.outdated


@given(st.text())
def test_terms_are_words_that_no_query_can_break(typed: str) -> None:
    assert all(term.isalnum() and len(term) <= 64 for term in terms(typed))
    assert terms(*terms(typed)) == terms(typed)
