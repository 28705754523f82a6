"""Commands, presses, forms and menus through the real discord.py, and what people see of it."""

import asyncio
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from tests.discord.asking import SILENCE, WRONG
from tests.discord.community import Community
from tests.discord.model import Channel
from tests.discord.permissions import Permission
from tests.discord.person import Person
from tests.discord.running import Bot, connected, there
from tests.discord.server import DiscordServer

Asked = discord.Interaction[Bot]


class Form(ui.Modal, title="Suggest"):
    """A form with two fields."""

    heading: ui.Label[Any] = ui.Label(
        text="Title", component=ui.TextInput(custom_id="title", min_length=5)
    )
    body: ui.Label[Any] = ui.Label(
        text="More", component=ui.TextInput(custom_id="body", required=False, default="Please")
    )

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Say what was typed."""
        assert isinstance(self.heading.component, ui.TextInput)
        assert isinstance(self.body.component, ui.TextInput)
        words = f"{self.heading.component.value} / {self.body.component.value}"
        await interaction.response.send_message(words, ephemeral=True)


class Buttons(ui.View):
    """A card's buttons."""

    @ui.button(label="Vote", custom_id="vote:1")
    async def vote(self, interaction: Asked, _: ui.Button[ui.View]) -> None:
        """Show the card with one more."""
        await interaction.response.edit_message(content="1 vote")

    @ui.button(label="Edit", custom_id="edit:1")
    async def edit(self, interaction: Asked, _: ui.Button[ui.View]) -> None:
        """Open a form."""
        await interaction.response.send_modal(Form())


def command(bot: Bot, name: str = "suggest") -> "app_commands.Command[Any, ..., None]":
    """A command that says hello."""

    @bot.tree.command(name=name, description="Suggest something")
    async def suggest(interaction: Asked) -> None:
        await interaction.response.send_message("Hello", ephemeral=True)

    return suggest


async def test_a_command_opens_a_form_and_its_answer_is_private(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    @bot.tree.command(description="Suggest something")
    async def suggest(interaction: Asked) -> None:
        await interaction.response.send_modal(Form())

    async with connected(server, bot):
        await bot.tree.sync()
        seen = await ana.slash(general, "suggest")
        assert seen.modal is not None
        assert seen.modal.title == "Suggest"
        assert seen.modal.prefilled == {"body": "Please"}
        short = await ana.submit(ana.screen.modal, {"title": "Dark"})
        assert short.error == "title: Must be between 5 and 4000 in length."
        assert short.modal is seen.modal, "it stays open"
        sent = await ana.submit(ana.screen.modal, {"Title": "Dark mode"})
        assert sent.message is not None
        assert sent.message.content == "Dark mode / Please"
        assert ana.screen.modal is None
        assert server.messages(general) == []
    server.assert_clean()


async def test_options_come_with_what_they_name_and_autocomplete_offers_choices(
    server: DiscordServer, ana: Person, ben: Person, general: Channel, bot: Bot
) -> None:
    group = app_commands.Group(name="idea", description="Ideas")

    @group.command(name="give", description="Give an idea to somebody")
    async def give(interaction: Asked, query: str, who: discord.Member, place: int = 1) -> None:
        words = f"{query} to {who.display_name}, {place}"
        await interaction.response.send_message(words)

    @give.autocomplete("query")
    async def ideas(_: Asked, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current} mode", value="12")]

    bot.tree.add_command(group)
    async with connected(server, bot):
        await bot.tree.sync()
        offered = await ana.autocomplete(general, "idea give", "query", "dark")
        assert [(one["name"], one["value"]) for one in offered.choices] == [("dark mode", "12")]
        seen = await ana.slash(general, "/idea give", {"query": "12", "who": ben, "place": 3})
        assert seen.reply is not None
        assert seen.reply.content == "12 to Ben, 3"
        assert server.messages(general) == [seen.reply]
    server.assert_clean()


async def test_a_press_is_answered_by_the_message_itself(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        await there(bot, general).send("0 votes", view=Buttons())
        (card,) = server.messages(general)
        seen = await ana.press(card, "Vote")
        assert seen.error is None
        assert card.content == "1 vote"
        opened = await ana.press(card, "edit:1")
        assert opened.modal is not None
        assert opened.modal.source is card
    server.assert_clean()


async def test_a_select_brings_what_was_chosen_also_in_a_layout(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    class Chooser(ui.Select[ui.LayoutView]):
        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await interaction.response.defer()
            shown = ui.LayoutView()
            shown.add_item(ui.TextDisplay(f"Status: {self.values[0]}"))
            await interaction.edit_original_response(view=shown)

    view = ui.LayoutView()
    options = [discord.SelectOption(label="Planned", value="planned")]
    view.add_item(ui.TextDisplay("Status"))
    view.add_item(ui.ActionRow(Chooser(custom_id="status", options=options)))
    async with connected(server, bot):
        await there(bot, general).send(view=view)
        (card,) = server.messages(general)
        await ana.choose(card, "status", ["planned"])
        await server.until(lambda: card.edited)
        assert [one["content"] for one in card.components] == ["Status: planned"]
        with pytest.raises(AssertionError, match="no status"):
            await ana.choose(card, "status", ["planned"])
    server.assert_clean()


async def test_a_menu_brings_the_message_it_is_used_on(
    server: DiscordServer, ana: Person, ben: Person, general: Channel, bot: Bot
) -> None:
    @bot.tree.context_menu(name="Turn into idea")
    async def turn(interaction: Asked, message: discord.Message) -> None:
        await interaction.response.send_message(f"Noted: {message.content}", ephemeral=True)

    async with connected(server, bot):
        await bot.tree.sync()
        said = await ben.say(general, "Dark mode please")
        seen = await ana.menu(said, "Turn into idea")
        assert seen.message is not None
        assert seen.message.content == "Noted: Dark mode please"
    server.assert_clean()


async def test_a_late_answer_finds_no_interaction(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    started, go, codes = asyncio.Event(), asyncio.Event(), []

    @bot.tree.command(description="Slow")
    async def slow(interaction: Asked) -> None:
        started.set()
        await go.wait()
        try:
            await interaction.response.send_message("Too late")
        except discord.NotFound as error:
            codes.append(error.code)

    async with connected(server, bot):
        await bot.tree.sync()
        asking = asyncio.create_task(ana.slash(general, "slow"))
        await asyncio.wait_for(started.wait(), 5.0)
        server.clock.advance(3.0)
        assert (await asking).error == SILENCE
        go.set()
        await server.until(lambda: server.problems)
        await server.settled()
    assert codes == [10062]
    assert ana.screen.errors == [SILENCE]
    assert server.messages(general) == []


async def test_without_anybody_connected_nothing_is_answered(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    command(bot)
    async with connected(server, bot):
        await bot.tree.sync()
    server.gateway.forget()  # else somebody may still come back and resume
    seen = await ana.slash(general, "suggest")
    assert seen.error == SILENCE


async def test_a_second_answer_is_refused(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    codes = []

    @bot.tree.command(description="Twice")
    async def twice(interaction: Asked) -> None:
        await interaction.response.send_message("Once")
        interaction.response._response_type = None  # as another process would
        try:
            await interaction.response.send_message("Twice")
        except discord.HTTPException as error:
            codes.append((error.status, error.code))
        except discord.InteractionResponded:
            codes.append((0, 0))

    async with connected(server, bot):
        await bot.tree.sync()
        await ana.slash(general, "twice")
        await server.until(lambda: server.problems)
        await server.settled()
    assert [one.content for one in server.messages(general)] == ["Once"]
    assert codes == [(400, 40060)]


async def test_a_deferred_answer_is_filled_in_and_the_token_ends_after_fifteen_minutes(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    codes = []

    @bot.tree.command(description="Think")
    async def think(interaction: Asked) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        assert ana.screen.thinking
        await interaction.followup.send("First")
        await interaction.followup.send("Second", ephemeral=True)
        await interaction.edit_original_response(content="First, edited")
        server.clock.advance(15 * 60)
        try:
            await interaction.followup.send("Third")
        except discord.HTTPException as error:
            codes.append((error.status, error.code))

    async with connected(server, bot):
        await bot.tree.sync()
        await ana.slash(general, "think")
        await server.until(lambda: server.called("POST /webhooks/{application}/{token}")[2:])
        await server.settled()
    assert [one.content for one in ana.screen.ephemerals] == ["First, edited", "Second"]
    assert ana.screen.thinking == []
    assert codes == [(401, 50027)]
    server.assert_clean()


async def test_thinking_that_never_ends_is_silence_after_fifteen_minutes(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    @bot.tree.command(description="Think")
    async def think(interaction: Asked) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        server.clock.advance(15 * 60)

    async with connected(server, bot):
        await bot.tree.sync()
        assert (await ana.slash(general, "think")).error == SILENCE
    assert ana.screen.thinking == []


@pytest.mark.parametrize("deferred", [True, False])
async def test_a_modal_is_the_first_answer_or_none(
    deferred: bool, server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    codes = []

    class Again(Form, title="Again"):
        async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
            try:
                await interaction.response.send_modal(Form())
            except discord.HTTPException as error:
                codes.append(error.code)

    @bot.tree.command(description="Open")
    async def open_(interaction: Asked) -> None:
        if not deferred:
            await interaction.response.send_modal(Again())
            return
        await interaction.response.defer()
        interaction.response._response_type = None
        try:
            await interaction.response.send_modal(Form())
        except discord.HTTPException as error:
            codes.append(error.code)
        await interaction.delete_original_response()

    async with connected(server, bot):
        await bot.tree.sync()
        await ana.slash(general, "open_")
        if not deferred:
            server.rules.answer_seconds = 0.2
            assert (await ana.submit(ana.screen.modal, {"title": "Dark mode"})).error == WRONG
            assert ana.screen.modal is not None, "it stays open"
        await server.until(lambda: codes)
    assert codes == [40060 if deferred else 50035]
    assert len(server.problems) == 1


async def test_an_interaction_tells_who_may_what(
    server: DiscordServer, community: Community, ana: Person, general: Channel, bot: Bot
) -> None:
    found = []
    moderators = community.add_role("Moderators", Permission.MANAGE_MESSAGES)

    @bot.tree.command(description="Look")
    async def look(interaction: Asked) -> None:
        assert isinstance(interaction.user, discord.Member)
        found.append([role.name for role in interaction.user.roles])
        found.append([str(interaction.permissions.manage_messages)])
        assert interaction.app_permissions.manage_threads
        await interaction.response.send_message("Seen", ephemeral=True)

    async with connected(server, bot):
        await bot.tree.sync()
        await community.give(ana, moderators)
        await ana.slash(general, "look")
    assert found == [["@everyone", "Moderators"], ["True"]]


async def test_somebody_without_the_right_is_not_offered_a_command(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    suggest = command(bot)
    suggest.default_permissions = discord.Permissions(manage_guild=True)
    async with connected(server, bot):
        await bot.tree.sync()
        with pytest.raises(AssertionError, match="not offered"):
            await ana.slash(general, "suggest")


async def test_what_is_private_is_gone_on_reload(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    command(bot)
    async with connected(server, bot):
        await bot.tree.sync()
        await ana.slash(general, "suggest")
        assert ana.screen.ephemeral is not None
        ana.reload()
        assert ana.screen.ephemerals == []


async def test_a_command_works_in_direct_messages(
    server: DiscordServer, ana: Person, bot: Bot
) -> None:
    command(bot)
    async with connected(server, bot):
        await bot.tree.sync()
        channel = (await ana.say_directly("Hello?")).channel
        seen = await ana.slash(channel, "suggest")
        assert seen.message is not None
        assert seen.message.content == "Hello"


async def test_a_command_for_guilds_is_not_offered_in_direct_messages(
    server: DiscordServer, ana: Person, bot: Bot
) -> None:
    suggest = command(bot)
    app_commands.guild_only(suggest)
    async with connected(server, bot):
        await bot.tree.sync()
        channel = (await ana.say_directly("Hello?")).channel
        with pytest.raises(AssertionError, match="no command"):
            await ana.slash(channel, "suggest")
