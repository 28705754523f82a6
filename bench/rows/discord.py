"""What the gateway tells, as text, through the real discord.py to the answer, beside discord.py
with a handler that does nothing. Discord itself is a page on this machine that agrees to all."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import discord
from aiohttp import web
from aiohttp.test_utils import TestServer
from discord.gateway import DiscordWebSocket

from adapters.discord.answers import Answers
from adapters.discord.client import Login, build_client
from adapters.discord.community import Community
from adapters.discord.listener import Listener
from adapters.discord.news import News
from adapters.discord.parked import Parked
from adapters.discord.people import People
from adapters.discord.shown import Shown
from bench.lab import Lab
from bench.table import Row, beside, ratio
from bench.timing import in_turn
from bot.cli.parts import SystemClock, build
from bot.config import NO_SECRETS, Config, parse
from handlers.routes import ROUTES

Json = dict[str, Any]
BOT, GUILD, CHANNEL, PEOPLE = 1_000, 2_000, 3_000, 20
_AT_ONCE = 20
_BEGINNING = 1_500_000_000_000_000_000
_FIRST_FORM = 1_000_000
"""Forms are counted from here, so that no vote has the id of one: it would be heard twice."""
_INTENTS = discord.Intents(guilds=True, messages=True, reactions=True, message_content=True)
_HANDLERS = "discord.py: on_", "discord-ui-dynamic-item-"
"""What discord.py calls the tasks of those who hear."""
_NOTE = "through discord.py to the answer, beside discord.py with a handler that does nothing"


@dataclass(frozen=True, slots=True)
class Wire:
    """A client that is logged in, and where its gateway's text goes in."""

    socket: DiscordWebSocket

    async def hear(self, texts: list[str]) -> None:
        """What the gateway says; return when every handler is done with it."""
        for text in texts:
            await self.socket.received_message(text)
        heard = [one for one in asyncio.all_tasks() if one.get_name().startswith(_HANDLERS)]
        await asyncio.gather(*heard)


async def talking(lab: Lab) -> Row:
    """A message that is not for the bot."""
    bodies = (_told("MESSAGE_CREATE", _message(number)) for number in count())
    return ratio("Discord: a plain message", *await _in_turn(lab, bodies), 1.5, 3, _NOTE)


async def voting(lab: Lab) -> Row:
    """A press on *Vote*."""
    return beside("Discord: a vote", *await _in_turn(lab, _votes(lab)), _NOTE)


async def submitting(lab: Lab) -> Row:
    """A form."""
    return beside("Discord: a form", *await _in_turn(lab, _forms(lab)), _NOTE)


async def _in_turn(lab: Lab, texts: Iterator[str]) -> tuple[list[float], list[float]]:
    """Seconds for each, of both."""
    async with _bench(lab) as (ours, idle):

        def through(wire: Wire) -> Callable[[], Awaitable[None]]:
            async def run() -> None:
                await wire.hear([next(texts) for _ in range(_AT_ONCE)])

            return run

        times = await in_turn(max(1, lab.scale.rounds // 10), through(ours), through(idle))
    mine, base = ([each / _AT_ONCE for each in side] for side in times)
    return mine, base


@asynccontextmanager
async def _bench(lab: Lab) -> AsyncIterator[tuple[Wire, Wire]]:
    """Ours with everything behind it, and one that does nothing."""
    shelf = await lab.shelf(lab.scale.few)
    async with TestServer(_agreeable()) as server:
        config = _config(str(server.make_url("/api/v10")))
        dispatch = build(config, shelf.database, {}, SystemClock()).dispatch
        settings = config.connections["community"]
        async with (
            build_client(settings, _INTENTS, 0) as ours,
            build_client(settings, _INTENTS, 0) as idle,
        ):
            at = Community("community", settings, (), ours)
            people = People(at)
            News(
                at, people, Parked(at.monotonic), config.voting.emoji, dispatch, SystemClock()
            ).attach()
            shown = Shown(at.monotonic)
            Listener(at, people, Answers(ours), shown, dispatch, ROUTES).attach()
            idle.hear("message", _nothing)
            idle.hear("interaction", _nothing)
            yield await _wire(ours), await _wire(idle)


async def _nothing(_event: object) -> None:
    """A handler that does nothing."""


async def _wire(client: Login) -> Wire:
    """As `DiscordWebSocket.from_client` sets one up, without a network."""
    await client.login("bench")
    socket = DiscordWebSocket(None, loop=asyncio.get_running_loop())  # type: ignore[arg-type]
    socket._connection = client._connection
    socket._discord_parsers = client._connection.parsers
    socket._dispatch = client.dispatch
    socket.sequence, socket.shard_id, socket.shard_count = 0, None, None
    await socket.received_message(_told("READY", _ready()))
    await socket.received_message(_told("GUILD_CREATE", _guild()))
    await client.wait_until_ready()
    return Wire(socket)


def _config(url: str) -> Config:
    text = f"""
        [connections.community]
        platform = "discord"
        token = "$TOKEN"
        api_url = "{url}"
        listen = ["{CHANNEL}"]
        [capture]
        daily_limit = 1000000
        """
    return parse(text, NO_SECRETS, Path.cwd())


def _agreeable() -> web.Application:
    """Says who the bot is, and yes to all else."""
    known: dict[str, Json] = {
        "/api/v10/users/@me": _user(BOT),
        "/api/v10/oauth2/applications/@me": {
            "id": str(BOT), "name": "Bench", "description": "", "icon": None, "flags": 0,
            "bot_public": True, "bot_require_code_grant": False, "verify_key": "",
            "owner": _user(BOT + 1), "summary": "",
        },
        "/api/v10/gateway/bot": {
            "url": "wss://gateway.discord.gg", "shards": 1,
            "session_start_limit": {"remaining": 1_000},
        },
    }  # fmt: skip

    async def agree(request: web.Request) -> web.Response:
        answer = known.get(request.path, {})
        return web.Response(body=json.dumps(answer), headers={"Content-Type": "application/json"})

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", agree)
    return app


def _told(name: str, body: Json) -> str:
    return json.dumps({"op": 0, "t": name, "s": 1, "d": body})


def _user(number: int) -> Json:
    name = f"ana{number}"
    return {"id": str(number), "username": name, "discriminator": "0", "avatar": None}


def _member(number: int) -> Json:
    joined = "2026-01-01T00:00:00+00:00"
    return {"roles": [], "joined_at": joined, "deaf": False, "mute": False, "flags": 0}


def _ready() -> Json:
    user = _user(BOT) | {"bot": True}
    application = {"id": str(BOT), "flags": 0}
    away = [{"id": str(GUILD), "unavailable": True}]
    return {
        "v": 10, "user": user, "guilds": away, "session_id": "s", "application": application,
        "resume_gateway_url": "wss://gateway.discord.gg",
    }  # fmt: skip


def _guild() -> Json:
    everyone = {
        "id": str(GUILD), "name": "@everyone", "color": 0, "hoist": False, "position": 0,
        "permissions": str(1 << 10), "managed": False, "mentionable": False, "colors": {},
    }  # fmt: skip
    channel = {
        "id": str(CHANNEL), "type": 0, "name": "general", "position": 0,
        "permission_overwrites": [],
    }  # fmt: skip
    return {
        "id": str(GUILD), "name": "Bench", "owner_id": str(BOT + 1), "roles": [everyone],
        "channels": [channel], "members": [], "threads": [], "emojis": [], "features": [],
        "unavailable": False, "member_count": 1_000, "stickers": [],
    }  # fmt: skip


def _message(number: int) -> Json:
    who = BOT + 10 + number % PEOPLE
    return {
        "id": str(_BEGINNING + number), "channel_id": str(CHANNEL), "guild_id": str(GUILD),
        "author": _user(who), "member": _member(who), "type": 0, "flags": 0, "tts": False,
        "content": "How do I move the dock to the left?", "pinned": False, "mentions": [],
        "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "attachments": [],
        "embeds": [], "components": [], "mention_roles": [], "mention_everyone": False,
    }  # fmt: skip


def _interaction(kind: int, number: int, person: int, data: Json) -> Json:
    member = _member(person) | {"user": _user(BOT + 10 + person % PEOPLE), "permissions": "1024"}
    return {
        "id": str(_BEGINNING + number), "type": kind, "token": f"t{number}", "version": 1,
        "application_id": str(BOT), "guild_id": str(GUILD), "channel_id": str(CHANNEL),
        "channel": {"id": str(CHANNEL), "type": 0}, "member": member, "data": data,
        "attachment_size_limit": 10, "entitlements": [], "authorizing_integration_owners": {},
        "context": 0, "app_permissions": "1024",
    }  # fmt: skip


def _votes(lab: Lab) -> Iterator[str]:
    for number in count():
        data = {"component_type": 2, "custom_id": f"vote:{number % lab.scale.few + 1}"}
        row = {"type": 1, "components": [{"type": 2, "style": 3, "label": "Vote"} | data]}
        card = _message(number) | {"author": _user(BOT), "components": [row]}
        body = _interaction(3, number, number // lab.scale.few, data) | {"message": card}
        yield _told("INTERACTION_CREATE", body)


def _forms(lab: Lab) -> Iterator[str]:
    for number in count(_FIRST_FORM):
        words = lab.language.wording()
        typed = {"title": words.title, "body": words.body}
        fields = [
            {"type": 18, "id": at, "component": {"type": 4, "custom_id": name, "value": text}}
            for at, (name, text) in enumerate(typed.items())
        ]
        data = {"custom_id": f"suggest#{number}", "components": fields}
        yield _told("INTERACTION_CREATE", _interaction(5, number, number, data))
