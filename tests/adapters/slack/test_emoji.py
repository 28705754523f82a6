import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.emoji import emoji_named, name_of, sign_of
from bot.refs import emoji

KNOWN = ("👍", "💡", "🚀", "👀", "✅", "❤️", "🇨🇭", "👩‍💻", "#️⃣", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "🤷", "™️")


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("+1", "👍"),
        ("thumbsup", "👍"),
        ("thumbsup::skin-tone-3", "👍"),
        (":bulb:", "💡"),
        ("heart", "❤"),
        ("flag-ch", "🇨🇭"),
        ("hash", "#⃣"),
        ("people_holding_hands::skin-tone-2-3", "🧑‍🤝‍🧑"),
        ("party-parrot", ":party-parrot:"),
    ],
)
def test_a_reaction_is_the_emoji_it_shows(name: str, sign: str) -> None:
    assert emoji_named(name) == sign


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("✅", "white_check_mark"),
        ("👀", "eyes"),
        ("👍", "thumbsup"),
        (":party-parrot:", "party-parrot"),
    ],
)
def test_an_emoji_has_the_name_that_slack_takes(sign: str, name: str) -> None:
    assert name_of(emoji(sign)) == name


@given(st.sampled_from(KNOWN))
def test_there_and_back(sign: str) -> None:
    assert emoji_named(name_of(emoji(sign))) == emoji(sign)


@given(st.from_regex(r"[a-z0-9_+'-]{1,20}(::skin-tone-[2-6])?", fullmatch=True))
def test_a_workspaces_own_name_comes_back(name: str) -> None:
    sign = emoji_named(name)

    assert emoji_named(name_of(sign)) == sign


@given(st.text())
def test_nothing_is_too_strange(text: str) -> None:
    assert isinstance(name_of(emoji(text)), str)
    assert isinstance(emoji_named(text), str)


def test_a_code_in_a_text_keeps_the_look_of_its_sign() -> None:
    assert sign_of(":heart:") == "❤️"
    assert sign_of(":+1::skin-tone-3:") == "👍"
    assert sign_of(":our-own:") == ":our-own:"
