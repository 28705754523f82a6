"""IDENTIFY, heartbeats, RESUME and its failures, as the real discord.py goes through them."""

from collections.abc import Callable

import discord
import pytest

from tests.discord.community import Community
from tests.discord.gateway import Gateway
from tests.discord.model import Channel, Intent
from tests.discord.person import Person
from tests.discord.rules import Bucket
from tests.discord.running import INTENTS, Bot, connected
from tests.discord.server import DiscordServer, running_discord


def contents(bot: Bot) -> list[str]:
    """Listen to messages from now on."""
    heard: list[str] = []

    @bot.event
    async def on_message(message: discord.Message) -> None:
        heard.append(message.content)

    return heard


async def test_a_client_is_ready_with_the_guild_and_its_channels(
    server: DiscordServer, community: Community, general: Channel, ana: Person, bot: Bot
) -> None:
    async with connected(server, bot):
        guild = bot.get_guild(int(community.id))
        assert guild is not None
        assert [channel.name for channel in guild.text_channels] == ["general"]
        assert guild.me.guild_permissions.manage_threads
        assert guild.get_member(int(ana.id)) is None, "members are told with their intent only"
        assert guild.member_count == 3
        assert server.gateway.identifies == 1
        assert server.gateway.heartbeats >= 1
    server.assert_clean()


async def test_the_wrong_token_is_refused_over_rest(server: DiscordServer, bot: Bot) -> None:
    server.reset_token()
    token, server.world.app.token = server.token, "another"
    with pytest.raises(discord.LoginFailure):
        await bot.start(token)
    await bot.close()
    assert server.invalid_requests == 1


async def test_a_privileged_intent_that_is_off_in_the_portal_closes_with_4014(
    server: DiscordServer,
) -> None:
    asked = Bot(server, intents=INTENTS | discord.Intents(message_content=True))
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with connected(server, asked):
            pass
    assert server.gateway.identifies == 1


async def test_members_come_with_their_intent() -> None:
    async with running_discord(portal=Intent.GUILD_MEMBERS) as server:
        community = server.add_community("Fans")
        ana = community.add_user("Ana")
        bot = Bot(server, intents=INTENTS | discord.Intents(members=True))
        async with connected(server, bot):
            guild = bot.get_guild(int(community.id))
            assert guild is not None
            assert guild.get_member(int(ana.id)) is not None


ENDS: dict[str, Callable[[Gateway], None]] = {
    "killed": Gateway.kill,
    "asked to reconnect": Gateway.reconnect,
    "told to resume": lambda gateway: gateway.invalidate(resumable=True),
    "closed": lambda gateway: gateway.close(4000),
}


@pytest.mark.parametrize("how", ENDS)
async def test_a_lost_connection_is_resumed_and_what_was_missed_is_told(
    how: str, server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    heard = contents(bot)
    async with connected(server, bot):
        (session,) = server.gateway.open
        ENDS[how](server.gateway)
        await ana.say(general, f"<@{server.bot.id}>")
        await server.until(lambda: session.resumes)
        await server.connected()
        assert len(heard) == 1
        assert server.gateway.identifies == 1
        assert "resumed" in bot.happened
        assert bot.happened.count("ready") == 1


async def test_an_invalid_session_is_identified_again_and_nothing_is_replayed(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    heard = contents(bot)
    async with connected(server, bot):
        server.gateway.invalidate()
        await ana.say(general, f"<@{server.bot.id}>")
        await bot.wait_for("ready")
        assert heard == []
        assert server.gateway.identifies == 2


async def test_a_resume_that_comes_too_late_is_invalid(
    server: DiscordServer, community: Community, bot: Bot
) -> None:
    async with connected(server, bot):
        server.gateway.forget()
        server.gateway.kill()
        await server.until(lambda: server.gateway.identifies == 2)
        await server.connected()
        assert "resumed" not in bot.happened


async def test_a_zombie_is_noticed_by_its_missing_acknowledgements(server: DiscordServer) -> None:
    server.rules.heartbeat_seconds = 0.05
    bot = Bot(server, heartbeat_timeout=0.3)
    async with connected(server, bot):
        server.gateway.deafen()
        await server.until(lambda: any(one.resumes for one in server.gateway.sessions.values()))
        assert server.gateway.identifies == 1


async def test_one_identify_too_many_resets_the_token(server: DiscordServer, bot: Bot) -> None:
    server.rules.identifies_a_day = 1
    async with connected(server, bot):
        before = server.token
        server.gateway.invalidate()
        await server.until(lambda: server.token != before)
    assert server.problems == ["gateway: more IDENTIFYs than a day has; the token was reset"]


async def test_a_chatty_client_is_closed_with_4008(server: DiscordServer, bot: Bot) -> None:
    server.rules.gateway_sends = Bucket(2, 60.0)
    async with connected(server, bot):
        for _ in range(2):
            await bot.change_presence()
        await server.until(lambda: server.problems)
    assert server.problems == ["gateway: more frames than a connection may send (4008)"]


async def test_events_can_be_held_and_told_later(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    heard = contents(bot)
    async with connected(server, bot):
        server.gateway.hold()
        await ana.say(general, f"<@{server.bot.id}>")
        await server.settled()
        assert heard == []
        server.gateway.release()
        await server.settled()
        assert len(heard) == 1


async def test_the_bot_hears_that_it_was_kicked_and_invited(
    server: DiscordServer, community: Community, ana: Person, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        await community.kick_bot()
        assert not bot.guilds
        await ana.say(general, f"<@{server.bot.id}>")
        assert "message" not in bot.happened
        await community.invite_bot()
        assert "guild_join" in bot.happened
        assert [guild.name for guild in bot.guilds] == ["Fans"]
