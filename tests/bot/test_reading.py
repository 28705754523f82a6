"""People's text made fit to keep, and ideas that say the same."""

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ideas import Audience, Idea, IdeaStatus, Wording
from bot.reading.clean import clean, letters, one_line, shorten, title_of
from bot.reading.requests import (
    asks_for_help,
    asks_for_summary,
    length_after,
    suggestion_in,
)
from bot.reading.similar import WORDS_LIMIT, similar, words_of
from bot.refs import IdeaNumber
from bot.summaries import Length

TEXT = st.text(st.characters(codec="utf-8"))


def _idea(number: int, title: str, body: str = "") -> Idea:
    new = IdeaStatus.NEW
    return Idea(
        IdeaNumber(number), Wording(title, body), new, new, 1, "Ana", "community",
        Audience.EVERYONE, None, None, None, 0, escalated=False,
        created_at=datetime(2026, 11, 2, tzinfo=UTC),
    )  # fmt: skip


@given(TEXT)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert one_line(one_line(text)) == one_line(text)


@given(TEXT)
def test_nothing_clean_can_spoof_or_break_a_line(text: str) -> None:
    assert not {"\u202e", "\u2066", "\0", "\x1b", "\u200b"} & set(clean(text))
    assert "\n\n\n" not in clean(text)
    assert "\n" not in one_line(text)
    assert unicodedata.is_normalized("NFC", clean(text))


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Dark \t mode  ", "Dark mode"),
        ("One\r\n\r\n\r\n\r\nTwo", "One\n\nTwo"),
        ("Pay\u202eyap", "Payyap"),
        ("cafe\u0301", "café"),
        ("👩‍👩‍👧 stays", "👩‍👩‍👧 stays"),
    ],
)
def test_what_it_says_is_not_touched(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("🙂!?", 0), ("a", 1), ("暗夜", 2), ("v2", 2), ("…🎉x", 1)]
)
def test_letters_are_counted_in_any_script(text: str, count: int) -> None:
    assert letters(text) == count


@given(TEXT, st.integers(1, 50))
def test_shortened_text_is_never_longer_than_asked(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text or short.endswith("…")


def test_it_is_cut_at_a_word_and_never_inside_a_family() -> None:
    assert shorten("A dark mode for the editor", 21) == "A dark mode for the…"
    assert shorten("Family 👩‍👩‍👧 wishes", 10) == "Family 👩…"


@given(TEXT)
def test_a_title_is_one_short_line(text: str) -> None:
    title = title_of(text, 120)
    assert len(title) <= 120
    assert title == one_line(title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Hi guys! Could the export keep footnotes?", "Could the export keep footnotes?"),
        ("ugh\nThe export lost my footnotes again.", "The export lost my footnotes again"),
        ("I have a question. Does the export keep footnotes?", "Does the export keep footnotes?"),
        ("Thanks! Bye!", "Thanks!"),
        ("Dark Mode\nMy eyes hurt at night.", "Dark Mode"),
        ("Footnotes. They get lost.", "Footnotes"),
    ],
)
def test_a_greeting_is_no_title_where_anything_else_was_said(text: str, title: str) -> None:
    assert title_of(text, 120) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("We need a dark mode. My eyes hurt.", "We need a dark mode"),
        ("🙂\nDark mode please!", "Dark mode please!"),
        ("Version 2.0 is slow", "Version 2.0 is slow"),
        ("暗い画面が欲しい。目が痛い", "暗い画面が欲しい"),
    ],
)
def test_the_first_sentence_is_the_title(text: str, title: str) -> None:
    assert title_of(text, 120) == title


@given(TEXT)
def test_words_are_distinct_and_few(text: str) -> None:
    words = words_of(text)
    assert len(words) == len(set(words)) <= WORDS_LIMIT
    assert words_of(" ".join(words)) == words


def test_words_fold_case_and_accents() -> None:
    assert words_of("Überall ÜBERALL café a 暗") == ("uberall", "cafe", "暗")


def test_the_same_wish_in_other_words_is_similar() -> None:
    found = similar(
        Wording("Dark mode in the editor"),
        [
            _idea(1, "Billing by invoice"),
            _idea(2, "A dark mode for editors"),
            _idea(3, "Dark roast"),
        ],
    )
    assert found[0].idea.number == 2
    assert 1 not in [match.idea.number for match in found]


def test_at_most_three_the_oldest_first_among_equals() -> None:
    ideas = [_idea(number, "Dark mode") for number in (5, 4, 3, 2)]
    assert [m.idea.number for m in similar(Wording("Dark mode"), ideas)] == [2, 3, 4]


def test_common_words_make_nothing_similar() -> None:
    assert similar(Wording("Please add more"), [_idea(1, "Please could you add a thing")]) == []


@given(TEXT, TEXT)
def test_a_score_is_between_nothing_and_the_same(one: str, other: str) -> None:
    for match in similar(Wording(one), [_idea(1, other), _idea(2, one)]):
        assert 0 < match.score <= 1


@pytest.mark.parametrize(
    "text",
    [
        "summarise",
        "Summarize",
        " please summarise this thread. ",
        "Could you summarize it, please?",
    ],
)
def test_a_request_for_a_summary_is_heard(text: str) -> None:
    assert asks_for_summary(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("summarise", Length.PARAGRAPH),
        ("Summarise this in a line, please", Length.LINE),
        ("summarize the thread in one sentence", Length.LINE),
        ("please summarize it in a short paragraph.", Length.PARAGRAPH),
        ("Could you summarise this thread in full?", Length.FULL),
        ("summarise in detail", Length.FULL),
        ("summarise in a line of code", None),
    ],
)
def test_a_request_says_how_long_the_summary_is_to_be(text: str, length: Length | None) -> None:
    assert asks_for_summary(text) is length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("https://x.example/full", Length.PARAGRAPH),
        ("https://x.example/1 line", Length.LINE),
        ("https://x.example/1 in full", Length.FULL),
        ("https://x.example/1 Paragraph", Length.PARAGRAPH),
        ("", Length.PARAGRAPH),
    ],
)
def test_the_length_stands_after_the_link(text: str, length: Length) -> None:
    assert length_after(text) is length


@pytest.mark.parametrize(
    "text", ["", "summary", "summarise my life", "I would summarise", "summarised", "not summarise"]
)
def test_other_talk_is_no_request(text: str) -> None:
    assert not asks_for_summary(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("suggest dark mode", "dark mode"),
        ("  Please SUGGEST: dark mode ", "dark mode"),
        ("suggestion\n\nDark mode.\nFor my eyes", "Dark mode.\nFor my eyes"),
        ("suggest – a mode, dark", "a mode, dark"),
        ("suggest", ""),
        ("suggest: ", ""),
        ("", None),
        ("suggested reading", None),
        ("suggestions?", None),
        ("I suggest dark mode", None),
    ],
)
def test_a_suggestion_is_what_follows_the_word(text: str, words: str | None) -> None:
    assert suggestion_in(text) == words


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("help", True),
        ("Please help me!", True),
        (" HELP ", True),
        ("help me with dark mode", False),
        ("helpful", False),
        ("", False),
    ],
)
def test_help_is_all_that_is_said(text: str, asks: bool) -> None:
    assert asks_for_help(text) is asks
