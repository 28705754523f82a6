"""What Slack delivers, through the real Bolt to the acknowledgement, beside Bolt with a listener
that does nothing. Slack itself is a page on this machine that agrees to everything."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack.answers import Answers
from adapters.slack.channels import Channels
from adapters.slack.client import Web
from adapters.slack.facts import ChannelFacts, Identity
from adapters.slack.listener import ANY, Listener
from adapters.slack.log import LIBRARY
from adapters.slack.needs import needs
from adapters.slack.people import People
from adapters.slack.reading import Reading
from adapters.slack.workspace import Workspace
from bench.lab import Lab
from bench.table import Row, beside, ratio
from bench.timing import in_turn
from bot.cli.parts import SystemClock, build
from bot.config import NO_SECRETS, Config, parse

Json = dict[str, Any]
CHANNEL, PEOPLE = "C0GENERAL", 20
_AT_ONCE = 20
_NOTE = "through Bolt to the acknowledgement, beside Bolt with a listener that does nothing"


@dataclass(frozen=True, slots=True)
class Bench:
    """Two apps of Bolt: ours with everything behind it, and one that does nothing."""

    ours: AsyncApp
    idle: AsyncApp
    url: str


async def talking(lab: Lab) -> Row:
    """A message that is not for the bot."""
    bodies = (_message(number) for number in count())
    return ratio("Slack: a plain message", *await _in_turn(lab, bodies), 1.5, 3, _NOTE)


async def voting(lab: Lab) -> Row:
    """A press on *Vote*."""
    return beside("Slack: a vote", *await _in_turn(lab, _votes(lab)), _NOTE)


async def submitting(lab: Lab) -> Row:
    """A form."""
    return beside("Slack: a form", *await _in_turn(lab, _forms(lab)), _NOTE)


async def _in_turn(lab: Lab, bodies: Iterator[Json]) -> tuple[list[float], list[float]]:
    """Seconds for each, of both."""
    async with _bench(lab) as bench:

        def through(app: AsyncApp) -> Callable[[], Awaitable[None]]:
            async def run() -> None:
                for _ in range(_AT_ONCE):
                    body = {**next(bodies), "response_url": f"{bench.url}/response"}
                    done = await app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
                    assert done.status == 200

            return run

        rounds = max(1, lab.scale.rounds // 10)
        times = await in_turn(rounds, through(bench.ours), through(bench.idle))
    ours, idle = ([each / _AT_ONCE for each in side] for side in times)
    return ours, idle


@asynccontextmanager
async def _bench(lab: Lab) -> AsyncIterator[Bench]:
    shelf = await lab.shelf(lab.scale.few)
    config = _config()
    dispatch = build(config, shelf.database, {}, SystemClock()).dispatch
    async with (
        TestServer(_agreeable()) as server,
        ClientSession() as session,
    ):
        url = str(server.make_url("")).rstrip("/")
        at = _workspace(config, session, f"{url}/api/")
        listener = Listener(at, Reading(at), Answers(at), dispatch, SystemClock())
        yield Bench(listener.app(), _idle(at.identity), url)
        await listener.finish()


def _workspace(config: Config, session: ClientSession, url: str) -> Workspace:
    web_client = Web(token="xoxb-bench", base_url=url, session=session, logger=LIBRARY)
    identity = Identity("T0BENCH", None, "U0BOT", "B0BOT", "A0BOT", "https://bench.slack.com/")
    facts = ChannelFacts(CHANNEL, "general", False, False, False, True)
    wanted, settings = needs(config, "community"), config.connections["community"]
    channels = Channels(web_client, [facts])
    return Workspace(
        connection="community",
        settings=settings,
        configured=frozenset(wanted.channels),
        identity=identity,
        web=web_client,
        session=session,
        people=People(web_client, settings, wanted, channels, identity),
        channels=channels,
    )


def _config() -> Config:
    text = f"""
        [connections.community]
        platform = "slack"
        bot_token = "$BOT"
        app_token = "$APP"
        listen = ["{CHANNEL}"]
        [capture]
        daily_limit = 1000000
        """
    return parse(text, NO_SECRETS, Path.cwd())


def _idle(us: Identity) -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=us.team, bot_user_id=us.bot_user, bot_token="xoxb-bench"
        )

    app = AsyncApp(logger=LIBRARY, process_before_response=True, authorize=authorize)

    async def nothing(ack: Callable[[], Awaitable[None]]) -> None:
        await ack()

    for kind in (app.event, app.command, app.action, app.view, app.shortcut, app.options):
        kind(ANY)(nothing)
    return app


def _agreeable() -> web.Application:
    """Says `ok` to whatever is asked, and that everybody is called Ana."""
    user = {"id": "U1", "name": "ana", "profile": {"display_name": "Ana"}}

    async def agree(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "user": user})

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", agree)
    return app


def _person(number: int) -> Json:
    return {"id": f"U{number % PEOPLE:08}", "name": "ana"}


def _message(number: int) -> Json:
    ts = f"{1_760_000_000 + number}.000100"
    event = {
        "type": "message",
        "channel": CHANNEL,
        "channel_type": "channel",
        "user": _person(number)["id"],
        "text": "How do I move the dock to the left?",
        "ts": ts,
        "event_ts": ts,
    }
    return {"type": "event_callback", "event_id": f"Ev{number}", "event": event}


def _votes(lab: Lab) -> Iterator[Json]:
    for number in count():
        vote = f"vote:{number % lab.scale.few + 1}"
        action = {"type": "button", "action_id": vote, "value": vote, "block_id": "b"}
        place = {"type": "message", "channel_id": CHANNEL, "message_ts": "1760000000.000100"}
        yield {
            "type": "block_actions",
            "user": _person(number // lab.scale.few),
            "trigger_id": f"vote{number}",
            "container": place,
            "actions": [action],
        }


def _forms(lab: Lab) -> Iterator[Json]:
    for number in count():
        words = lab.language.wording()
        typed = {"title": words.title, "body": words.body}
        values = {name: {"value": {"value": text}} for name, text in typed.items()}
        view = {
            "type": "modal",
            "id": "V1",
            "callback_id": "suggest",
            "private_metadata": f'{{"channel": "{CHANNEL}"}}',
            "state": {"values": values},
        }
        yield {
            "type": "view_submission",
            "user": _person(number),
            "trigger_id": f"form{number}",
            "view": view,
        }
