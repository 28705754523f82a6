"""A connection begins, ends and begins again; only its own trouble stops it."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from adapters.discord.adapter import DiscordAdapter
from bot.errors import DeliveryError, DirectRefused, Forgotten, NotConnected
from bot.events import Event, MessagePosted
from bot.messages import Message
from bot.ports import SendDirect, SendFollowup, SendPost
from bot.refs import AccountRef, ChannelRef
from handlers.routes import ROUTES
from tests.adapters.discord.company import Company, open_company, words_of
from tests.discord.failures import Failure

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


async def test_commands_are_written_once_and_only_when_they_changed(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.restart()
        written = [one for one in company.server.calls if one.route.startswith("PUT /app")]
        assert len(written) == 1
        shown = [one.name for one in company.server.app.commands]
        assert sorted(set(shown)) == sorted(shown)


async def test_nothing_is_sent_by_a_connection_that_is_not_there(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        sending = SendPost(ChannelRef("fans", company.ideas.id), HELLO)
        with pytest.raises(DeliveryError, match="not connected"):
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


async def test_a_post_is_found_again_when_discord_has_forgotten_its_nonce(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        since = company.clock.now()
        sending = SendPost(ChannelRef("fans", company.ideas.id), HELLO)
        await company.discord.send(sending, "sb1")
        company.server.clock.advance(3_600)
        await company.discord.send(sending, "sb1", since)
        assert len(company.server.messages(company.ideas)) == 1


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
