from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.emoji import emoji_of, reaction
from bot.refs import emoji

OWN = {"Party": "41771983429993937", "wave": "41771983429993938"}


@pytest.mark.parametrize(
    ("payload", "sign"),
    [
        ({"id": None, "name": "👍"}, "👍"),
        ({"id": None, "name": "👍🏽"}, "👍"),
        ({"id": None, "name": "❤️"}, "❤"),
        ({"id": "41771983429993937", "name": "Party"}, ":party:"),
        ({"id": "41771983429993937", "name": "wave", "animated": True}, ":wave:"),
        ({"id": "41771983429993937", "name": None}, ":41771983429993937:"),
        ({}, ""),
    ],
)
def test_a_reaction_is_the_emoji_it_shows(payload: dict[str, Any], sign: str) -> None:
    assert emoji_of(payload) == sign


@pytest.mark.parametrize(
    ("sign", "address"),
    [
        ("✅", "✅"),
        ("❤", "❤️"),
        ("👩‍💻", "👩‍💻"),
        ("🇨🇭", "🇨🇭"),
        (":party:", "Party:41771983429993937"),
        (":wave:", "wave:41771983429993938"),
        (":nobody_knows:", ":nobody_knows:"),
    ],
)
def test_an_emoji_has_the_address_that_discord_takes(sign: str, address: str) -> None:
    assert reaction(emoji(sign), OWN) == address


@given(st.text())
def test_nothing_is_too_strange(text: str) -> None:
    assert isinstance(reaction(emoji(text), OWN), str)
    assert isinstance(emoji_of({"name": text}), str)
