"""Words, what they tell, and which ideas say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ideas import Wording
from bot.reading.meanings import MEANING, SAME
from bot.reading.rarity import Rarity
from bot.reading.similar import OFFERED_SCORE, Likeness, is_telling
from bot.reading.words import forms, is_slip, stem, words_in

TEXT = st.text(st.characters(codec="utf-8"))
SHARES = {"the": 0.8, "please": 0.3, "editor": 0.02, "mode": 0.03, "dark": 0.01}
MORE = {"invoices": 0.004, "export": 0.02, "calendar": 0.01}
BOARD = Rarity(1_000, (SHARES | MORE).items())


def _alike(one: str, other: str, rarity: Rarity = BOARD) -> float:
    ((_, score),) = Likeness(Wording(one), rarity).ranked([(1, Wording(other))])
    return score


def _best(wish: str, *others: str) -> str:
    """The most alike of some titles."""
    numbered = [(number, Wording(title)) for number, title in enumerate(others)]
    return others[Likeness(Wording(wish), BOARD).ranked(numbered)[0][0]]


@given(TEXT)
def test_words_hold_letters_and_digits_only_and_are_found_again(text: str) -> None:
    words = words_in(text)
    assert all(word.isalnum() for word in words)
    assert words_in(" ".join(words)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Überall ÜBERALL café", ["uberall", "uberall", "cafe"]),
        ("ＦＵＬＬ width", ["full", "width"]),
        ("Straße", ["strasse"]),
        ("ПРИВЕТ, мир", ["привет", "мир"]),
        ("暗い画面", ["暗い", "い画", "画面"]),
        ("暗", ["暗"]),
        ("dark 画面 mode", ["dark", "画面", "mode"]),
        ("🎉 don't `x_y` v2.0", ["dont", "x", "y", "v2", "0"]),
        ("The user’s and the users' IDs", ["the", "user", "and", "the", "users", "ids"]),
        ("I'd say we'll, they've, it's", ["i", "say", "we", "they", "it"]),
        ("l'idée d'un MP3's 90's", ["l", "idee", "d", "un", "mp3", "s", "90", "s"]),
        ("IŞIK ışık İĞNE iğne", ["isik", "isik", "igne", "igne"]),
        ("ΟΔΟΣ οδός", ["οδοσ", "οδοσ"]),
        ("バグ はく ﾊﾞｸﾞ", ["バグ", "はく", "バグ"]),
        ("https://example.com/a?b=c#d", ["https", "example", "com", "a", "b", "c", "d"]),
        ("dark\0mode\u200b!", ["dark", "mode"]),
        ("", []),
    ],
)
def test_words_fold_case_accents_and_width_in_any_script(text: str, words: list[str]) -> None:
    assert words_in(text) == words


@pytest.mark.parametrize("word", ["invoice", "category", "class", "day", "us", "status", "dark"])
def test_a_stem_is_found_by_its_forms(word: str) -> None:
    assert {stem(form) for form in forms(stem(word))} == {stem(word)}


def test_a_plural_has_the_stem_of_its_word() -> None:
    assert [stem(word) for word in ("categories", "invoices", "class")] == [
        "category",
        "invoice",
        "class",
    ]


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("calendar", "calender", True),
        ("calendar", "calendr", True),
        ("calendar", "callendar", True),
        ("calendar", "caelndar", True),
        ("calendar", "calendar", False),
        ("calendar", "colander", False),
        ("", "", False),
    ],
)
def test_a_slip_is_one_letter(one: str, other: str, slip: bool) -> None:
    assert is_slip(one, other) is slip
    assert is_slip(other, one) is slip


def test_a_word_has_one_meaning_at_most() -> None:
    assert sum(map(len, map(set, SAME.values()))) == len(MEANING)
    assert all(stem(word) == word for word in MEANING)


@given(TEXT, TEXT)
def test_a_score_is_between_nothing_and_the_same(one: str, other: str) -> None:
    assert 0 <= _alike(one, other) <= 1
    assert _alike(one, one) == (1 if words_in(one) else 0)


@given(TEXT, TEXT)
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert _alike(one, other) == pytest.approx(_alike(other, one))


@given(st.lists(st.sampled_from("dark mode for the editor invoices 暗い naïve".split())), st.data())
def test_the_order_of_the_words_changes_nothing(words: list[str], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(words))
    others = "editor of dark invoices", "暗い mode"
    assert [_alike(" ".join(words), other) for other in others] == [
        _alike(" ".join(shuffled), other) for other in others
    ]


@pytest.mark.parametrize("spelt", ["DARK MODE", "dark  mode", "Dárk Möde", "“Dark”, mode! 🌙"])
def test_case_accents_and_signs_change_nothing(spelt: str) -> None:
    for other in ("Dark mode", "A darker editor"):
        assert _alike(spelt, other) == _alike("dark mode", other)


@pytest.mark.parametrize(
    ("wish", "same", "another"),
    [
        ("Dark mode, please", "A night theme", "Faster search, please"),
        ("Delete several invoices at once", "Remove invoices in bulk", "Create an invoice"),
        ("Calender", "A calendar", "Collapse all"),
        ("Export to CSV", "CSV exports", "Import from CSV"),
        ("Benachrichtigungen stumm schalten", "Benachrichtigung stummschalten", "Neue Schrift"),
        ("Экспорт уведомлений", "Экспортировать уведомления", "Тёмная тема"),
        ("画面を暗くしたい", "暗い画面", "通知を減らす"),
        ("إشعارات البريد", "البريد: إشعار", "وضع داكن"),
        ("`user_id` in webhooks", "Send user_id with each webhook", "Webhooks retry"),
        ("Link previews of https://example.com/a", "Preview links to example.com", "Previous page"),
    ],
)
def test_the_same_wish_in_other_words_comes_first(wish: str, same: str, another: str) -> None:
    assert _best(wish, another, same) == same


def test_words_that_are_everywhere_make_nothing_alike() -> None:
    assert _alike("Please the", "Please the editor") > _alike("Please the editor", "Please the map")
    assert _alike("Please add more exports", "Please add more maps") < OFFERED_SCORE


def test_the_title_weighs_more_than_the_rest() -> None:
    likeness = Likeness(Wording("Export", "of the calendar"), BOARD)
    (first, _), _ = likeness.ranked([(1, Wording("Calendar", "")), (2, Wording("Export", ""))])
    assert first == 2


@pytest.mark.parametrize("letters", ["a", "ab", "暗", "é"])
def test_one_endless_word_is_like_itself(letters: str) -> None:
    endless = Wording("Endless", letters * 2_000)
    assert Likeness(endless, BOARD).ranked([(1, endless)]) == [(1, 1.0)]
    assert max(map(len, words_in(endless.body))) <= 64


def test_among_equals_the_oldest_comes_first() -> None:
    same = [(number, Wording("Dark mode")) for number in (5, 4, 12, 3)]
    assert Likeness(Wording("Dark mode"), BOARD).ranked(same) == [(n, 1.0) for n in (3, 4, 5, 12)]


def test_those_not_read_closely_stay_behind() -> None:
    many = [(number, Wording("Dark mode for maps")) for number in range(1, 40)]
    ranked = Likeness(Wording("Dark mode"), BOARD).ranked([*many, (40, Wording("Dark mode"))])
    assert ranked[0][0] == 40
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)
    assert len(ranked) == 40


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("Please could you add more", False),
        ("Please could you add maps", True),
        ("🙂", False),
        ("I don't, you can’t, it isn't", False),
        ("暗", True),
    ],
)
def test_some_texts_tell_nothing(text: str, telling: bool) -> None:
    assert is_telling(Wording(text)) is telling


def test_a_word_weighs_more_the_fewer_ideas_hold_it() -> None:
    weights = BOARD.words
    assert weights["unheard"] > weights["invoice"] > weights["editor"] > weights["the"]
