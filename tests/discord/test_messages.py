"""Messages, reactions and direct messages over REST: who may what, whom they ping, what is kept."""

import io

import aiohttp
import discord
import pytest
from discord import AllowedMentions

from tests.discord.community import Community
from tests.discord.failures import Failure
from tests.discord.model import Channel
from tests.discord.permissions import Permission
from tests.discord.person import Person
from tests.discord.running import Bot, connected, refused, there
from tests.discord.server import DiscordServer

NOBODY, EVERYBODY = AllowedMentions.none(), AllowedMentions.all()
MEBIBYTE = 1024 * 1024


async def test_a_message_is_sent_edited_and_deleted(
    server: DiscordServer, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        sent = await there(bot, general).send("Hello")
        (message,) = server.messages(general)
        assert (message.content, message.author) == ("Hello", server.bot)
        await sent.edit(content="Hello all")
        assert message.content == "Hello all"
        assert (await there(bot, general).fetch_message(sent.id)).edited_at is not None
        await sent.delete()
        assert server.messages(general) == []
        assert await refused(sent.edit(content="Again")) == (404, 10008)
    server.assert_clean()


async def test_a_repeated_nonce_is_answered_with_the_message_that_is_there(
    server: DiscordServer, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        first = await there(bot, general).send("Dark mode", nonce="card-12")
        again = await there(bot, general).send("Dark mode", nonce="card-12")
        assert again.id == first.id
        assert len(server.messages(general)) == 1
        server.clock.advance(server.rules.nonce_seconds + 1)
        later = await there(bot, general).send("Dark mode", nonce="card-12")
        assert later.id != first.id


async def test_a_send_whose_answer_is_lost_is_not_done_twice(
    server: DiscordServer, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        server.fail_next("POST /channels/{channel}/messages", Failure.DROP)
        with pytest.raises(aiohttp.ClientError):
            await there(bot, general).send("Dark mode", nonce="card-12")
        await there(bot, general).send("Dark mode", nonce="card-12")
        assert len(server.messages(general)) == 1


async def test_only_what_is_allowed_is_pinged(
    server: DiscordServer,
    community: Community,
    ana: Person,
    ben: Person,
    general: Channel,
    bot: Bot,
) -> None:
    team = community.add_role("Team", mentionable=True)
    await community.give(ben, team)
    await community.change_role(
        community.bot_role, permissions=community.bot_role.permissions | Permission.MENTION_EVERYONE
    )
    words = f"<@{ana.id}> <@&{team.id}> @everyone"
    async with connected(server, bot):
        for allowed in (
            EVERYBODY,
            NOBODY,
            AllowedMentions(everyone=False, roles=False, users=[discord.Object(int(ana.id))]),
        ):
            await there(bot, general).send(words, allowed_mentions=allowed)
    everything, nothing, one = server.messages(general)
    assert (ana.pinged_by(everything), ben.pinged_by(everything)) == (True, True)
    assert (ana.pinged_by(nothing), ben.pinged_by(nothing)) == (False, False)
    assert (ana.pinged_by(one), ben.pinged_by(one)) == (True, False)
    server.assert_clean()


async def test_a_message_that_does_not_say_whom_it_may_ping_is_a_problem(
    server: DiscordServer, ana: Person, general: Channel
) -> None:
    bot = Bot(server, allowed_mentions=None)
    async with connected(server, bot):
        sent = await there(bot, general).send(ana.mention)
        assert ana.pinged_by(server.messages(general)[0])
        await sent.edit(content="Nobody")
    assert server.problems == [
        "POST /channels/{channel}/messages: no allowed_mentions",
        "PATCH /channels/{channel}/messages/{message}: no allowed_mentions",
    ]


async def test_what_is_allowed_once_is_added_to_what_the_client_allows(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    one = AllowedMentions(users=[discord.Object(int(ana.id))])
    async with connected(server, bot):
        await there(bot, general).send(ana.mention, allowed_mentions=one)
    (call,) = server.called("POST /channels/{channel}/messages")
    assert call.body["allowed_mentions"] == {"parse": [], "users": [int(ana.id)]}


async def test_everyone_and_closed_roles_need_the_permission(
    server: DiscordServer, community: Community, ben: Person, general: Channel, bot: Bot
) -> None:
    closed = community.add_role("Closed")
    await community.give(ben, closed)
    async with connected(server, bot):
        await there(bot, general).send(f"<@&{closed.id}> @everyone", allowed_mentions=EVERYBODY)
    assert not ben.pinged_by(server.messages(general)[0])


async def test_a_body_that_is_wrong_is_refused_with_the_place_of_each_fault(
    server: DiscordServer, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        with pytest.raises(discord.HTTPException) as caught:
            await there(bot, general).send("x" * 2_001)
        assert (caught.value.status, caught.value.code) == (400, 50035)
        assert "In content: Must be 2000 or fewer in length." in str(caught.value)
        embed = discord.Embed(title="t" * 257)
        with pytest.raises(discord.HTTPException, match=r"In embeds\.0\.title"):
            await there(bot, general).send(embed=embed)
        assert await refused(there(bot, general).send("  ")) == (400, 50006)
    assert len(server.problems) == 3
    with pytest.raises(AssertionError):
        server.assert_clean()


async def test_permissions_are_those_of_roles_and_overwrites(
    server: DiscordServer, community: Community, general: Channel, bot: Bot
) -> None:
    hidden = community.add_private_channel("team", bot=False)
    async with connected(server, bot):
        assert await refused(there(bot, hidden).send("Hello")) == (403, 50001)
        await community.overwrite(general, community.everyone, deny=Permission.SEND_MESSAGES)
        assert await refused(there(bot, general).send("Hello")) == (403, 50013)
        await community.overwrite(general, community.bot_role, allow=Permission.SEND_MESSAGES)
        await there(bot, general).send("Hello")
    assert server.invalid_requests == 2
    server.assert_clean()


async def test_embeds_without_the_permission_are_silently_missing(
    server: DiscordServer, community: Community, general: Channel, bot: Bot
) -> None:
    await community.overwrite(general, community.bot_role, deny=Permission.EMBED_LINKS)
    async with connected(server, bot):
        await there(bot, general).send("A card", embed=discord.Embed(title="Dark mode"))
    assert server.messages(general)[0].embeds == []


async def test_a_chart_is_shown_in_its_embed(
    server: DiscordServer, general: Channel, bot: Bot
) -> None:
    embed = discord.Embed(title="Digest").set_image(url="attachment://chart.png")
    async with connected(server, bot):
        chart = discord.File(io.BytesIO(b"PNG"), filename="chart.png")
        sent = await there(bot, general).send(embed=embed, file=chart)
        assert await sent.attachments[0].read() == b"PNG"
        assert sent.embeds[0].image.url == sent.attachments[0].url
    server.assert_clean()


@pytest.mark.parametrize(
    "sizes", [[10 * MEBIBYTE + 1], [9 * MEBIBYTE, 9 * MEBIBYTE, 8 * MEBIBYTE]], ids=("one", "all")
)
async def test_files_that_are_too_big_are_refused(
    sizes: list[int], server: DiscordServer, general: Channel, bot: Bot
) -> None:
    files = [discord.File(io.BytesIO(bytes(size)), "data.csv") for size in sizes]
    async with connected(server, bot):
        assert await refused(there(bot, general).send(files=files)) == (413, 40005)


async def test_direct_messages_arrive_unless_they_are_closed_or_nothing_is_shared(
    server: DiscordServer, ana: Person, community: Community, bot: Bot
) -> None:
    stranger = server.add_user("Zoe")
    async with connected(server, bot):
        user = await bot.fetch_user(int(ana.id))
        await user.send("Your idea is planned")
        assert [one.content for one in server.directs(ana)] == ["Your idea is planned"]
        ana.close_directs()
        assert await refused(user.send("Shipped")) == (403, 50007)
        ana.open_directs()
        await community.kick(ana)
        assert await refused(user.send("Shipped")) == (403, 50007)
        unknown = await bot.fetch_user(int(stranger.id))
        assert await refused(unknown.send("Hello")) == (403, 50007)
    server.assert_clean()


async def test_reactions_are_given_counted_and_taken_back(
    server: DiscordServer, community: Community, ana: Person, general: Channel, bot: Bot
) -> None:
    custom = community.add_emoji("idea")
    async with connected(server, bot):
        said = await ana.say(general, f"<@{server.bot.id}> dark mode")
        await ana.react(said, "👍")
        await ana.react(said, custom)
        message = await there(bot, general).fetch_message(int(said.id))
        await message.add_reaction("👍")
        fetched = await there(bot, general).fetch_message(int(said.id))
        assert [(str(one.emoji), one.count, one.me) for one in fetched.reactions] == [
            ("👍", 2, True),
            (f"<:{custom}>", 1, False),
        ]
        who = {user.name async for user in fetched.reactions[0].users()}
        assert who == {"sounding_board", "ana"}
        await message.remove_reaction("👍", bot.user or message.author)
        await ana.unreact(said, "👍")
        assert said.reactions == {custom: [ana.id]}
        assert await refused(message.add_reaction("thumbsup")) == (400, 10014)


async def test_a_message_takes_twenty_different_reactions(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        said = await ana.say(general, "Dark mode")
        for number in range(20):
            await ana.react(said, chr(0x1F600 + number))
        message = there(bot, general).get_partial_message(int(said.id))
        assert await refused(message.add_reaction("✅")) == (400, 30010)


async def test_history_is_paged_and_hidden_without_the_permission(
    server: DiscordServer, community: Community, ana: Person, general: Channel, bot: Bot
) -> None:
    for number in range(5):
        await ana.say(general, f"<@{server.bot.id}> {number}")
    async with connected(server, bot):
        channel = there(bot, general)
        ends = [one.content[-1] async for one in channel.history(limit=3)]
        assert ends == ["4", "3", "2"]
        first = server.messages(general)[0]
        after = channel.history(after=discord.Object(int(first.id)), oldest_first=True)
        assert [one.content[-1] async for one in after] == ["1", "2", "3", "4"]
        deny = Permission.READ_MESSAGE_HISTORY
        await community.overwrite(general, community.everyone, deny=deny)
        assert [one async for one in channel.history()] == []
        assert await refused(channel.fetch_message(int(first.id))) == (403, 50013)


async def test_a_message_of_somebody_elses_cannot_be_edited_nor_deleted(
    server: DiscordServer, community: Community, ana: Person, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        said = await ana.say(general, "Dark mode")
        message = there(bot, general).get_partial_message(int(said.id))
        assert await refused(message.edit(content="Light mode")) == (403, 50005)
        assert await refused(message.delete()) == (403, 50013)
        allow = Permission.MANAGE_MESSAGES
        await community.overwrite(general, community.bot_role, allow=allow)
        await message.delete()
    assert server.messages(general) == []
