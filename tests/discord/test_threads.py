"""Threads, forum posts, tags, archives and locks, through the real discord.py."""

import discord
import pytest

from tests.discord.community import Community
from tests.discord.model import Channel
from tests.discord.permissions import Permission
from tests.discord.person import Person
from tests.discord.running import Bot, connected, refused, there
from tests.discord.server import DiscordServer


@pytest.fixture
def forum(community: Community) -> Channel:
    return community.add_forum("ideas", tags=["new", "planned*"])


def found_forum(bot: Bot, forum: Channel) -> discord.ForumChannel:
    """The forum as discord.py knows it."""
    channel = bot.get_channel(int(forum.id))
    assert isinstance(channel, discord.ForumChannel)
    return channel


def found_thread(bot: Bot, thread: Channel) -> discord.Thread:
    """The thread as discord.py knows it."""
    channel = bot.get_channel(int(thread.id))
    assert isinstance(channel, discord.Thread)
    return channel


async def test_a_post_is_told_with_its_tags_and_its_starter_has_its_id(
    server: DiscordServer, ana: Person, forum: Channel, bot: Bot
) -> None:
    heard: list[discord.Thread] = []

    @bot.event
    async def on_thread_create(thread: discord.Thread) -> None:
        heard.append(thread)

    async with connected(server, bot):
        post = await ana.post(forum, "Dark mode", "Please", tags=["new"])
        await server.settled()
        (thread,) = heard
        assert (thread.name, [tag.name for tag in thread.applied_tags]) == ("Dark mode", ["new"])
        starter = await thread.fetch_message(thread.id)
        assert str(starter.id) == post.id
        assert str(starter.author.id) == ana.id


async def test_the_bot_tags_locks_and_archives_a_post(
    server: DiscordServer, community: Community, ana: Person, forum: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        post = await ana.post(forum, "Dark mode", "Please", tags=["new"])
        thread = found_thread(bot, post)
        planned = discord.Object(int(forum.tag("planned").id))
        await thread.edit(applied_tags=[planned], locked=True, archived=True)  # type: ignore[list-item]
        assert community.tags(post) == ["planned"]
        assert post.thread is not None
        assert (post.thread.locked, post.thread.archived) == (True, True)
        assert await refused(thread.edit(name="Light mode")) == (400, 50083)


async def test_without_managing_threads_others_posts_stay_as_they_are(
    server: DiscordServer, community: Community, ana: Person, forum: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        post = await ana.post(forum, "Dark mode", "Please")
        thread = found_thread(bot, post)
        await community.overwrite(forum, community.bot_role, deny=Permission.MANAGE_THREADS)
        assert await refused(thread.edit(name="Light mode")) == (403, 50013)
        assert await refused(thread.edit(locked=True)) == (403, 50013)


async def test_a_message_opens_an_archived_thread_but_not_a_locked_one(
    server: DiscordServer, community: Community, ana: Person, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        said = await ana.say(general, "Dark mode")
        thread = await ana.start_thread(said, "Dark mode")
        reply = await there(bot, thread).send("Hello")
        await ana.archive(thread)
        assert await refused(reply.edit(content="Edited")) == (400, 50083)
        assert await refused(reply.add_reaction("✅")) == (400, 50083)
        await there(bot, thread).send("Shipped")
        assert thread.thread is not None
        assert not thread.thread.archived
        await community.overwrite(general, community.bot_role, deny=Permission.MANAGE_THREADS)
        await community.archive(thread, locked=True)
        assert await refused(there(bot, thread).send("Shipped")) == (400, 160005)
        await community.overwrite(general, community.bot_role)
        assert await refused(there(bot, thread).send("Shipped")) == (400, 50083)


async def test_the_bot_starts_threads_and_posts(
    server: DiscordServer, community: Community, ana: Person, general: Channel, bot: Bot
) -> None:
    forum = community.add_forum("ideas", tags=["new"], require_tag=True)
    async with connected(server, bot):
        said = await ana.say(general, "Dark mode")
        channel = bot.get_channel(int(general.id))
        assert isinstance(channel, discord.TextChannel)
        message = channel.get_partial_message(int(said.id))
        thread = await message.create_thread(name="Dark mode")
        assert str(thread.id) == said.id
        assert await refused(message.create_thread(name="Again")) == (400, 160004)
        place = found_forum(bot, forum)
        assert await refused(place.create_thread(name="Idea", content="x")) == (400, 40067)
        tag = place.available_tags[0]
        made = await place.create_thread(name="Idea", content="x", applied_tags=[tag])
        assert made.message.id == made.thread.id
        (post,) = community.posts(forum)
        assert community.tags(post) == ["new"]
        assert await refused(there(bot, forum).send("Hello")) == (400, 50008)


async def test_a_threads_first_message_is_a_line_of_discords_own(
    server: DiscordServer, ana: Person, ben: Person, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        said = await ana.say(general, f"<@{server.bot.id}> dark mode")
        thread = await ben.start_thread(said, "Dark mode")
        assert thread.thread is not None
        assert thread.thread.members == [ben.id, ana.id], "the bot is in none by itself"
        (line,) = [one async for one in there(bot, thread).history()]
        assert line.type is discord.MessageType.thread_starter_message
        assert line.content == ""
        assert line.reference is not None
        assert isinstance(line.reference.resolved, discord.Message)
        assert line.reference.resolved.content == said.content
        assert found_thread(bot, thread).message_count == 0


async def test_archived_threads_are_not_in_the_cache_and_are_found_over_rest(
    server: DiscordServer, community: Community, ana: Person, forum: Channel, bot: Bot
) -> None:
    old = await ana.post(forum, "Old", "Please")
    await ana.archive(old)
    await ana.post(forum, "New", "Please")
    async with connected(server, bot):
        place = found_forum(bot, forum)
        assert [thread.name for thread in place.threads] == ["New"]
        assert [thread.name async for thread in place.archived_threads()] == ["Old"]
        guild = bot.get_guild(int(community.id))
        assert guild is not None
        assert [thread.name for thread in await guild.active_threads()] == ["New"]


async def test_changes_of_threads_are_told(
    server: DiscordServer, community: Community, ana: Person, forum: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        post = await ana.post(forum, "Dark mode", "Please")
        await community.rename_channel(post, "Light mode")
        await community.set_tags(post, "planned")
        await ana.archive(post)
        assert bot.happened.count("raw_thread_update") == 3
        await community.delete_channel(post)
        assert "raw_thread_delete" in bot.happened
