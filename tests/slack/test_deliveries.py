"""Socket Mode's promises, through the real Bolt: acknowledged, told again, or lost."""

import asyncio
from collections.abc import Sequence

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.bolt import connected
from tests.slack.elements import Json
from tests.slack.model import Channel
from tests.slack.person import Person
from tests.slack.server import SlackServer
from tests.slack.workspace import Workspace


def listening(app: AsyncApp) -> list[Json]:
    """What the app's one listener for messages hears, each with its headers."""
    heard: list[Json] = []

    @app.event("message")
    async def message(body: Json, request: AsyncBoltRequest) -> None:
        heard.append({**body, "headers": request.headers})

    return heard


async def test_a_mention_comes_twice_with_an_id_each(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    heard = listening(app)

    @app.event("app_mention")
    async def mentioned(body: Json) -> None:
        heard.append(body)

    async with connected(app, workspace):
        message = await ana.say(general, "Dark <mode> & more, @soundingboard?")
    assert {one["event"]["type"] for one in heard} == {"message", "app_mention"}
    assert len({one["event_id"] for one in heard}) == 2
    encoded = f"Dark &lt;mode&gt; &amp; more, <@{workspace.bot.id}>?"
    assert {one["event"]["text"] for one in heard} == {encoded}
    assert {one["event"]["ts"] for one in heard} == {message.ts}
    assert [(one.state, one.attempts) for one in workspace.deliveries] == [("acknowledged", 1)] * 2


async def test_an_event_that_a_listener_fails_on_is_told_again_with_the_same_id(
    server: SlackServer, app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    attempts: asyncio.Queue[tuple[str, Sequence[str]]] = asyncio.Queue()
    broken = True

    @app.event("message")
    async def message(body: Json, request: AsyncBoltRequest) -> None:
        attempts.put_nowait((body["event_id"], request.headers.get("x-slack-retry-num", [])))
        if broken:
            raise LookupError("not today")

    async with connected(app, workspace):
        saying = asyncio.create_task(ana.say(general, "Dark mode"))
        first = await attempts.get()
        server.clock.advance(3.0)
        second = await attempts.get()
        broken = False
        server.clock.advance(3.0)
        third = await attempts.get()
        await saying
    (delivery,) = workspace.deliveries
    assert (delivery.state, delivery.attempts) == ("acknowledged", 3)
    assert {event for event, _ in (first, second, third)} == {delivery.payload["event_id"]}
    assert [retry for _, retry in (first, second, third)] == [[], ["1"], ["2"]]


async def test_an_event_without_a_listener_is_told_four_times_and_given_up(
    server: SlackServer, app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    server.rules.ack_seconds = 0.02
    async with connected(app, workspace):
        await ana.say(general, "Dark mode")
    assert [(one.state, one.attempts) for one in workspace.deliveries] == [("lost", 4)]


async def test_retries_wait_as_long_as_slack_does(
    server: SlackServer, app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    server.rules.retry_seconds = (1.0, 60.0, 300.0)

    async def so_far(attempts: int, state: str) -> None:
        await workspace.until(
            lambda: any(
                one.attempts == attempts and one.state == state for one in workspace.pending
            )
        )

    async with connected(app, workspace):
        saying = asyncio.create_task(ana.say(general, "Dark mode"))
        for attempts, pause in enumerate(server.rules.retry_seconds, start=1):
            await so_far(attempts, "told")
            server.clock.advance(3.0)
            await so_far(attempts, "waiting")
            server.clock.advance(pause)
        await so_far(4, "told")
        server.clock.advance(3.0)
        await saying
    assert [one.attempts for one in workspace.deliveries] == [4]


async def test_events_while_no_socket_is_open_are_kept(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    heard = listening(app)
    await ana.say(general, "Anybody there?")
    assert [one.state for one in workspace.pending] == ["kept"]
    async with connected(app, workspace):
        await workspace.settled()
    assert [one["event"]["text"] for one in heard] == ["Anybody there?"]


async def test_every_event_may_come_twice(
    server: SlackServer, app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    heard = listening(app)
    server.rules.deliver_twice = True
    async with connected(app, workspace):
        await ana.say(general, "One")
        await workspace.settled()
    assert len(heard) == 2
    assert heard[0]["event_id"] == heard[1]["event_id"]
    assert heard[1]["headers"]["x-slack-retry-num"] == ["1"]


async def test_second_times_may_come_after_the_next_event(
    server: SlackServer, app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    heard = listening(app)
    server.rules.deliver_twice = server.rules.out_of_order = True
    async with connected(app, workspace):
        await ana.say(general, "One")
        await ana.say(general, "Two")
        await workspace.settled()
    assert [one["event"]["text"] for one in heard] == ["One", "Two", "One", "Two"]


async def test_held_events_are_told_backwards(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    heard = listening(app)
    async with connected(app, workspace):
        workspace.hold_events()
        message = await ana.say(general, "Dark mode")
        await ana.edit(message, "Dark mode, please")
        await ana.delete(message)
        assert heard == []
        await workspace.release_events()
    kinds = [one["event"].get("subtype") for one in heard]
    assert kinds == ["message_deleted", "message_changed", None]


async def test_payloads_go_to_any_one_of_the_open_sockets(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    heard = listening(app)
    async with connected(app, workspace, sockets=2):
        workspace.sockets.kill(0)
        await workspace.until(lambda: len(workspace.sockets.open) == 1)
        for number in range(3):
            await ana.say(general, f"Number {number}")
    assert len(heard) == 3


async def test_an_acknowledgement_may_come_on_another_socket(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    started, go = asyncio.Event(), asyncio.Event()

    @app.event("message")
    async def message() -> None:
        started.set()
        await go.wait()

    async with connected(app, workspace):
        saying = asyncio.create_task(ana.say(general, "Dark mode"))
        await started.wait()
        old = workspace.sockets.open[0]
        await workspace.sockets.disconnect("refresh_requested")
        await workspace.until(lambda: workspace.sockets.open and old not in workspace.sockets.open)
        go.set()
        await saying
    assert [(one.state, one.attempts) for one in workspace.deliveries] == [("acknowledged", 1)]


async def test_a_warned_socket_stays_open_for_ten_seconds(
    server: SlackServer, client: AsyncWebClient, workspace: Workspace
) -> None:
    answer = await client.apps_connections_open(app_token=workspace.app_token)
    assert client.session is not None
    async with client.session.ws_connect(answer["url"]) as wire:
        assert (await wire.receive_json())["type"] == "hello"
        await workspace.sockets.disconnect("warning")
        assert (await wire.receive_json())["reason"] == "warning"
        assert len(workspace.sockets.open) == 1
        server.clock.advance(10)
        await wire.receive()
        assert wire.closed
    await workspace.until(lambda: not workspace.sockets.open)


async def test_an_address_is_good_for_one_handshake(
    client: AsyncWebClient, workspace: Workspace
) -> None:
    answer = await client.apps_connections_open(app_token=workspace.app_token)
    assert client.session is not None
    async with client.session.ws_connect(answer["url"]):
        pass
    async with client.session.get(answer["url"].replace("ws:", "http:")) as again:
        assert again.status == 403


async def test_one_websocket_too_many_is_told_so_and_closed(
    server: SlackServer, client: AsyncWebClient, workspace: Workspace
) -> None:
    server.rules.websockets = 0
    answer = await client.apps_connections_open(app_token=workspace.app_token)
    assert client.session is not None
    async with client.session.ws_connect(answer["url"]) as wire:
        frame = await wire.receive_json()
    assert (frame["type"], frame["reason"]) == ("disconnect", "too_many_websockets")
    assert workspace.sockets.open == []


async def test_a_deaf_socket_answers_no_pings_and_passes_nothing_on(
    server: SlackServer, app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    heard = listening(app)
    async with connected(app, workspace, ping_interval=0.1):
        (socket,) = workspace.sockets.open
        socket.deaf = True
        saying = asyncio.create_task(ana.say(general, "Anybody there?"))
        await workspace.until(
            lambda: workspace.sockets.open and socket not in workspace.sockets.open
        )
        assert heard == []
        server.clock.advance(3.0)
        await saying
    assert {one["event_id"] for one in heard} == {workspace.deliveries[0].payload["event_id"]}
