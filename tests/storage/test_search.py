from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ideas import Audience, IdeaStatus, NewIdea, Wording
from bot.people import Role, Viewer
from storage.database import open_database
from storage.search import terms
from storage.words import KnownWords, Sought
from tests.storage.board import NOON, Board

ODD_WORDS = ('"', "'", "dark' | 'x", 'dark" OR "x', "*", ":", "a:b", "NEAR(", "", "😀", "^", "\0")
OPERATORS = (
    "dark* | -dark | title : dark | {title rest}: dark | dark NOT mode | NEAR(dark mode, 2) |"
    " (dark | dark & !mode | 'dark':*A | dark <-> mode | dark\\' | dark\0 | DARK);-- | $1 dark"
).split(" | ")
SCRIPTS = (
    "Straße ΣΊΣΥΦΟΣ IŞIK Уведомления ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ הודעות إشعارات सूचना การแจ้งเตือน 알림 ガッカリ 通知"
    " 𠮷野家 𞤀𞤣𞤤𞤢𞤥 𐐔𐐯𐑅𐐨𐑉𐐯𐐻 𝐃𝐚𝐫𝐤 ﬁne x² ① user_id user’s C++11"
).split()


async def _many(board: Board, titles: Sequence[str]) -> list[int]:
    """Ideas with these titles, in one go; their numbers."""
    author = board.member("Ana")
    async with board.database.transaction() as store:
        return [
            (
                await store.add_idea(
                    NewIdea(Wording(title), author, "community", Audience.EVERYONE), NOON
                )
            ).number
            for title in titles
        ]


async def test_words_are_found_whatever_their_case_and_accents(board: Board) -> None:
    idea = await board.idea("Café ÉLECTRIQUE für Übersicht")
    for word in ("cafe", "CAFÉ", "électrique", "fur", "Übersicht"):
        assert await board.found(word, board.viewer("Ana")) == [idea.number], word


async def test_any_word_finds_and_the_title_weighs_more_than_the_rest(board: Board) -> None:
    titled, mentioned = await board.idea("Export to CSV"), await board.idea("Reports")
    async with board.database.transaction() as store:
        body = replace(mentioned.wording, body="I would like an export of everything we have")
        await store.set_wording(mentioned.number, body)
    both = [titled.number, mentioned.number]
    assert await board.found("export nowhere", board.viewer("Ana")) == both
    assert await board.found("export", board.viewer("Ana"), 1) == both[:1]


async def test_words_are_data_never_a_query(board: Board) -> None:
    idea = await board.idea("Dark mode")
    assert await board.found(" ".join(ODD_WORDS[4:]), board.viewer("Ana")) == []
    assert await board.found(" ".join((*ODD_WORDS, "dark")), board.viewer("Ana")) == [idea.number]


@pytest.mark.parametrize("typed", OPERATORS)
async def test_an_operator_is_a_word_or_nothing(board: Board, typed: str) -> None:
    dark, *_ = await _many(board, ["Dark mode", *(f"number{n}" for n in range(30))])
    assert await board.found(typed, board.viewer("Ana")) == [dark]
    async with board.database.reading() as store:
        found = await store.search(Wording(typed, typed, typed), board.viewer("Ana"), 5)
    assert [match.idea.number for match in found] == [dark]


@pytest.mark.parametrize("title", SCRIPTS)
async def test_any_script_is_found_in_any_case(board: Board, title: str) -> None:
    first, *_ = await _many(board, [title, *(f"number{n}" for n in range(30))])
    for typed in (title, title.lower(), title.upper(), f"🎉{title}!"):
        assert await board.found(typed, board.viewer("Ana")) == [first], typed


@pytest.mark.parametrize("text", ["", " ", "🙂", "...", "\0", "_", "\u0301", "\u200d"])
async def test_what_holds_no_word_finds_nothing(board: Board, text: str) -> None:
    await _many(board, ["Dark mode", "🙂", "..."])
    assert await board.found(text, board.viewer("Ana")) == []


async def test_an_endless_text_is_stored_and_found(board: Board) -> None:
    endless = " ".join(f"word{n}" for n in range(20_000))
    wording = Wording("Endless" * 50, endless, "暗" * 20_000, "x" * 20_000)
    new = NewIdea(wording, board.member("Ana"), "community", Audience.EVERYONE)
    async with board.database.transaction() as store:
        idea = await store.add_idea(new, NOON)
    for typed in ("word19999", "暗暗", "x" * 64):
        assert await board.found(typed, board.viewer("Ana")) == [idea.number]
    async with board.database.reading() as store:
        (match,) = await store.search(wording, board.viewer("Ana"), 5)
    assert match.score == 1


@pytest.mark.parametrize("status", [IdeaStatus.HELD, IdeaStatus.WITHDRAWN])
async def test_held_and_withdrawn_ideas_are_not_found_even_by_their_author(
    board: Board, status: IdeaStatus
) -> None:
    await board.idea(status=status)
    for viewer in (board.viewer("Ana"), board.viewer("Pia", Role.PRODUCT)):
        assert await board.found("dark", viewer) == []


async def test_a_search_stays_inside_its_audience(board: Board) -> None:
    await board.idea("Dark mode")
    await board.idea("Dark mode for the board", audience=Audience.INBOX)
    assert await board.found("dark", Viewer("fans")) == []
    assert await board.found("dark", Viewer("fans", shows_all=True)) == [1]
    assert await board.found("dark", board.viewer("Ben")) == [1]
    assert await board.found("dark", board.viewer("Ana")) == [1, 2]
    assert await board.found("dark", board.viewer("Pia", Role.PRODUCT)) == [1, 2]


async def test_those_one_may_not_see_take_nobodys_place(board: Board) -> None:
    for _ in range(2):
        hidden = await _many(board, ["Dark mode"] * 150)
        async with board.database.transaction() as store:
            for number in hidden:
                await store.set_status(number, IdeaStatus.WITHDRAWN, IdeaStatus.WITHDRAWN)
    seen = await board.idea("The dark side of a mode")
    await _many(board, ["Maps"] * 20)
    assert await board.found("dark mode", board.viewer("Ana")) == [seen.number]


async def test_a_merged_idea_leads_to_what_it_counts_for(board: Board) -> None:
    top, middle, leaf = [
        await board.idea(title) for title in ("Evening colours", "Dim", "Sunglasses")
    ]
    await board.merge(leaf, into=middle)
    assert await board.found("sunglasses", board.viewer("Ben")) == [middle.number]
    await board.merge(middle, into=top)
    assert await board.found("sunglasses", board.viewer("Ben")) == [top.number]
    assert await board.found("dim sunglasses", board.viewer("Ben")) == [top.number]


async def test_a_merged_idea_does_not_lead_out_of_an_audience(board: Board) -> None:
    inbox = await board.idea("Evening colours", audience=Audience.INBOX)
    leaf = await board.idea("Sunglasses", by="Ben")
    await board.merge(leaf, into=inbox)
    assert await board.found("sunglasses", board.viewer("Ben")) == []
    assert await board.found("sunglasses", board.viewer("Ana")) == [inbox.number]


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Invoices by mail", "invoice"),
        ("An invoice", "Invoices"),
        ("Shared calendars", "calend"),
        ("Shared calendars", "calender"),
        ("Shared calendars", "clendars shared"),
        ("Night theme", "dark mode"),
        ("画面を暗くする", "画面"),
        ("Уведомления", "уведомл"),
        ("x" * 80, "x" * 80),
    ],
)
async def test_plurals_beginnings_slips_and_meanings_are_found(
    board: Board, title: str, typed: str
) -> None:
    titles = [title, *(f"number{n}" for n in range(30))]
    first, *_ = await _many(board, titles)
    assert await board.found(typed, board.viewer("Ana")) == [first]


async def test_words_that_another_process_stored_are_learned(
    board: Board, database_url: str
) -> None:
    other = await open_database(database_url)
    await _many(board, [f"board number{n}" for n in range(40)])
    for _ in range(2):
        async with other.reading() as store:
            await store.search(Wording("board number39"), board.viewer("Ana"), 5)
    assert other.words.newest == 40
    assert other.words.rarity.share("board") == 1
    await other.close()


async def test_those_less_alike_than_asked_for_are_left_out(board: Board) -> None:
    await _many(board, ["Dark mode", "Dark chocolate in the kitchen on Mondays"])
    async with board.database.reading() as store:
        found = await store.search(Wording("Dark mode"), board.viewer("Ana"), 5, 0.9)
    assert [(match.idea.number, match.score) for match in found] == [(1, 1.0)]


async def test_a_common_word_finds_alone_but_not_beside_a_rare_one(board: Board) -> None:
    *_, rare = await _many(board, [*(f"board number{n}" for n in range(250)), "board curtains"])
    viewer = board.viewer("Ana")
    assert await board.found("board curtains", viewer, 500) == [rare]
    assert len(await board.found("board", viewer, 500)) > 1


def test_only_a_title_alone_may_be_typed_just_now() -> None:
    known = KnownWords()
    for more in ({"body": "x"}, {"job": "x"}, {"obstacle": "x"}):
        assert not any(one.beginning for one in known.sought(Wording("calend", **more)))
    assert any(one.beginning for one in known.sought(Wording("calend")))


def _words(sought: Sequence[Sought]) -> list[str]:
    return [one.words[0] for one in sought]


def test_the_telling_words_are_sought_and_the_common_left_out() -> None:
    known = KnownWords()
    known.learn(100_000, [("the", 0.9), ("widget", 0.3), ("gadget", 0.002), ("gizmo", 0.003)])
    rare = [f"rare{n}" for n in range(7)]
    wording = Wording("the widget gadget", " ".join(rare))
    assert set(_words(known.sought(wording))) == {"gadget", *rare}
    assert _words(known.sought(Wording("the widget", "of"))) == ["widget"]
    assert _words(known.sought(Wording("the", "the"))) == ["the"]
    assert known.sought(Wording("🙂")) == []


@given(st.integers(0, 10**6), st.text(max_size=200), st.text(max_size=2_000))
def test_what_is_sought_is_little_and_no_query_can_break(ideas: int, title: str, body: str) -> None:
    known = KnownWords()
    known.learn(ideas, [("the", 0.9), ("dark", 0.01)])
    sought = known.sought(Wording(title, body))
    assert len(sought) <= 50
    assert all(word.isalnum() for one in sought for word in one.words)
    assert known.sought(Wording(title, body)) == sought


def test_it_is_time_to_learn_again_after_a_tenth_more_ideas() -> None:
    known = KnownWords()
    known.learn(10_000, [])
    known.stored(11_020)
    assert not known.outdated
    known.stored(11_021)
    assert known.outdated


@given(st.text())
def test_terms_are_words_that_no_query_can_break(typed: str) -> None:
    assert all(term.isalnum() and len(term) <= 64 for term in terms(typed))
    assert terms(*terms(typed)) == terms(typed)
