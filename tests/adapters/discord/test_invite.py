"""The link that adds the bot: exactly what the configuration needs."""

from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.invite import application_of, invitation, permissions
from adapters.discord.needs import needs
from tests.adapters.discord.configured import configured, token_of


def asked(fans: str) -> dict[str, str]:
    """What the link asks for."""
    link = invitation(configured(fans), "fans", "1057000000000000001")
    assert link.startswith("https://discord.com/oauth2/authorize?")
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}


def test_the_link_names_the_application_and_its_scopes() -> None:
    wanted = asked("")
    assert wanted["client_id"] == "1057000000000000001"
    assert wanted["scope"].split() == ["bot", "applications.commands"]


@pytest.mark.parametrize("fans", ["", 'board = "2"', 'listen = ["1"]\nboard = "2"'])
def test_the_link_asks_for_what_is_needed_and_no_more(fans: str) -> None:
    wanted = needs(configured(fans), "fans").permissions
    granted = discord.Permissions(int(asked(fans)["permissions"]))
    assert granted == permissions(configured(fans), "fans")
    assert all(getattr(granted, one) for one in wanted)
    assert granted.value.bit_count() == len(wanted)


def test_the_one_server_that_is_configured_is_offered() -> None:
    assert asked('guilds = ["77"]')["guild_id"] == "77"
    assert "guild_id" not in asked('guilds = ["77", "78"]')


@given(st.integers(1, 2**63 - 1).map(str))
def test_a_token_tells_its_application(application: str) -> None:
    assert application_of(token_of(application)) == application


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.b.c", token_of("12").rpartition(".")[0]])
def test_another_text_tells_none(token: str) -> None:
    assert application_of(token) is None


@given(st.text())
def test_no_text_is_too_strange(token: str) -> None:
    assert application_of(token) is None or application_of(token)
