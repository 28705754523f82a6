"""Registering application commands, through the real command tree."""

import discord
import pytest
from discord import app_commands

from tests.discord.community import Community
from tests.discord.model import Channel
from tests.discord.person import Person
from tests.discord.running import Bot, connected, refused
from tests.discord.server import DiscordServer

PUT = "PUT /applications/{application}/commands"


def add(bot: Bot, name: str, description: str = "A command") -> None:
    """One more command."""

    async def work(interaction: discord.Interaction[discord.Client]) -> None:
        await interaction.response.send_message(name)

    made: app_commands.Command[discord.app_commands.Group, ..., None]
    made = app_commands.Command(name=name, description=description, callback=work)
    bot.tree.add_command(made)


async def test_an_overwrite_keeps_what_it_names_and_drops_the_rest(
    server: DiscordServer, bot: Bot
) -> None:
    async with connected(server, bot):
        add(bot, "suggest")
        add(bot, "idea")
        first = {one.name: one.id for one in await bot.tree.sync()}
        bot.tree.remove_command("idea")
        again = {one.name: one.id for one in await bot.tree.sync()}
        assert again == {"suggest": first["suggest"]}
        assert [one.name for one in await bot.tree.fetch_commands()] == ["suggest"]
    assert len(server.called(PUT)) == 2


async def test_a_guilds_commands_are_its_own(
    server: DiscordServer, community: Community, ana: Person, general: Channel, bot: Bot
) -> None:
    other = server.add_community("Others")
    elsewhere = other.add_channel("general")
    other.add_member(ana)
    async with connected(server, bot):
        add(bot, "suggest")
        guild = discord.Object(int(community.id))
        bot.tree.copy_global_to(guild=guild)
        await bot.tree.sync(guild=guild)
        assert (await ana.slash(general, "suggest")).reply is not None
        with pytest.raises(AssertionError, match="no command"):
            await ana.slash(elsewhere, "suggest")
        await community.kick_bot()
        assert await refused(bot.tree.sync(guild=guild)) == (403, 50001)


async def test_only_new_names_count_towards_the_days_creates(
    server: DiscordServer, bot: Bot
) -> None:
    server.rules.command_creates_a_day = 2
    async with connected(server, bot):
        add(bot, "suggest")
        for _ in range(3):
            await bot.tree.sync()
        add(bot, "idea")
        await bot.tree.sync()
        add(bot, "vote")
        assert await refused(bot.tree.sync()) == (400, 30034)


async def test_a_wrong_command_is_refused(server: DiscordServer, bot: Bot) -> None:
    body = [{"name": "Suggest", "description": "", "type": 1}]
    async with connected(server, bot):
        application = bot.application_id or 0
        pushed = bot.http.bulk_upsert_global_commands(application, body)
        assert await refused(pushed) == (400, 50035)
    assert server.problems == [
        f"{PUT}: 0.name: Command name is invalid",
        f"{PUT}: 0.description: This field is required",
    ]
