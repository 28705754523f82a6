import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.fitting import ELLIPSIS, Room, cut, cut_before


def test_short_text_stays_as_it_is() -> None:
    assert cut("dark mode", 9) == "dark mode"


def test_long_text_ends_in_an_ellipsis() -> None:
    assert cut("dark mode", 8) == "dark mo…"


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("cafe\u0301s", 5, "caf…"),  # e and its accent
        ("ab👍🏽c", 4, "ab…"),  # a hand and its skin tone
        ("a👩‍👩‍👧b", 4, "a…"),  # a family held by joiners
        ("a🇨🇭b", 3, "a…"),  # a flag of two letters
        ("a❤\ufe0fb", 3, "a…"),  # a heart and its variant
        ("가나", 1, "…"),
        ("\u1100\u1161\u1102", 2, "…"),  # a Korean syllable in parts
    ],
)
def test_no_visible_character_is_cut_in_two(text: str, limit: int, kept: str) -> None:
    assert cut(text, limit) == kept


@given(st.text(max_size=50), st.integers(0, 60))
def test_cut_text_never_exceeds_its_limit(text: str, limit: int) -> None:
    shown = cut(text, limit)

    assert len(shown) <= limit
    assert shown == text or shown == "" or shown.endswith(ELLIPSIS)


@given(st.lists(st.text(min_size=1, max_size=30), max_size=20), st.integers(2, 100))
def test_texts_that_share_a_room_fit_it_together_and_say_where_it_ended(
    texts: list[str], total: int
) -> None:
    room = Room(total)

    shown = [room.fit(text) for text in texts]

    assert sum(map(len, shown)) <= total
    assert shown == texts or any(text.endswith(ELLIPSIS) for text in shown)


def _doubled(text: str) -> str:
    return f"<{''.join(sign * 2 for sign in text)}>" if text else ""


@given(st.text(max_size=50), st.integers(0, 120))
def test_what_is_written_is_cut_before_and_never_exceeds_its_limit(text: str, limit: int) -> None:
    shown = cut_before(_doubled, text, limit)

    assert len(shown) <= limit
    assert shown == "" or (shown[0], shown[-1]) == ("<", ">")
    assert shown == _doubled(text) or len(_doubled(text)) > limit


@given(st.lists(st.text(min_size=1, max_size=30), max_size=20), st.integers(2, 100))
def test_written_texts_fit_a_room_too(texts: list[str], total: int) -> None:
    room = Room(total)

    shown = [room.fit(text, write=_doubled) for text in texts]

    assert sum(map(len, shown)) <= total
    assert shown == [_doubled(text) for text in texts] or any(ELLIPSIS in text for text in shown)
