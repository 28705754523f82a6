"""What discord.py does that the bot builds on, or keeps away from, tried on our Discord: a new
version that does otherwise is noticed here."""

import asyncio
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands, ui

from tests.discord.community import Community
from tests.discord.failures import Failure, Refusal
from tests.discord.model import Channel
from tests.discord.person import Person
from tests.discord.running import Bot, connected, refused, there
from tests.discord.server import DiscordServer

POST = "POST /channels/{channel}/messages"
Said = list[tuple[str, str]]


def test_the_default_intents_read_nothing_along() -> None:
    default = discord.Intents.default()
    read_along = (default.message_content, default.members, default.presences)
    assert not any(read_along)
    assert default.reactions
    assert default.polls


def test_it_takes_five_menus_of_a_kind() -> None:
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))

    async def nothing(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Do nothing."""

    for number in range(5):
        tree.add_command(app_commands.ContextMenu(name=f"Menu {number}", callback=nothing))
    with pytest.raises(app_commands.CommandLimitReached):
        tree.add_command(app_commands.ContextMenu(name="Menu 5", callback=nothing))


async def test_its_views_end_after_three_minutes_and_only_endless_ones_outlive_a_restart(
    bot: Bot,
) -> None:
    assert ui.View().timeout == ui.LayoutView().timeout == 180
    named = ui.View(timeout=None)
    named.add_item(ui.Button(custom_id="vote:12", label="Vote"))
    bot.add_view(named)
    for view, named_by in ((ui.View(timeout=None), None), (ui.View(), "vote:12")):
        view.add_item(ui.Button(label="Vote", custom_id=named_by))
        with pytest.raises(ValueError, match="not persistent"):
            bot.add_view(view)


async def test_its_views_take_so_many_things_and_no_more() -> None:
    view = ui.View()
    for number in range(25):
        view.add_item(ui.Button(custom_id=str(number), label="Vote"))
    with pytest.raises(ValueError, match="maximum number"):
        view.add_item(ui.Button(custom_id="26", label="Vote"))
    select: ui.Select[ui.View] = ui.Select()
    for number in range(25):
        select.add_option(label=str(number))
    with pytest.raises(ValueError, match="maximum number"):
        select.add_option(label="26")
    layout = ui.LayoutView()
    for _ in range(40):
        layout.add_item(ui.TextDisplay("x"))
    with pytest.raises(ValueError, match="maximum number"):
        layout.add_item(ui.TextDisplay("x"))


@pytest.mark.parametrize(
    "sent",
    [
        {"content": "x" * 2_001},
        {"embed": discord.Embed(title="t" * 257)},
        {"embeds": [discord.Embed(description="d" * 4_000)] * 2},
    ],
    ids=("content", "title", "embeds"),
)
async def test_what_is_too_long_is_found_by_discord_and_not_before(
    sent: dict[str, Any], server: DiscordServer, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        assert await refused(there(bot, general).send(**sent)) == (400, 50035)
    assert len(server.called(POST)) == 1


async def test_a_layout_takes_the_place_of_words_only_when_they_are_emptied_and_stays(
    server: DiscordServer, general: Channel, bot: Bot
) -> None:
    layout = ui.LayoutView()
    layout.add_item(ui.TextDisplay("Planned"))
    async with connected(server, bot):
        sent = await there(bot, general).send("A card", embed=discord.Embed(title="Dark mode"))
        assert (await refused(sent.edit(view=layout)))[0] == 400
        await sent.edit(content=None, embeds=[], view=layout)
        (card,) = server.messages(general)
        assert card.flags & 32_768
        assert (await refused(sent.edit(content="A card", view=None)))[0] == 400


async def test_what_it_tries_again_by_itself_has_the_same_nonce(
    server: DiscordServer, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        server.fail_next(POST, Failure.CRASH)
        await there(bot, general).send("Hello")
    first, second = (call.body for call in server.called(POST))
    assert first["nonce"] == second["nonce"]
    assert second["enforce_nonce"] is True
    assert len(server.messages(general)) == 1


async def test_it_does_not_sleep_for_minutes(server: DiscordServer, general: Channel) -> None:
    bot = Bot(server, max_ratelimit_timeout=30.0)
    async with connected(server, bot):
        server.fail_next(POST, Failure.BUSY, retry_after=90)
        with pytest.raises(discord.RateLimited) as caught:
            await there(bot, general).send("Hello")
    assert caught.value.retry_after == pytest.approx(90, abs=1)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, 50013, discord.Forbidden),
        (403, 50001, discord.Forbidden),
        (403, 50007, discord.Forbidden),
        (404, 10008, discord.NotFound),
        (404, 10003, discord.NotFound),
    ],
)
async def test_a_refusal_tells_its_code(
    status: int,
    code: int,
    kind: type[discord.HTTPException],
    server: DiscordServer,
    general: Channel,
    bot: Bot,
) -> None:
    async with connected(server, bot):
        server.fail_next(POST, Refusal(status, code))
        with pytest.raises(kind) as caught:
            await there(bot, general).send("Hello")
    assert (caught.value.status, caught.value.code) == (status, code)


async def test_a_429_of_cloudflares_is_an_error_and_no_wait(
    server: DiscordServer, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        server.fail_next(POST, Failure.BANNED)
        assert await refused(there(bot, general).send("Hello")) == (429, 0)
    assert len(server.called(POST)) == 1


async def test_answers_are_json_and_say_no_more(server: DiscordServer) -> None:
    headers = {"Authorization": f"Bot {server.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{server.api_url}/users/@me") as answer,
    ):
        assert answer.headers["Content-Type"] == "application/json"


async def test_an_archived_thread_is_written_to_without_being_known(
    server: DiscordServer, community: Community, ana: Person, general: Channel, bot: Bot
) -> None:
    thread = await ana.start_thread(await ana.say(general, "Dark mode?"), "Dark mode")
    await ana.archive(thread)
    async with connected(server, bot):
        assert bot.get_channel(int(thread.id)) is None
        await there(bot, thread).send("Planned")
    assert thread.thread
    assert not thread.thread.archived


class Form(ui.Modal, title="Suggest"):
    """A form that keeps what was typed; `said` is shared by all openings."""

    heading: ui.Label[Any] = ui.Label(text="Title", component=ui.TextInput(custom_id="title"))

    def __init__(self, said: Said, meet: asyncio.Barrier, **options: Any) -> None:  # noqa: ANN401
        super().__init__(**options)
        self._said, self._meet = said, meet

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Read it once both have sent theirs, as a slow look-up would."""
        await self._meet.wait()
        assert isinstance(self.heading.component, ui.TextInput)
        self._said.append((interaction.user.name, self.heading.component.value))
        await interaction.response.send_message("Saved", ephemeral=True)


@pytest.mark.parametrize("shared", [True, False])
async def test_two_people_with_one_form_are_confused_and_with_their_own_are_not(
    shared: bool,
    server: DiscordServer,
    ana: Person,
    ben: Person,
    general: Channel,
    bot: Bot,
) -> None:
    said: Said = []
    meet = asyncio.Barrier(2)
    only = Form(said, meet, custom_id="suggest")

    @bot.tree.command(description="Suggest something")
    async def suggest(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_modal(only if shared else Form(said, meet))

    async with connected(server, bot):
        await bot.tree.sync()
        forms = [(await one.slash(general, "suggest")).modal for one in (ana, ben)]
        await asyncio.gather(
            ana.submit(forms[0], {"title": "Dark mode"}),
            ben.submit(forms[1], {"title": "Export as CSV"}),
        )
    words = dict(said)
    assert (words["ana"] == words["ben"]) is shared


async def test_a_form_that_is_never_sent_is_kept(
    server: DiscordServer, ana: Person, general: Channel, bot: Bot
) -> None:
    @bot.tree.command(description="Suggest something")
    async def suggest(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_modal(Form([], asyncio.Barrier(1)))

    async with connected(server, bot):
        await bot.tree.sync()
        for _ in range(3):
            await ana.slash(general, "suggest")
            ana.dismiss()
        kept = bot._connection._view_store._modals
        assert len(kept) >= 2, "the last may still be on its way there"


def test_its_escaping_leaves_mentions_to_what_is_allowed() -> None:
    assert discord.utils.escape_markdown("*a* https://x.example/a_b") == (
        "\\*a\\* https://x.example/a_b"
    )
    assert discord.utils.escape_mentions("@everyone <@1>") == "@\u200beveryone <@1>"
