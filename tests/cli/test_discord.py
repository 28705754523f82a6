"""Setting up a Discord connection from the command line."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from tests.adapters.discord.configured import token_of
from tests.cli.test_commands import SLACK, ended
from tests.discord.server import DiscordServer, running_discord

FANS = '[connections.fans]\nplatform = "discord"\ntoken = "$FANS_TOKEN"\n'


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Discord itself, on loopback."""
    async with running_discord() as running:
        yield running


def invited(folder: Path, name: str, token: str) -> tuple[int, str]:
    """`soundingboard invite NAME`, with a Slack and a Discord connection configured."""
    (folder / "config.toml").write_text(SLACK + FANS)
    tokens = {"COMMUNITY_BOT_TOKEN": "xoxb-1", "COMMUNITY_APP_TOKEN": "xapp-1"}
    return ended(folder, "--config", "config.toml", "invite", name, FANS_TOKEN=token, **tokens)


async def checked(
    folder: Path, server: DiscordServer, keys: str, token: str = ""
) -> tuple[int, str]:
    """`soundingboard check` of a connection, while Discord answers."""
    (folder / "config.toml").write_text(f'{FANS}api_url = "{server.api_url}"\n{keys}')
    command = partial(
        ended, folder, "--config", "config.toml", "check", FANS_TOKEN=token or server.token
    )
    return await asyncio.to_thread(command)


def test_the_link_is_printed_without_asking_discord(tmp_path: Path) -> None:
    code, said = invited(tmp_path, "fans", token_of("1057000000000000001"))
    assert code == 0
    assert said.startswith("https://discord.com/oauth2/authorize?client_id=1057000000000000001&")


@pytest.mark.parametrize(
    ("name", "token", "said"),
    [
        ("fanz", "x", "there is no connection fanz. The configuration has: community, fans."),
        ("community", "x", "connections.community is on slack. Only a Discord bot has a link."),
        ("fans", "x.y", "connections.fans.token: it is none of Discord's bot tokens."),
    ],
)
def test_only_a_discord_connection_with_a_token_has_a_link(
    tmp_path: Path, name: str, token: str, said: str
) -> None:
    code, printed = invited(tmp_path, name, token)
    assert code == 2
    assert printed.startswith(f"soundingboard: {said}")


async def test_check_says_that_all_is_right(tmp_path: Path, server: DiscordServer) -> None:
    fans = server.add_community("Fans")
    inbox = fans.add_private_channel("inbox")
    keys = f'guilds = ["{fans.id}"]\n[product]\ninbox = "fans/{inbox.id}"\n'
    code, said = await checked(tmp_path, server, keys)
    assert code == 0
    assert f"fans/{inbox.id}" in said
    assert "hidden from @everyone, the bot may work there; for product inbox" in said
    assert "the bot is Sounding Board" in said


async def test_check_names_what_to_mend(tmp_path: Path, server: DiscordServer) -> None:
    server.add_community("Fans")
    code, said = await checked(tmp_path, server, 'board = "1057000000000000009"\n')
    assert code == 2
    assert "there is no such channel on the bot's servers" in said


async def test_check_keeps_a_token_to_itself(tmp_path: Path, server: DiscordServer) -> None:
    code, said = await checked(tmp_path, server, "", "made-up")
    assert code == 2
    assert "connections.fans.token: Discord does not take it" in said
    assert "made-up" not in said
