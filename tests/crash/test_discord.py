"""The bot as an operator starts it, on a server of our Discord, killed in the middle."""

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.workers import LEASE_SECONDS
from tests.discord.community import Community
from tests.discord.model import Channel, Intent, Message
from tests.discord.person import Person
from tests.discord.server import DiscordServer, running_discord
from tests.process import PATIENCE, Process

TITLE = "Dark mode"
AFTER_A_CRASH = LEASE_SECONDS + PATIENCE
"""Seconds: what was being sent when the bot died is sent again when its lease is over."""


@dataclass(frozen=True)
class Fans:
    """Ana is a fan, Mo moderates; ideas go to #ideas, and what is escalated to a hidden channel."""

    server: DiscordServer
    folder: Path
    ana: Person
    mo: Person
    talk: Channel
    ideas: Channel
    inbox: Channel

    def begun(self) -> Process:
        token = {"FANS_TOKEN": self.server.token}
        return Process(self.folder, "bot", "--config", "config.toml", "run", **token)

    async def connected(self) -> None:
        """Once the bot is there and its commands are."""
        await self.server.connected(seconds=PATIENCE)
        await self.server.until(lambda: self.server.app.commands, PATIENCE)

    async def card(self, channel: Channel) -> Message:
        """The only message in a channel, once there is one."""
        await self.server.until(lambda: self.server.messages(channel), AFTER_A_CRASH)
        (card,) = self.server.messages(channel)
        return card

    async def killed(self, bot: Process) -> None:
        bot.signal(signal.SIGKILL)
        bot.wait()
        await self.server.until(lambda: not self.server.gateway.open)


@pytest.fixture
async def fans(tmp_path: Path) -> AsyncIterator[Fans]:
    async with running_discord(portal=Intent.MESSAGE_CONTENT) as server:
        community = server.add_community("Fans")
        mo, ana = community.add_user("Mo"), community.add_user("Ana")
        talk, ideas = community.add_channel("talk"), community.add_channel("ideas")
        inbox = community.add_private_channel("inbox", mo)
        made = Fans(server, tmp_path, ana, mo, talk, ideas, inbox)
        (tmp_path / "config.toml").write_text(_config(made, community))
        yield made
        server.assert_clean()


def _config(fans: Fans, community: Community) -> str:
    return f"""
        [connections.fans]
        platform = "discord"
        token = "$FANS_TOKEN"
        api_url = "{fans.server.api_url}"
        guilds = ["{community.id}"]
        listen = ["{fans.talk.id}", "{fans.ideas.id}"]
        board = "{fans.ideas.id}"
        moderators = ["{fans.mo.id}"]
        [product]
        inbox = "fans/{fans.inbox.id}"
        [web]
        port = 0
        """


async def test_what_was_thanked_for_is_posted_once_by_the_next_start(fans: Fans) -> None:
    with fans.begun() as bot:
        await fans.connected()
        seen = await fans.ana.slash(fans.talk, "suggest", {"title": TITLE})
        thanked = await fans.ana.submit(seen.modal)
        assert thanked.message
        await fans.killed(bot)
    with fans.begun() as bot:
        card = await fans.card(fans.ideas)
        await fans.mo.react(card, "🚀")
        await fans.card(fans.inbox)
        await fans.killed(bot)
    with fans.begun() as bot:
        await fans.connected()
        await fans.mo.press(card, "Vote")
        await fans.server.until(lambda: fans.mo.screen.ephemeral, PATIENCE)
        assert await asyncio.to_thread(bot.stop) == 0
    assert await fans.card(fans.ideas) is card
    await fans.card(fans.inbox)


async def test_a_reset_token_ends_one_connection_and_the_log_says_why(fans: Fans) -> None:
    with fans.begun() as bot:
        await fans.connected()
        token = fans.server.token
        fans.server.reset_token()
        await fans.server.until(lambda: not fans.server.gateway.open, PATIENCE)
        fans.server.app.token = token
        await fans.connected()
        assert await asyncio.to_thread(bot.stop) == 0
        assert bot.log.count("connection_refused") >= 1
        assert "Traceback" not in bot.log
        assert token not in bot.log
