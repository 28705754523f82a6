"""What our Slack tells the app has the keys and types of the samples, which are written in the
documented shape: docs.slack.dev/reference/interaction-payloads, /reference/events."""

import json
from pathlib import Path

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.blocks import choice, field, home, ideas, line, plain, section
from tests.slack.bolt import connected
from tests.slack.elements import Json
from tests.slack.model import Channel
from tests.slack.person import Person
from tests.slack.workspace import Workspace

SAMPLES = Path(__file__).parent.parent / "payloads" / "slack"
CARD = [
    section("*Dark mode*"),
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "vote:12", "value": "vote:12", "text": plain("Vote")}
        ],
    },
]


def shape(value: object) -> object:
    """Keys and types; of lists the first thing, of blocks nothing but that they are there."""
    match value:
        case {"values": _} | {"type": "rich_text" | "section" | "actions" | "input"}:
            return "opaque"
        case dict():
            return {key: shape(one) for key, one in value.items()}
        case list():
            return [shape(one) for one in value[:1]]
        case _:
            return type(value).__name__


def sample(name: str) -> object:
    return shape(json.loads((SAMPLES / f"{name}.json").read_text()))


def last(workspace: Workspace, name: str, subtype: str | None = None) -> object:
    """The latest thing told of this kind."""
    found = [
        one.payload
        for one in workspace.deliveries
        if one.name == name and one.payload.get("event", {}).get("subtype") == subtype
    ]
    return shape(found[-1])


async def test_messages_and_what_becomes_of_them(
    workspace: Workspace, ana: Person, general: Channel
) -> None:
    bea = workspace.add_user("Bea")
    await workspace.invite(general, bea)
    assert last(workspace, "message", "channel_join") == sample("event_channel_join")
    message = await ana.say(general, "Dark mode")
    assert last(workspace, "message") == sample("event_message")
    await bea.react(message, "rocket")
    assert last(workspace, "reaction_added") == sample("event_reaction_added")
    await bea.say(general, "@soundingboard summarise", thread=message)
    assert last(workspace, "message") == sample("event_thread_reply")
    assert last(workspace, "app_mention") == sample("event_app_mention")
    await ana.say(general, "Look", files=["evening.png"])
    assert last(workspace, "message", "file_share") == sample("event_file_share")
    other = await ana.say(general, "A drak mode")
    await ana.edit(other, "A dark mode")
    assert last(workspace, "message", "message_changed") == sample("event_message_changed")
    fresh = await ana.say(general, "Never mind")
    await ana.delete(fresh)
    assert last(workspace, "message", "message_deleted") == sample("event_message_deleted")
    await ana.say_directly("Hello")
    assert last(workspace, "message") == sample("event_direct_message")
    await workspace.post_by_webhook(general, "Build 481 passed")
    assert last(workspace, "message", "bot_message") == sample("event_bot_message")


async def test_what_the_app_does_itself(
    workspace: Workspace, ana: Person, general: Channel, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel=general.id, text="Dark mode", blocks=CARD)
    assert last(workspace, "message") == sample("event_own_message")
    (message,) = workspace.messages(general)
    await ana.react(message, "+1::skin-tone-3")
    await ana.unreact(message, "+1::skin-tone-3")
    assert last(workspace, "reaction_removed") == sample("event_reaction_on_bot_message")
    await client.views_publish(user_id=ana.id, view=home("Hello"))
    await ana.open_home()
    assert last(workspace, "app_home_opened") == sample("event_home_opened")


async def test_a_channel_with_outsiders(workspace: Workspace) -> None:
    olga = workspace.add_user("Olga", outsider_of="T0ELSEWHERE")
    shared = workspace.add_channel("shared", [olga], shared=True)
    await olga.say(shared, "Hello from the other side")
    assert last(workspace, "message") == sample("event_from_outside")


async def test_channels_groups_and_tokens(
    workspace: Workspace, ana: Person, general: Channel
) -> None:
    group = workspace.add_group("moderators", [ana])
    await workspace.set_group(group, [workspace.add_user("Bea")])
    assert last(workspace, "subteam_members_changed") == sample("event_group_members")
    await workspace.rename_channel(general, "ideas")
    assert last(workspace, "channel_rename") == sample("event_channel_rename")
    await workspace.archive(general)
    assert last(workspace, "channel_archive") == sample("event_channel_archive")
    await workspace.change_channel_id(general)
    assert last(workspace, "channel_id_changed") == sample("event_channel_id_changed")
    await workspace.kick_bot(general)
    assert last(workspace, "channel_left") == sample("event_channel_left")
    await workspace.invite_bot(general)
    assert last(workspace, "member_joined_channel") == sample("event_member_joined")
    await workspace.revoke_tokens()
    assert last(workspace, "tokens_revoked") == sample("event_tokens_revoked")


async def test_interactions(
    app: AsyncApp,
    workspace: Workspace,
    ana: Person,
    general: Channel,
    client: AsyncWebClient,
) -> None:
    title, area = field("title", line()), field("area", choice("App"), optional=True)
    view = {
        "type": "modal",
        "callback_id": "suggest",
        "title": plain("Suggest"),
        "submit": plain("Send"),
        "close": plain("Cancel"),
        "blocks": [title, area, field("idea", ideas(), optional=True), CARD[1]],
    }

    @app.command("/suggest")
    async def suggest(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.chat_postEphemeral(
            channel=body["channel_id"], user=body["user_id"], text="Dark mode", blocks=CARD
        )
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    @app.action("vote:12")
    @app.options("value")
    @app.view("suggest")
    @app.shortcut("turn_into_idea")
    async def taken(ack: AsyncAck) -> None:
        await ack()

    @app.event("message")
    async def message() -> None:
        pass

    async with connected(app, workspace):
        seen = await ana.command(general, "/suggest Dark mode")
        assert last(workspace, "/suggest") == sample("command")
        assert seen.view is not None
        assert seen.message is not None
        await ana.press(seen.message, "Vote")
        assert last(workspace, "block_actions") == sample("button_in_ephemeral")
        await ana.press(seen.view, "Vote")
        assert last(workspace, "block_actions") == sample("button_in_view")
        await ana.type(seen.view, "idea", "dark")
        assert last(workspace, "block_suggestion") == sample("block_suggestion")
        await ana.submit(seen.view, {"title": "Dark mode", "area": "App"})
        assert last(workspace, "view_submission") == sample("view_submission")
        await client.chat_postMessage(channel=general.id, text="Dark mode", blocks=CARD)
        await ana.press(workspace.messages(general)[0], "Vote")
        assert last(workspace, "block_actions") == sample("button_in_message")
        parent = await ana.say(general, "Evenings are long")
        reply = await ana.say(general, "It needs a dark mode", thread=parent)
        await ana.shortcut(reply, "turn_into_idea")
        assert last(workspace, "message_action") == sample("message_shortcut")
        await client.views_publish(user_id=ana.id, view=home("Hello") | {"blocks": CARD})
        assert ana.screen.home is not None
        await ana.press(ana.screen.home, "Vote")
        assert last(workspace, "block_actions") == sample("button_in_home")


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_every_sample_is_compared(path: Path) -> None:
    assert f'sample("{path.stem}")' in Path(__file__).read_text()
