"""People's text made fit to keep, and requests heard in it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.clean import clean, letters, one_line, shorten, title_of
from bot.reading.requests import asks_for_summary

TEXT = st.text(st.characters(codec="utf-8"))


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
        ("We need a dark mode. My eyes hurt.", "We need a dark mode"),
        ("🙂\nDark mode please!", "Dark mode please!"),
        ("Version 2.0 is slow", "Version 2.0 is slow"),
        ("暗い画面が欲しい。目が痛い", "暗い画面が欲しい"),
    ],
)
def test_the_first_sentence_is_the_title(text: str, title: str) -> None:
    assert title_of(text, 120) == title


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
    "text", ["", "summary", "summarise my life", "I would summarise", "summarised", "not summarise"]
)
def test_other_talk_is_no_request(text: str) -> None:
    assert not asks_for_summary(text)
