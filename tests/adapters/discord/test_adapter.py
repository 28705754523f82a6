"""A connection begins, ends and begins again; only its own trouble stops it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from discord.gateway import KeepAliveHandler
from structlog.testing import capture_logs

from adapters.discord.adapter import DiscordAdapter
from adapters.discord.client import RESERVE
from bot.errors import (
    DeliveryError,
    DirectRefused,
    Forgotten,
    NotConnected,
    PermanentDeliveryError,
)
from bot.events import Event, MessagePosted
from bot.messages import Action, Button, Card, Message
from bot.ports import SendDirect, SendFollowup, SendPost
from bot.refs import AccountRef, ChannelRef, MessageRef
from handlers.routes import ROUTES
from tests.adapters.discord.company import Company, open_company, words_of
from tests.discord import talk
from tests.discord.failures import Failure, Refusal
from tests.discord.model import Command
from tests.discord.rules import Bucket

HELLO = Message((("Hello",),))


async def nobody(_event: object) -> None:
    """A sink that does nothing."""


def another(company: Company) -> DiscordAdapter:
    """A second adapter for the community."""
    return DiscordAdapter("fans", company.config, ROUTES, company.clock, ready_seconds=0)


async def ended(adapter: DiscordAdapter) -> NotConnected:
    """How a connection ends by itself."""
    async with asyncio.timeout(10):
        with pytest.raises(NotConnected) as caught:
            await adapter.run(nobody)
    assert "\n" not in str(caught.value)
    return caught.value


async def test_a_token_that_is_refused_is_one_line_that_names_the_fix(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.reset_token()
        with pytest.raises(NotConnected, match="Reset Token"):
            await another(company).workspace()
        assert "Reset Token" in str(await ended(another(company)))


async def test_an_intent_that_is_not_switched_on_is_named(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.app.portal = 0
        assert "Message Content Intent" in str(await ended(another(company)))


async def test_what_is_not_right_is_told_at_the_start_and_stops_nothing(tmp_path: Path) -> None:
    async with open_company(tmp_path, 'moderators_channel = "1057000000000000009"') as company:
        with capture_logs() as logs:
            await company.restart()
        told = [one for one in logs if one["event"] == "to_look_at"]
        assert {one["part"] for one in told} == {"fans/1057000000000000009"}
        assert "there is no such channel" in told[0]["text"]
        await company.ana.slash(company.talk, "suggest")
        assert company.ana.screen.modal


async def test_the_last_logins_of_a_day_are_left_alone(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.rules.identifies_a_day = 20
        before = company.server.gateway.identifies
        assert "logins are left" in str(await ended(another(company)))
        assert company.server.gateway.identifies == before


async def begun(company: Company) -> str:
    """A bot that is started and ends at once; why it could not begin, if it could not."""
    adapter = another(company)
    running = asyncio.create_task(adapter.run(nobody))
    current = asyncio.create_task(adapter.current.wait())
    async with asyncio.timeout(10):
        await asyncio.wait({running, current}, return_when=asyncio.FIRST_COMPLETED)
    for task in (running, current):
        task.cancel()
    ended, _ = await asyncio.gather(running, current, return_exceptions=True)
    return str(ended) if isinstance(ended, NotConnected) else ""


async def test_a_bot_that_is_started_again_and_again_keeps_its_token(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.rules.identifies_a_day = RESERVE + 3
        before, token = company.server.gateway.identifies, company.server.token
        refused = [await begun(company) for _ in range(12)]
        assert refused[:3] == ["", "", ""]
        assert all("logins are left" in why for why in refused[3:])
        assert company.server.gateway.identifies == before + 3
        assert company.server.token == token
        company.server.clock.advance(24 * 3600)
        assert not await begun(company), "tomorrow it goes on by itself"


async def test_a_session_that_is_never_valid_leaves_the_last_logins_alone(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        running = asyncio.create_task(ended(another(company)))
        await company.server.connected(2)
        before = company.server.gateway.identifies
        company.server.rules.identifies_a_day = 20
        company.server.gateway.invalidate()
        assert "logins are left" in str(await running)
        assert company.server.gateway.identifies == before
        await company.stop()
        for one in threading.enumerate():
            if isinstance(one, KeepAliveHandler):
                await asyncio.to_thread(one.join, 5)
                assert not one.is_alive(), "heartbeats of a socket that was not let in"
    beating = [one for one in threading.enumerate() if isinstance(one, KeepAliveHandler)]
    for one in beating:
        one.join(5)
    assert not any(one.is_alive() for one in beating)


async def test_commands_are_written_once_and_only_when_they_changed(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.restart()
        written = [one for one in company.server.calls if one.route.startswith("PUT /app")]
        assert len(written) == 1
        shown = [one.name for one in company.server.app.commands]
        assert sorted(set(shown)) == sorted(shown)


async def test_a_command_that_changed_is_written_and_what_stands_twice_goes(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        await company.stop()
        known = company.server.app.commands
        offered = described(known)
        known[0].body["description"] = "Another time's words"
        known.append(replace(known[1], id="1", guild=None))
        await company.start()
        await company.server.until(lambda: described(company.server.app.commands) == offered)
        assert {one.guild for one in company.server.app.commands} == {company.fans.id}


def described(commands: Sequence[Command]) -> list[tuple[str, object]]:
    """What is said of each command."""
    return sorted((one.name, str(one.body.get("description"))) for one in commands)


async def test_commands_that_could_not_be_written_are_written_soon(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.stop()
        company.server.app.commands.clear()
        route = "GET /applications/{application}/guilds/{guild}/commands"
        company.server.fail_next(route, Failure.BLOCKED)
        await company.start()
        await company.server.until(lambda: company.server.app.commands)


async def test_a_server_that_refuses_commands_leaves_the_others_theirs(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        elsewhere = company.server.add_community("Elsewhere")
        settings = company.config.connections["fans"]
        settings = settings.model_copy(update={"guilds": (company.fans.id, elsewhere.id)})
        company.config.connections["fans"] = settings
        await company.stop()
        company.server.app.commands.clear()
        company.fans.guild.commands_allowed = False
        await company.start()
        await company.server.until(lambda: company.server.app.commands)
        assert {one.guild for one in company.server.app.commands} == {elsewhere.id}


async def test_a_server_that_the_bot_is_added_to_later_gets_its_commands(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.add_community("Elsewhere")
        offered = {one.name for one in company.server.app.commands}
        await company.fans.kick_bot()
        company.server.app.commands.clear()
        await company.fans.invite_bot()
        await company.server.until(lambda: company.server.app.commands)
        assert {one.name for one in company.server.app.commands} == offered
        await company.ana.slash(company.talk, "suggest")
        assert company.ana.screen.modal


async def test_nothing_is_sent_by_a_connection_that_is_not_there(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        sending = SendPost(ChannelRef("fans", company.ideas.id), HELLO)
        with pytest.raises(NotConnected):
            await another(company).send(sending, "sb1")


@pytest.mark.parametrize("failure", [Failure.CRASH, Failure.DROP, Failure.DROP_BEFORE])
async def test_a_post_that_is_repeated_stands_there_once(tmp_path: Path, failure: Failure) -> None:
    async with open_company(tmp_path) as company:
        sending = SendPost(ChannelRef("fans", company.ideas.id), HELLO)
        company.server.fail_next("POST /channels/{channel}/messages", failure)
        with suppress(DeliveryError):
            await company.discord.send(sending, "sb1")
        again = await company.discord.send(sending, "sb1", company.clock.now())
        (message,) = company.server.messages(company.ideas)
        assert again
        assert again.message == message.id


@pytest.mark.parametrize("failure", [Failure.BLOCKED, Failure.GARBLED])
async def test_what_is_no_answer_of_discords_is_tried_again(
    tmp_path: Path, failure: Failure
) -> None:
    async with open_company(tmp_path) as company:
        sending = SendPost(ChannelRef("fans", company.ideas.id), HELLO)
        company.server.fail_next("POST /channels/{channel}/messages", failure)
        with pytest.raises(DeliveryError) as caught:
            await company.discord.send(sending, "sb1")
        assert type(caught.value) is DeliveryError


async def test_a_post_is_found_again_when_discord_has_forgotten_its_nonce(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        since = company.clock.now()
        sending = SendPost(ChannelRef("fans", company.ideas.id), HELLO)
        await company.discord.send(sending, "sb1")
        await company.restart()
        company.server.clock.advance(3_600)
        await company.discord.send(sending, "sb1", since)
        assert len(company.server.messages(company.ideas)) == 1


async def test_a_long_wait_is_the_queues_and_holds_up_no_call(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        sending = SendPost(ChannelRef("fans", company.ideas.id), HELLO)
        company.server.rules.buckets["POST /channels/{channel}/messages"] = Bucket(1, 15.0)
        async with asyncio.timeout(5):
            assert await company.discord.send(sending, "sb1")
            with pytest.raises(DeliveryError) as caught:
                await company.discord.send(sending, "sb2")
        assert caught.value.retry_after == pytest.approx(15, abs=2)


async def test_a_card_is_found_again_though_its_count_has_changed(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        since, here = company.clock.now(), ChannelRef("fans", company.ideas.id)
        vote = Button("Vote", Action.of("vote", 12))
        before, now, other = (
            Message(cards=(Card(title, ((text,),), buttons=(vote,)),))
            for title, text in (("#12 Dark", "1 vote"), ("#12 Dark", "2 votes"), ("#12", "2 votes"))
        )
        first = await company.discord.send(SendPost(here, before), "sb1")
        await company.restart()
        company.server.clock.advance(3_600)
        assert await company.discord.send(SendPost(here, now), "sb1", since) == first
        assert await company.discord.send(SendPost(here, other), "sb2", since) != first


async def test_what_another_row_has_sent_is_not_taken_for_a_repeat(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        since, sending = company.clock.now(), SendPost(ChannelRef("fans", company.ideas.id), HELLO)
        first = await company.discord.send(sending, "sb1")
        company.server.clock.advance(3_600)
        assert await company.discord.send(sending, "sb2", since) != first
        assert await company.discord.send(sending, "sb1", since) == first


async def test_a_post_is_found_again_below_much_that_came_before(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        since, sending = company.clock.now(), SendPost(ChannelRef("fans", company.ideas.id), HELLO)
        world = company.server.world
        for at in range(120):
            talk.post(world, talk.written(world, company.ana.user, company.ideas, f"Wish {at}"))
        first = await company.discord.send(sending, "sb1")
        company.server.clock.advance(3_600)
        assert await company.discord.send(sending, "sb1", since) == first


async def test_what_is_said_in_a_closed_thread_stands_though_we_may_not_close_it_again(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        said = await company.ana.say(company.talk, "The export fails.")
        thread = await company.ana.start_thread(said, "Export")
        await company.ana.archive(thread)
        company.server.fail_next("PATCH /channels/{channel}", Refusal(403, 50013))
        sending = SendPost(
            ChannelRef("fans", company.talk.id),
            HELLO,
            MessageRef("fans", company.talk.id, said.id),
        )
        sent = await company.discord.send(sending, "sb1")
        assert sent
        assert sent.message == company.server.messages(thread)[-1].id


async def test_what_is_for_a_thread_we_may_not_see_is_not_said_above_it(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.fail_next("GET /channels/{channel}", Refusal(403, 50001))
        hidden = MessageRef("fans", company.talk.id, "1057000000000000009")
        sending = SendPost(ChannelRef("fans", company.talk.id), HELLO, hidden)
        with pytest.raises(PermanentDeliveryError):
            await company.discord.send(sending, "sb1")
        assert not company.server.messages(company.talk)


async def test_somebody_who_takes_no_direct_messages_refuses_them(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.ana.close_directs()
        with pytest.raises(DirectRefused):
            await company.discord.send(
                SendDirect(AccountRef("discord", company.ana.id), HELLO), "sb1"
            )


async def test_an_interaction_is_answered_later_until_its_token_expires(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.ana.slash(company.talk, "ideas")
        (made,) = company.server.world.interactions.all.values()
        sending = SendFollowup(made.token, AccountRef("discord", company.ana.id), HELLO)
        await company.discord.send(sending, "sb1")
        assert company.ana.screen.ephemeral
        assert words_of(company.ana.screen.ephemeral) == "Hello"
        company.server.clock.advance(16 * 60)
        with pytest.raises(Forgotten):
            await company.discord.send(sending, "sb2")


async def send_hello(company: Company, adapter: DiscordAdapter) -> None:
    await adapter.send(SendPost(ChannelRef("fans", company.ideas.id), HELLO), "sb1")


async def read_one(company: Company, adapter: DiscordAdapter) -> None:
    await adapter.read_message(MessageRef("fans", company.ideas.id, "1"))


@pytest.mark.parametrize("ask", [send_hello, read_one])
async def test_whoever_first_meets_a_refused_token_ends_the_connection(
    tmp_path: Path, ask: Callable[[Company, DiscordAdapter], Awaitable[None]]
) -> None:
    async with open_company(tmp_path) as company:
        adapter = another(company)
        running = asyncio.create_task(ended(adapter))
        await company.server.connected(2)
        async with asyncio.timeout(5):
            await adapter.current.wait()
        company.server.app.token = "another"
        with pytest.raises(NotConnected, match="Reset Token"):
            await ask(company, adapter)
        assert "Reset Token" in str(await running)


async def test_an_answer_that_discord_takes_no_more_is_not_tried_again(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        sending = SendFollowup("t", AccountRef("discord", company.ana.id), HELLO)
        route = "POST /webhooks/{application}/{token}"
        company.server.fail_next(route, Refusal(400, 50006))
        with pytest.raises(PermanentDeliveryError):
            await company.discord.send(sending, "sb1")
        company.server.fail_next(route, Failure.BUSY, retry_after=60)
        with pytest.raises(DeliveryError) as caught:
            await company.discord.send(sending, "sb1")
        assert caught.value.retry_after == 60


async def test_a_token_that_is_reset_later_ends_the_connection(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        adapter = another(company)
        running = asyncio.create_task(ended(adapter))
        await company.server.connected(2)
        async with asyncio.timeout(5):
            await adapter.current.wait()
        company.server.reset_token()
        assert "Reset Token" in str(await running)


async def test_what_was_heard_is_dealt_with_before_the_connection_ends(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        began, go_on, dealt_with = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def sink(event: Event) -> None:
            if isinstance(event, MessagePosted):
                began.set()
                await go_on.wait()
                dealt_with.set()

        adapter = another(company)
        running = asyncio.create_task(adapter.run(sink))
        await company.server.connected(2)
        async with asyncio.timeout(5):
            await adapter.current.wait()
        await company.ana.say(company.talk, "Hello")
        await began.wait()
        running.cancel()
        asyncio.get_running_loop().call_later(0.01, go_on.set)
        with suppress(asyncio.CancelledError):
            await running
        assert dealt_with.is_set()


async def test_another_servers_people_are_not_heard(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        elsewhere = company.server.add_community("Strangers")
        stranger = elsewhere.add_user("Zoe")
        channel = elsewhere.add_channel("general")
        await stranger.say(channel, f"<@{company.server.bot.id}> suggest Free money")
        await company.pass_time()
        async with company.database.reading() as store:
            assert await store.idea(1) is None
