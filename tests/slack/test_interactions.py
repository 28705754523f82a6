"""Commands, presses, forms and menus through the real Bolt, and what people see of it."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.blocks import card, form, section
from tests.slack.bolt import connected
from tests.slack.elements import Json
from tests.slack.model import Channel
from tests.slack.person import TIMEOUT, Person
from tests.slack.server import SlackServer
from tests.slack.workspace import Workspace


async def test_a_command_opens_a_form_whose_errors_stand_at_its_fields(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    @app.command("/suggest")
    async def suggest(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    @app.view("suggest")
    async def submitted(ack: AsyncAck, view: Json) -> None:
        typed = view["state"]["values"]["title"]["value"]["value"]
        if len(typed) < 5:
            await ack(response_action="errors", errors={"title": "Say a bit more."})
        else:
            await ack()

    async with connected(app, workspace):
        seen = await ana.command(general, "/suggest dark mode")
        assert seen.view is not None
        assert seen.view.title == "Suggest"
        empty = await ana.submit(seen.view)
        assert empty.errors == {"title": "Please complete this required field."}
        short = await ana.submit(seen.view, {"title": "Dark"})
        assert short.errors == {"title": "Say a bit more."}
        assert ana.screen.views == [seen.view]
        sent = await ana.submit(seen.view, {"title": "Dark mode"})
        assert sent.closed
        assert ana.screen.views == []
    workspace.assert_clean()


async def test_a_late_acknowledgement_is_an_error_for_the_person(
    server: SlackServer, app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    started, go = asyncio.Event(), asyncio.Event()

    @app.command("/slow")
    async def slow(ack: AsyncAck) -> None:
        started.set()
        await go.wait()
        await ack("Too late")

    async with connected(app, workspace):
        typing = asyncio.create_task(ana.command(general, "/slow"))
        await started.wait()
        server.clock.advance(3.0)
        seen = await typing
        assert seen.error == TIMEOUT
        go.set()
        await workspace.settled()
    assert not ana.screen.ephemerals


async def test_an_interaction_while_no_socket_is_open_is_lost(
    workspace: Workspace, ana: Person, general: Channel
) -> None:
    seen = await ana.command(general, "/suggest dark mode")
    assert seen.error == TIMEOUT
    assert [(one.name, one.state) for one in workspace.deliveries] == [("/suggest", "lost")]


async def test_a_response_url_replaces_a_private_notice_and_expires(
    server: SlackServer, app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    answers: list[Any] = []

    @app.command("/board")
    async def board(ack: AsyncAck, respond: AsyncRespond) -> None:
        await respond(text="Your board", blocks=card("More"))
        await ack()

    @app.action("more")
    async def more(ack: AsyncAck, respond: AsyncRespond) -> None:
        for page in range(6):
            answer = await respond(text=f"Page {page}", replace_original=True)
            answers.append((answer.status_code, answer.body))
        await ack()

    async with connected(app, workspace):
        first = await ana.command(general, "/board")
        assert first.message is not None
        await ana.press(first.message, "More")
    assert answers[4:] == [(200, "ok"), (404, "expired_url")]
    assert [one.text for one in ana.screen.ephemerals] == ["Page 4"]
    assert workspace.messages(general) == []
    workspace.assert_clean()


async def test_a_response_url_ends_after_half_an_hour(
    server: SlackServer, app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    answers: list[Any] = []

    @app.command("/board")
    async def board(ack: AsyncAck, respond: AsyncRespond) -> None:
        server.clock.advance(30 * 60 + 1)
        answers.append(await respond("Your board"))
        await ack()

    server.rules.ack_seconds = 3_600.0
    async with connected(app, workspace):
        await ana.command(general, "/board")
    assert [(one.status_code, one.body) for one in answers] == [(404, "expired_url")]


@pytest.mark.parametrize(("late", "twice"), [(True, False), (False, True)])
async def test_a_trigger_opens_one_view_within_three_seconds(
    server: SlackServer,
    app: AsyncApp,
    workspace: Workspace,
    ana: Person,
    general: Channel,
    late: bool,
    twice: bool,
) -> None:
    errors: list[str] = []

    @app.command("/suggest")
    async def suggest(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        if late:
            server.clock.advance(3.1)
        for _ in range(1 + twice):
            try:
                await client.views_open(trigger_id=body["trigger_id"], view=form())
            except SlackApiError as error:
                errors.append(error.response["error"])
        await ack()

    server.rules.ack_seconds = 60.0
    async with connected(app, workspace):
        await ana.command(general, "/suggest")
    assert errors == ["expired_trigger_id" if late else "exchanged_trigger_id"]


async def test_a_response_url_may_speak_to_all_and_take_back_what_was_pressed(
    app: AsyncApp, workspace: Workspace, ana: Person, client: AsyncWebClient
) -> None:
    elsewhere = workspace.add_channel("elsewhere", [ana], bot=False)

    @app.command("/board")
    async def board(ack: AsyncAck, respond: AsyncRespond) -> None:
        await respond("For all", response_type="in_channel", blocks=card("Away"))
        await ack("For you")

    @app.action("away")
    async def away(ack: AsyncAck, respond: AsyncRespond) -> None:
        await respond(delete_original=True)
        await ack()

    async with connected(app, workspace):
        seen = await ana.command(elsewhere, "/board")
        assert seen.message is not None
        assert seen.message.text == "For you"
        (posted,) = workspace.messages(elsewhere)
        assert posted.text == "For all"
        await ana.press(posted, "Away")
    assert workspace.messages(elsewhere) == []
    workspace.assert_clean()


async def test_an_answer_to_a_press_must_say_whether_it_replaces(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel, client: AsyncWebClient
) -> None:
    @app.action("vote")
    async def vote(ack: AsyncAck, respond: AsyncRespond) -> None:
        await respond("Thanks")
        await ack()

    @app.event("message")
    async def message() -> None:
        pass

    async with connected(app, workspace):
        await client.chat_postMessage(channel=general.id, text="A card", blocks=card("Vote"))
        await ana.press(workspace.messages(general)[0], "Vote")
    (problem,) = workspace.problems
    assert "replace_original" in problem


async def test_a_wrong_answer_by_response_url_is_refused(
    server: SlackServer, app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    answers: list[tuple[int, str]] = []

    @app.command("/board")
    async def board(ack: AsyncAck, respond: AsyncRespond) -> None:
        for blocks in ([section("x" * 3_001)], [section("Fine")]):
            answer = await respond(text="Your board", blocks=blocks)
            answers.append((answer.status_code, answer.body))
        await ack()

    server.fail_next("response_url", "fatal_error")
    async with connected(app, workspace):
        await ana.command(general, "/board")
        await ana.command(general, "/board")
    assert answers == [
        (400, "fatal_error"),
        (200, "ok"),
        (400, "invalid_blocks"),
        (200, "ok"),
    ]


async def test_a_message_menu_works_in_a_thread_and_where_the_bot_is_not(
    app: AsyncApp, workspace: Workspace, ana: Person
) -> None:
    hidden = workspace.add_channel("hidden", [ana], private=True, bot=False)
    menus: list[Json] = []

    @app.shortcut("turn_into_idea")
    async def turn(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        menus.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    parent = await ana.say(hidden, "Evenings are long")
    reply = await ana.say(hidden, "A dark mode would help", thread=parent)
    async with connected(app, workspace):
        seen = await ana.shortcut(reply, "turn_into_idea")
    assert seen.view is not None
    assert menus[0]["message"]["thread_ts"] == parent.ts
    assert menus[0]["channel"] == {"id": hidden.id, "name": "privategroup"}
