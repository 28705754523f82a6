"""Names for things: the same as text, whatever the platform puts in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Action
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef, emoji

PARTS = st.text(st.characters(codec="utf-8"), min_size=1)


@given(PARTS, PARTS, PARTS)
def test_every_ref_round_trips(one: str, two: str, three: str) -> None:
    for ref in (
        AccountRef(one, two), ChannelRef(one, two),
        MessageRef(one, two, three), ThreadRef(one, two, three),
    ):  # fmt: skip
        assert type(ref).parse(str(ref)) == ref
        assert "/" not in one or str(ref).count("/") < 3 + one.count("/")


@given(PARTS, PARTS, PARTS, PARTS)
def test_two_refs_never_look_the_same(one: str, two: str, three: str, four: str) -> None:
    same = (one, two) == (three, four)
    assert (str(AccountRef(one, two)) == str(AccountRef(three, four))) == same


def test_a_realm_keeps_its_colon() -> None:
    assert str(AccountRef("slack:T1", "U1")) == "slack:T1/U1"


@pytest.mark.parametrize("text", ["", "a", "a/", "/b", "a/b/c", "a//b"])
def test_what_str_did_not_write_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a AccountRef"):
        AccountRef.parse(text)


@pytest.mark.parametrize(
    ("given", "one_form"),
    [("👍", "👍"), ("👍🏽", "👍"), ("❤️", "❤"), (" ✅ ", "✅"), (":Ship_It:", ":ship_it:"),
     ("👩🏽‍💻", "👩‍💻")],
)  # fmt: skip
def test_an_emoji_has_one_form(given: str, one_form: str) -> None:
    assert emoji(given) == one_form
    assert emoji(emoji(given)) == emoji(given)


@given(st.from_regex(r"[a-z_]{1,20}", fullmatch=True), st.lists(st.integers(0), max_size=3))
def test_every_action_round_trips(name: str, numbers: list[int]) -> None:
    action = Action(name, tuple(str(number) for number in numbers))
    assert Action.parse(str(action)) == action


def test_an_action_longer_than_discord_allows_is_refused() -> None:
    assert str(Action.of("x", "y" * 98))
    with pytest.raises(ValueError, match="longer than 100"):
        Action.of("x", "y" * 99)
