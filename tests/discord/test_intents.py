"""What the bot reads of others' messages, with and without the message content intent."""

import discord
import pytest

from tests.discord.community import Community
from tests.discord.model import Channel, Intent
from tests.discord.person import Person
from tests.discord.running import INTENTS, Bot, connected
from tests.discord.server import DiscordServer, running_discord


def listening(bot: Bot) -> dict[str, str]:
    """What each message says, by its id, from now on."""
    heard: dict[str, str] = {}

    @bot.event
    async def on_message(message: discord.Message) -> None:
        heard[str(message.id)] = message.content

    return heard


async def test_without_the_intent_only_what_is_meant_for_the_bot_has_words(
    server: DiscordServer, ana: Person, ben: Person, general: Channel, bot: Bot
) -> None:
    heard = listening(bot)
    async with connected(server, bot):
        own = await bot.get_partial_messageable(int(general.id)).send("A card")
        (card,) = server.messages(general)
        plain = await ana.say(general, "Dark mode")
        mention = await ana.say(general, f"<@{server.bot.id}> dark mode")
        pinged = await ana.say(general, "Yes please", reply_to=card)
        silent = await ana.say(general, "Yes please", reply_to=card, ping=False)
        other = await ben.say(general, "No", reply_to=plain)
        direct = await ana.say_directly("Hello")
        await server.settled()
        told = [heard[one.id] for one in (plain, mention, pinged, silent, other, direct)]
        assert told == ["", mention.content, "Yes please", "", "", "Hello"]
        assert heard[str(own.id)] == "A card"
        channel = bot.get_partial_messageable(int(general.id))
        read = {str(one.id): one.content async for one in channel.history()}
        assert read[plain.id] == ""
        assert read[pinged.id] == "Yes please"
        assert read[card.id] == "A card"


async def test_with_the_intent_everything_has_words() -> None:
    async with running_discord(portal=Intent.MESSAGE_CONTENT) as server:
        community = server.add_community("Fans")
        ana, general = community.add_user("Ana"), community.add_channel("general")
        bot = Bot(server, intents=INTENTS | discord.Intents(message_content=True))
        heard = listening(bot)
        async with connected(server, bot):
            said = await ana.say(general, "Dark mode")
            await server.settled()
            assert heard == {said.id: "Dark mode"}
            assert bot.application_flags.gateway_message_content_limited


async def test_rest_goes_by_the_portal_and_the_gateway_by_the_session() -> None:
    async with running_discord(portal=Intent.MESSAGE_CONTENT) as server:
        community = server.add_community("Fans")
        ana, general = community.add_user("Ana"), community.add_channel("general")
        bot = Bot(server)
        heard = listening(bot)
        async with connected(server, bot):
            said = await ana.say(general, "Dark mode")
            await server.settled()
            assert heard == {said.id: ""}
            channel = bot.get_partial_messageable(int(general.id))
            assert (await channel.fetch_message(int(said.id))).content == "Dark mode"


async def test_what_happens_where_the_bot_does_not_see_is_not_told(
    server: DiscordServer, community: Community, ana: Person, bot: Bot
) -> None:
    hidden = community.add_private_channel("team", ana, bot=False)
    heard = listening(bot)
    async with connected(server, bot):
        said = await ana.say(hidden, f"<@{server.bot.id}>")
        await ana.react(said, "👍")
        assert heard == {}
        assert "raw_reaction_add" not in bot.happened


async def test_without_an_intent_its_events_are_not_told(
    server: DiscordServer, ana: Person, general: Channel
) -> None:
    bot = Bot(server, intents=discord.Intents(guilds=True, messages=True))
    async with connected(server, bot):
        await ana.react(await ana.say(general, "Dark mode"), "👍")
        assert "raw_reaction_add" not in bot.happened
        assert "message" in bot.happened


@pytest.mark.parametrize("given", [True, False])
async def test_a_reaction_tells_the_member_only_when_it_is_given(
    given: bool, server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    heard: list[discord.RawReactionActionEvent] = []

    @bot.event
    async def on_raw_reaction_add(event: discord.RawReactionActionEvent) -> None:
        heard.append(event)

    @bot.event
    async def on_raw_reaction_remove(event: discord.RawReactionActionEvent) -> None:
        heard.append(event)

    said = await ana.say(general, "Dark mode")
    if not given:
        await ana.react(said, "🚀")
    async with connected(server, bot):
        await (ana.react if given else ana.unreact)(said, "🚀")
        await server.settled()
        (event,) = heard
        assert (str(event.emoji), str(event.user_id)) == ("🚀", ana.id)
        assert (event.member is not None) == given


async def test_a_private_notice_comes_to_the_bot_as_if_it_were_direct(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    heard: list[discord.Message] = []

    @bot.event
    async def on_message(message: discord.Message) -> None:
        heard.append(message)

    @bot.tree.command(description="Hello")
    async def hello(interaction: discord.Interaction[discord.Client]) -> None:
        await interaction.response.send_message("Hello", ephemeral=True)

    async with connected(server, bot):
        await bot.tree.sync()
        await ana.slash(general, "hello")
        await server.settled()
        (notice,) = heard
        assert notice.flags.ephemeral
        assert notice.guild is None
        assert notice.author == bot.user
        assert str(notice.channel.id) == general.id
