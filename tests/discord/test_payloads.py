"""What our Discord tells has all that the samples have, in the same shape.

The samples in `tests/payloads/discord` are written by us from the documentation, with people who
do not exist; whoever reads gateway events can be tested with them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from tests.discord.community import Community
from tests.discord.model import Channel, Intent
from tests.discord.permissions import Permission
from tests.discord.person import Person
from tests.discord.running import INTENTS, Bot, connected, there
from tests.discord.server import DiscordServer, running_discord

Json = dict[str, Any]
SAMPLES = Path(__file__).parents[1] / "payloads" / "discord"


class Form(ui.Modal, title="Suggest"):
    """One field below a word."""

    words: ui.TextDisplay[Any] = ui.TextDisplay("Thank you")
    heading: ui.Label[Any] = ui.Label(text="Title", component=ui.TextInput(custom_id="title"))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Take it."""
        await interaction.response.send_message("Saved", ephemeral=True)


class Card(ui.View):
    """One button."""

    @ui.button(label="Vote", custom_id="vote:12")
    async def vote(self, interaction: discord.Interaction[Any], _: ui.Button[ui.View]) -> None:
        """Open the form."""
        await interaction.response.send_modal(Form())


def with_commands(bot: Bot) -> None:
    """A typed command with autocomplete, and one on messages."""

    @bot.tree.command(description="Look at an idea")
    async def idea(interaction: discord.Interaction[Any], query: str) -> None:
        await interaction.response.send_message(query, ephemeral=True)

    @idea.autocomplete("query")
    async def offer(_: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=current, value=current)]

    @bot.tree.context_menu(name="Turn into idea")
    async def turn(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await interaction.response.send_message("Noted", ephemeral=True)


async def talk(server: DiscordServer, bot: Bot, community: Community, ana: Person) -> None:
    """Something of everything."""
    general, forum = community.add_channel("general"), community.add_forum("ideas", tags=["new"])
    await community.overwrite(general, ana.user, allow=Permission.VIEW_CHANNEL)
    asked = await ana.say(general, f"<@{server.bot.id}> dark mode?")
    await ana.edit(asked, f"<@{server.bot.id}> dark theme?")
    await ana.react(asked, "🚀")
    await ana.unreact(asked, "🚀")
    await emptied(community, general, ana)
    embed = discord.Embed(title="Dark mode", description="3 votes")
    await there(bot, general).send(embed=embed, view=Card())
    card = server.messages(general)[-1]
    await ana.say(general, "Yes", reply_to=card)
    await ana.press(card, "Vote")
    await ana.submit(ana.screen.modal, {"title": "Dark mode"})
    await ana.slash(general, "idea", {"query": "dark mode"})
    await ana.autocomplete(general, "idea", "query", "dark")
    await ana.menu(asked, "Turn into idea")
    await directly(server, bot, ana)
    post = await ana.post(forum, "Dark mode", "Please", tags=["new"])
    await community.rename_channel(post, "Dark theme")
    await ana.react(server.messages(post)[0], "👍")
    await community.archive(post, locked=True)
    await community.unarchive(post)
    await community.delete_channel(post)
    await ana.delete(asked)
    await moderate(community, ana)
    await community.rename_channel(general, "lobby")
    await community.delete_channel(general)
    await community.outage()
    await community.recover()
    await community.kick_bot()


async def directly(server: DiscordServer, bot: Bot, ana: Person) -> None:
    """The same without a server; a button of a private notice, too."""
    said = await ana.say_directly("Thank you!")
    await ana.react(said, "🚀")
    await ana.slash(said.channel, "idea", {"query": "dark mode"})
    embed = discord.Embed(title="Dark mode", description="3 votes")
    await there(bot, said.channel).send(embed=embed, view=Card())
    await ana.press(server.messages(said.channel)[-1], "Vote")
    await ana.submit(ana.screen.modal, {"title": "Dark mode"})


async def emptied(community: Community, general: Channel, ana: Person) -> None:
    """Reactions and messages go, one by one and all at once; a webhook has its say."""
    bot = f"<@{community.world.bot.id}>"
    said = [await ana.say(general, f"{bot} https://example.org/{at}") for at in range(2)]
    await community.unfurl(said[0], "An example")
    await ana.react(said[0], community.add_emoji("party"))
    await ana.react(said[0], "🚀")
    await community.clear_reactions(said[0], "🚀")
    await community.clear_reactions(said[0])
    await community.delete_messages(said)
    await community.webhook_says(general, "Relay", "Hello")


async def moderate(community: Community, ana: Person) -> None:
    """A role comes, changes and goes."""
    role = community.add_role("Moderators")
    await community.give(ana, role)
    await community.change_role(role, name="Stewards")
    await community.delete_role(role)


@pytest.fixture
async def told() -> list[Json]:
    """Every frame of a session in which everything happened."""
    async with running_discord(portal=Intent.GUILD_MEMBERS) as server:
        community = server.add_community("Fans")
        ana = community.add_user("Ana", community.add_role("Readers"))
        earlier = community.add_forum("earlier", tags=["new"])
        await community.overwrite(earlier, ana.user, allow=Permission.VIEW_CHANNEL)
        await ana.post(earlier, "Light mode", "Please", tags=["new"])
        bot = Bot(server, intents=INTENTS | discord.Intents(members=True))
        with_commands(bot)
        async with connected(server, bot):
            await bot.tree.sync()
            await talk(server, bot, community, ana)
            (session,) = server.gateway.sessions.values()
            server.assert_clean()
            return session.told


def differences(sample: object, ours: object, path: str = "") -> Iterator[str]:
    """Where ours lacks what the sample has, or has something else there."""
    if isinstance(sample, dict) and isinstance(ours, dict):
        for key, value in sample.items():
            name = next(iter(ours), key) if key.isdecimal() and len(key) > 5 else key
            if name not in ours:
                yield f"{path}.{key} is missing"
            else:
                yield from differences(value, ours[name], f"{path}.{key}")
    elif isinstance(sample, list) and isinstance(ours, list):
        for one in sample[:1]:
            if not ours:
                yield f"{path} is empty"
            else:
                yield from min((list(differences(one, two, f"{path}[]")) for two in ours), key=len)
    elif sample is not None and ours is not None and type(sample) is not type(ours):
        yield f"{path} is {ours!r}"


async def test_what_our_discord_tells_has_the_shape_of_the_samples(told: list[Json]) -> None:
    samples = {file.stem: json.loads(file.read_text("utf-8")) for file in SAMPLES.glob("*.json")}
    assert len(samples) >= 20
    for name, sample in samples.items():
        same = [frame for frame in told if frame["t"] == sample["t"]]
        assert same, f"{name}: never told"
        found = min((list(differences(sample, frame)) for frame in same), key=len)
        assert found == [], name
