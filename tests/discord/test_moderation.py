"""Roles, channels and members as moderators change them, and how the bot hears of it."""

import discord

from tests.discord.community import Community
from tests.discord.model import Channel, Intent
from tests.discord.permissions import Permission
from tests.discord.person import Person
from tests.discord.running import INTENTS, Bot, connected, refused
from tests.discord.server import DiscordServer, running_discord


async def test_channels_come_change_and_go(
    server: DiscordServer, community: Community, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        await community.rename_channel(general, "lobby")
        channel = bot.get_channel(int(general.id))
        assert isinstance(channel, discord.TextChannel)
        assert channel.name == "lobby"
        await community.overwrite(general, community.everyone, deny=Permission.VIEW_CHANNEL)
        assert not channel.permissions_for(channel.guild.default_role).view_channel
        await community.delete_channel(general)
        assert bot.get_channel(int(general.id)) is None
        assert await refused(channel.send("Hello")) == (404, 10003)


async def test_roles_change_and_go(
    server: DiscordServer, community: Community, ana: Person, bot: Bot
) -> None:
    role = community.add_role("Moderators")
    await community.give(ana, role)
    async with connected(server, bot):
        guild = bot.get_guild(int(community.id))
        assert guild is not None
        await community.change_role(role, name="Stewards")
        assert [one.name for one in guild.roles if str(one.id) == role.id] == ["Stewards"]
        member = await guild.fetch_member(int(ana.id))
        assert [one.name for one in member.roles] == ["@everyone", "Stewards"]
        await community.delete_role(role)
        assert guild.get_role(int(role.id)) is None
        assert "guild_role_delete" in bot.happened
        member = await guild.fetch_member(int(ana.id))
        assert [one.name for one in member.roles] == ["@everyone"]


async def test_a_members_new_role_is_told_with_the_members_intent() -> None:
    async with running_discord(portal=Intent.GUILD_MEMBERS) as server:
        community = server.add_community("Fans")
        ana, role = community.add_user("Ana"), community.add_role("Moderators")
        for intents, told in ((INTENTS, False), (INTENTS | discord.Intents(members=True), True)):
            bot = Bot(server, intents=intents)
            async with connected(server, bot):
                await community.give(ana, role)
                assert ("member_update" in bot.happened) == told
                await community.take(ana, role)


async def test_the_bots_own_new_role_is_always_told(
    server: DiscordServer, community: Community, bot: Bot
) -> None:
    role = community.add_role("Helpers", Permission.MANAGE_MESSAGES)
    async with connected(server, bot):
        guild = bot.get_guild(int(community.id))
        assert guild is not None
        await community.give(Person(server.world, server.bot), role)
        assert guild.me.guild_permissions.manage_messages


async def test_edits_and_deletions_are_told(
    server: DiscordServer, community: Community, ana: Person, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        said = await ana.say(general, f"<@{server.bot.id}> dark mode")
        await ana.edit(said, f"<@{server.bot.id}> light mode")
        assert "raw_message_edit" in bot.happened
        await community.delete_message(said)
        assert "raw_message_delete" in bot.happened
        assert server.messages(general) == []


async def test_what_moderators_clear_is_told(
    server: DiscordServer, community: Community, ana: Person, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        said = [await ana.say(general, str(number)) for number in range(3)]
        for emoji in ("👍", "🚀"):
            await ana.react(said[0], emoji)
        await community.clear_reactions(said[0], "👍")
        assert said[0].reactions == {"🚀": [ana.id]}
        await community.clear_reactions(said[0])
        await community.delete_messages(said[1:])
        assert server.messages(general) == said[:1]
        told = {"raw_reaction_clear_emoji", "raw_reaction_clear", "raw_bulk_message_delete"}
        assert told <= set(bot.happened)


async def test_an_outage_is_no_kick(server: DiscordServer, community: Community, bot: Bot) -> None:
    async with connected(server, bot):
        await community.outage()
        assert "guild_unavailable" in bot.happened
        await community.recover()
        assert bot.happened[-1] == "guild_available"
        assert "guild_remove" not in bot.happened


async def test_a_webhook_and_a_preview_are_told_as_what_they_are(
    server: DiscordServer, community: Community, ana: Person, general: Channel, bot: Bot
) -> None:
    heard: list[discord.Message] = []

    @bot.event
    async def on_message(message: discord.Message) -> None:
        heard.append(message)

    @bot.event
    async def on_raw_message_edit(event: discord.RawMessageUpdateEvent) -> None:
        heard.append(event.message)

    async with connected(server, bot):
        relayed = await community.webhook_says(general, "Relay", "Hello")
        said = await ana.say(general, "https://example.org")
        await community.unfurl(said, "Example")
        await server.settled()
        first, _, preview = heard
        assert (str(first.webhook_id), first.author.bot) == (relayed.webhook, True)
        assert preview.edited_at is None


async def test_a_private_channel_is_seen_by_whom_it_names(
    server: DiscordServer, community: Community, ana: Person, ben: Person, bot: Bot
) -> None:
    team = community.add_private_channel("team", ana)
    async with connected(server, bot):
        channel = bot.get_channel(int(team.id))
        assert isinstance(channel, discord.TextChannel)
        member = await channel.guild.fetch_member(int(ben.id))
        assert not channel.permissions_for(member).view_channel
        member = await channel.guild.fetch_member(int(ana.id))
        assert channel.permissions_for(member).view_channel


async def test_a_community_may_be_joined_while_the_bot_runs(
    server: DiscordServer, bot: Bot
) -> None:
    async with connected(server, bot):
        later = server.add_community("Later", bot=False)
        assert not bot.guilds
        await later.invite_bot()
        assert [guild.name for guild in bot.guilds] == ["Later"]
