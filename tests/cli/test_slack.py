"""Setting up a Slack connection from the command line."""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from tests.cli.test_commands import SLACK, ended
from tests.process import ROOT
from tests.slack.server import SlackServer, running_slack
from tests.slack.workspace import Workspace

INBOX = '[product]\ninbox = "community/{}"\n'
DISCORD = '[connections.fans]\nplatform = "discord"\ntoken = "$FANS_TOKEN"\n'


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    """Slack itself, on loopback."""
    async with running_slack() as running:
        yield running


async def checked(folder: Path, server: SlackServer, acme: Workspace) -> tuple[int, str]:
    """`soundingboard check` of a connection with an inbox, while Slack answers."""
    inbox = acme.add_channel("product", private=True)
    text = f'{SLACK}api_url = "{server.api_url}"\n{INBOX.format(inbox.id)}'
    (folder / "config.toml").write_text(text)
    tokens = {"COMMUNITY_BOT_TOKEN": acme.bot_token, "COMMUNITY_APP_TOKEN": acme.app_token}
    return await asyncio.to_thread(
        partial(ended, folder, "--config", "config.toml", "check", **tokens)
    )


def test_the_manifest_is_printed_before_there_are_tokens(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(SLACK + INBOX.format("C0PRODUCT"))
    code, said = ended(tmp_path, "--config", "config.toml", "manifest", "community")
    assert code == 0
    assert json.loads(said)["settings"]["socket_mode_enabled"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("comunity", "there is no connection comunity. The configuration has: community, fans."),
        ("fans", "connections.fans is on discord. Only a Slack app has a manifest."),
    ],
)
def test_only_a_slack_connection_has_a_manifest(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "config.toml").write_text(SLACK + DISCORD)
    code, printed = ended(tmp_path, "--config", "config.toml", "manifest", name)
    assert (code, printed) == (2, f"soundingboard: {said}\n")


def test_the_manifest_needs_none_of_slacks_libraries(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(SLACK)
    command = [sys.executable, "-X", "importtime", "-m", "bot", "--config", "config.toml"]
    done = subprocess.run(  # noqa: S603 - our own program
        [*command, "manifest", "community"],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = {line.split("|")[-1].strip() for line in done.stderr.splitlines()}
    assert "adapters.slack.manifest" in imported
    assert imported.isdisjoint({"slack_sdk", "slack_bolt", "aiohttp"})


async def test_check_shows_that_a_connection_is_right(tmp_path: Path, server: SlackServer) -> None:
    (tmp_path / "config.toml").write_text(SLACK)
    _, printed = await asyncio.to_thread(
        ended, tmp_path, "--config", "config.toml", "manifest", "community"
    )
    acme = server.add_workspace("Acme", manifest=json.loads(printed))
    code, said = await checked(tmp_path, server, acme)
    assert code == 0
    assert re.search(r"right +connection community +the bot is @soundingboard in Acme", said)
    assert re.search(r"right +community/C\w+ +#product: private, the bot is in it", said)


async def test_check_shows_what_to_do_and_no_token(tmp_path: Path, server: SlackServer) -> None:
    acme = server.add_workspace("Acme")
    acme.team.app.bot_token_error = "invalid_auth"
    code, said = await checked(tmp_path, server, acme)
    assert code == 2
    assert re.search(r"mend +connection community +connections.community.bot_token: Slack", said)
    assert acme.bot_token not in said
    assert acme.app_token not in said
