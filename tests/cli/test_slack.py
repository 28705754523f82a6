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
from aiohttp.test_utils import TestServer

from tests.adapters.slack.answering import APP_TOKEN, BOT_TOKEN, EVERY_SCOPE, Answering
from tests.cli.test_commands import SLACK, ended
from tests.process import ROOT

INBOX = '[product]\ninbox = "community/C0PRODUCT"\n'
DISCORD = '[connections.fans]\nplatform = "discord"\ntoken = "$FANS_TOKEN"\n'
SECRETS = {"COMMUNITY_BOT_TOKEN": BOT_TOKEN, "COMMUNITY_APP_TOKEN": APP_TOKEN}


@pytest.fixture
async def slack() -> AsyncIterator[Answering]:
    """A workspace with an inbox, and tokens that fit."""
    answering = Answering()
    answering.scopes = EVERY_SCOPE - {"usergroups:read", "reactions:read"}
    answering.channel("C0PRODUCT", is_private=True)
    async with TestServer(answering.app) as server:
        answering.url = str(server.make_url("/api"))
        yield answering


async def checked(folder: Path, slack: Answering) -> tuple[int, str]:
    """`soundingboard check`, while the server answers."""
    api = f'api_url = "{slack.url}"\n'
    (folder / "config.toml").write_text(SLACK + api + INBOX)
    return await asyncio.to_thread(
        partial(ended, folder, "--config", "config.toml", "check", **SECRETS)
    )


def test_the_manifest_is_printed_before_there_are_tokens(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(SLACK + INBOX)
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


async def test_check_shows_that_a_connection_is_right(tmp_path: Path, slack: Answering) -> None:
    code, said = await checked(tmp_path, slack)
    assert code == 0
    assert re.search(r"right +connection community +the bot is @soundingboard in Acme", said)
    assert re.search(r"right +community/C0PRODUCT +#product: private, the bot is in it", said)


async def test_check_shows_what_to_do_and_no_token(tmp_path: Path, slack: Answering) -> None:
    slack.refuse("auth.test", "invalid_auth")
    code, said = await checked(tmp_path, slack)
    assert code == 2
    assert re.search(r"mend +connection community +connections.community.bot_token: Slack", said)
    assert "secret" not in said
