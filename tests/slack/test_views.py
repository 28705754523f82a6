"""Modals, home tabs, selects: what the app shows and what Slack refuses."""

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.blocks import buttons, choice, field, form, home, ideas, line, plain, section
from tests.slack.bolt import connected
from tests.slack.elements import Json
from tests.slack.forms import FAILED
from tests.slack.model import Channel
from tests.slack.person import Person
from tests.slack.screen import View
from tests.slack.workspace import Workspace


def opening(app: AsyncApp, view: Json) -> None:
    """`/suggest` opens this view."""

    @app.command("/suggest")
    async def suggest(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()


def answering(app: AsyncApp, **answer: object) -> list[Json]:
    """Every submitted form gets this answer; the states that came."""
    states: list[Json] = []

    @app.view("suggest")
    async def submitted(ack: AsyncAck, view: Json) -> None:
        states.append(view["state"]["values"])
        await ack(answer)

    return states


async def open_form(ana: Person, general: Channel) -> View:
    seen = await ana.command(general, "/suggest")
    assert seen.view is not None
    return seen.view


async def test_a_form_carries_the_state_of_every_field(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    opening(
        app,
        form(
            field("title", line(initial_value="Dark")),
            field("area", choice("Web", "Phone")),
            field("job", line(multiline=True), optional=True),
        ),
    )
    states = answering(app)
    async with connected(app, workspace):
        view = await open_form(ana, general)
        await ana.submit(view, {"area": "Phone"})
    text = {"type": "plain_text_input"}
    selected = {"text": plain("Phone"), "value": "phone"}
    assert states == [
        {
            "title": {"value": {**text, "value": "Dark"}},
            "area": {"value": {"type": "static_select", "selected_option": selected}},
            "job": {"value": {**text, "value": None}},
        }
    ]


async def test_slack_itself_refuses_what_is_too_long(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    opening(app, form(field("title", line(max_length=5))))
    async with connected(app, workspace):
        view = await open_form(ana, general)
        refused = await ana.submit(view, {"title": "Dark mode"})
    assert refused.errors == {"title": "At most 5 characters."}


async def test_a_form_may_become_another_view(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    opening(app, form())
    thanks = {"type": "modal", "title": plain("Thanks"), "blocks": [section("Saved.")]}
    answering(app, response_action="update", view=thanks)
    async with connected(app, workspace):
        view = await open_form(ana, general)
        sent = await ana.submit(view, {"title": "Dark mode"})
    assert sent.view is not None
    assert (sent.closed, sent.view.title, ana.screen.view) == (False, "Thanks", sent.view)


@pytest.mark.parametrize(
    ("action", "left"), [("push", ["Suggest", "More"]), ("clear", list[str]())]
)
async def test_a_form_may_be_followed_by_another_or_close_all(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel, action: str, left: list[str]
) -> None:
    opening(app, form())
    answering(app, response_action=action, view=form(title=plain("More")))
    async with connected(app, workspace):
        view = await open_form(ana, general)
        await ana.submit(view, {"title": "Dark mode"})
    assert [one.title for one in ana.screen.views] == left


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nothing": "There is no such field."}},
        {"response_action": "update", "view": {"type": "modal", "blocks": []}},
        {"response_action": "explode"},
    ],
)
async def test_a_wrong_answer_to_a_form_is_an_error_and_a_problem(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel, answer: Json
) -> None:
    opening(app, form())
    answering(app, **answer)
    async with connected(app, workspace):
        view = await open_form(ana, general)
        failed = await ana.submit(view, {"title": "Dark mode"})
    assert failed.error == FAILED
    assert ana.screen.view is view
    assert workspace.problems


async def test_a_select_asks_the_app_once_enough_was_typed(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    opening(app, form(field("idea", ideas())))
    states = answering(app)
    typed: list[str] = []

    @app.options("value")
    async def offered(ack: AsyncAck, payload: Json) -> None:
        typed.append(payload["value"])
        await ack(options=[{"text": plain("12 · Dark mode"), "value": "12"}])

    async with connected(app, workspace):
        view = await open_form(ana, general)
        assert await ana.type(view, "idea", "") == []
        (option,) = await ana.type(view, "idea", "dark")
        await ana.submit(view, {"idea": "12"})
    assert typed == ["dark"]
    assert states[0]["idea"]["value"]["selected_option"] == option
    workspace.assert_clean()


async def test_wrong_options_are_a_problem(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    opening(app, form(field("idea", ideas())))

    @app.options("value")
    async def offered(ack: AsyncAck) -> None:
        await ack(options=[{"text": plain("x" * 76), "value": "12"}])

    async with connected(app, workspace):
        view = await open_form(ana, general)
        await ana.type(view, "idea", "dark")
    assert workspace.problems


async def test_a_button_in_a_view_may_push_and_update(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    opening(app, form(section("Hello"), buttons("More", "Change")))

    @app.action("more")
    async def more(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_push(trigger_id=body["trigger_id"], view=form(title=plain("More")))
        await ack()

    @app.action("change")
    async def change(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        view = body["view"]
        changed = form(title=plain("Changed"))
        await client.views_update(view_id=view["id"], hash=view["hash"], view=changed)
        with pytest.raises(SlackApiError, match="hash_conflict"):
            await client.views_update(view_id=view["id"], hash=view["hash"], view=changed)
        await ack()

    async with connected(app, workspace):
        view = await open_form(ana, general)
        await ana.press(view, "More")
        assert [one.title for one in ana.screen.views] == ["Suggest", "More"]
        ana.close()
        seen = await ana.press(view, "Change")
    assert seen.view is view
    assert view.title == "Changed"


async def test_a_wrong_view_is_refused_and_named(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    messages: list[list[str]] = []

    @app.command("/suggest")
    async def suggest(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        long = form(title=plain("x" * 25))
        with pytest.raises(SlackApiError, match="invalid_arguments") as refused:
            await client.views_open(trigger_id=body["trigger_id"], view=long)
        messages.append(refused.value.response["response_metadata"]["messages"])
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    async with connected(app, workspace):
        await open_form(ana, general)
    assert "title" in messages[0][0]
    assert workspace.problems


async def test_the_home_tab_is_published_while_it_opens(
    app: AsyncApp, workspace: Workspace, ana: Person
) -> None:
    opened: list[Json] = []

    @app.event("app_home_opened")
    async def home_opened(event: Json, client: AsyncWebClient) -> None:
        opened.append(event)
        if event["tab"] == "home":
            shown = home(f"Visit {len(opened)}")
            await client.views_publish(user_id=event["user"], view=shown)

    async with connected(app, workspace):
        first = await ana.open_home()
        assert first is not None
        assert first.blocks[0]["text"]["text"] == "Visit 1"
        await ana.open_home("messages")
        again = await ana.open_home()
    assert again is first
    assert ["view" in event for event in opened] == [False, False, True]


async def test_a_button_on_the_home_tab_may_open_a_form(
    app: AsyncApp, workspace: Workspace, ana: Person, client: AsyncWebClient
) -> None:
    await client.views_publish(user_id=ana.id, view=home("Hello"))

    @app.action("more")
    async def more(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        assert "channel" not in body
        assert "response_url" not in body
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    async with connected(app, workspace):
        assert ana.screen.home is not None
        seen = await ana.press(ana.screen.home, "More")
    assert seen.view is not None


async def test_no_home_tab_while_it_is_off(
    client: AsyncWebClient, workspace: Workspace, ana: Person
) -> None:
    workspace.team.app.home_tab = False
    with pytest.raises(SlackApiError, match="not_enabled"):
        await client.views_publish(user_id=ana.id, view=home("Hello"))
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_publish(user_id=ana.id, view=form())
