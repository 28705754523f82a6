"""Rate limits as discord.py meets them, invalid requests, and calls that go wrong."""

import time

import aiohttp
import discord
import pytest

from tests.discord.failures import Failure, Refusal
from tests.discord.model import Channel
from tests.discord.person import Person
from tests.discord.rules import Bucket
from tests.discord.running import Bot, connected, refused, there
from tests.discord.server import DiscordServer

POST = "POST /channels/{channel}/messages"


async def test_a_bucket_is_told_in_headers_and_discord_py_waits_for_it(
    server: DiscordServer, general: Channel, bot: Bot
) -> None:
    server.rules.buckets[POST] = Bucket(2, 0.2)
    async with connected(server, bot):
        began = time.monotonic()
        for number in range(3):
            await there(bot, general).send(str(number))
        assert time.monotonic() - began >= 0.19
    assert [call.status for call in server.called(POST)] == [200, 200, 200]
    server.assert_clean()


@pytest.mark.parametrize(
    ("failure", "invalid"),
    [(Failure.BUSY, 1), (Failure.BUSY_GLOBAL, 1), (Failure.BUSY_SHARED, 0)],
)
async def test_a_429_is_honoured_and_counts_unless_it_is_shared(
    failure: Failure, invalid: int, server: DiscordServer, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        server.fail_next(POST, failure, retry_after=0.05)
        await there(bot, general).send("Hello")
    assert [call.status for call in server.called(POST)] == [429, 200]
    assert server.invalid_requests == invalid
    server.assert_clean()


async def test_asking_again_too_early_is_a_problem(server: DiscordServer, general: Channel) -> None:
    server.rules.buckets[POST] = Bucket(1, 60.0)
    address = f"{server.api_url}/channels/{general.id}/messages"
    headers = {"Authorization": f"Bot {server.token}"}
    hello = {"content": "Hello", "allowed_mentions": {"parse": []}}
    answers = []
    async with aiohttp.ClientSession(headers=headers) as session:
        for _ in range(3):
            async with session.post(address, json=hello) as answer:
                answers.append((answer.status, answer.headers.get("X-RateLimit-Scope")))
    assert answers == [(200, None), (429, "user"), (429, "user")]
    assert server.problems == [f"{POST}: asked again before retry_after was over"]


async def test_cloudflare_shuts_the_door_after_too_many_invalid_requests(
    server: DiscordServer, general: Channel, bot: Bot
) -> None:
    server.rules.invalid_requests = Bucket(2, 600.0)
    async with connected(server, bot):
        server.fail_next(POST, Refusal(403, 50013), times=2)
        for _ in range(2):
            assert await refused(there(bot, general).send("Hello")) == (403, 50013)
        assert await refused(there(bot, general).send("Hello")) == (429, 0)
        server.clock.advance(601)
        await there(bot, general).send("Hello")


async def test_opening_many_conversations_is_refused(
    server: DiscordServer, ana: Person, ben: Person, bot: Bot
) -> None:
    server.rules.new_directs = Bucket(1, 600.0)
    async with connected(server, bot):
        await (await bot.fetch_user(int(ana.id))).create_dm()
        bot.http.max_ratelimit_timeout = 0.01
        with pytest.raises(discord.RateLimited):
            await (await bot.fetch_user(int(ben.id))).create_dm()
    assert server.problems == ["POST /users/@me/channels: too many new conversations (40003)"]


async def test_calls_are_kept_without_tokens(
    server: DiscordServer, general: Channel, bot: Bot
) -> None:
    async with connected(server, bot):
        await there(bot, general).send("Hello")
    assert server.token not in repr(server.calls)
    (call,) = server.called(POST)
    assert (call.path, call.body["content"]) == (f"/channels/{general.id}/messages", "Hello")
