"""Which events the app gets for what people, administrators and itself do."""

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.bolt import bolt_app, connected
from tests.slack.elements import Json
from tests.slack.model import Channel
from tests.slack.person import Person
from tests.slack.server import SlackServer
from tests.slack.workspace import Workspace


def events(workspace: Workspace) -> list[Json]:
    """What was told so far, in order."""
    return [one.payload["event"] for one in workspace.deliveries]


async def test_nothing_is_told_of_channels_without_the_bot(
    workspace: Workspace, ana: Person
) -> None:
    elsewhere = workspace.add_channel("elsewhere", [ana], bot=False)
    message = await ana.say(elsewhere, "Hello @soundingboard")
    await ana.react(message, "rocket")
    assert events(workspace) == []


async def test_a_reply_names_its_thread_and_whom_it_answers(
    workspace: Workspace, ana: Person, general: Channel
) -> None:
    bea = workspace.add_user("Bea")
    await workspace.invite(general, bea)
    parent = await ana.say(general, "A thread")
    await bea.say(general, "A reply", thread=parent)
    *_, first, reply = events(workspace)
    assert "thread_ts" not in first
    assert (reply["thread_ts"], reply["parent_user_id"]) == (parent.ts, ana.id)
    assert (reply["channel"], reply["channel_type"]) == (general.id, "channel")


async def test_each_kind_of_channel_has_its_type(workspace: Workspace, ana: Person) -> None:
    secret = workspace.add_channel("secret", [ana], private=True)
    await ana.say(secret, "Hush")
    await ana.say_directly("Hello @soundingboard")
    assert [(one["type"], one["channel_type"]) for one in events(workspace)] == [
        ("message", "group"),
        ("message", "im"),
    ]


async def test_an_edit_and_a_deletion_carry_what_was_there_before(
    workspace: Workspace, ana: Person, general: Channel
) -> None:
    message = await ana.say(general, "Drak mode")
    await ana.edit(message, "Dark mode")
    await ana.delete(message)
    _, edited, deleted = events(workspace)
    assert edited["subtype"] == "message_changed"
    assert edited["previous_message"]["text"] == "Drak mode"
    assert (edited["message"]["text"], edited["message"]["ts"]) == ("Dark mode", message.ts)
    assert edited["message"]["edited"]["user"] == ana.id
    assert "text" not in edited
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", message.ts)
    assert deleted["previous_message"]["text"] == "Dark mode"
    assert workspace.messages(general) == []


async def test_a_deleted_parent_stays_as_a_tombstone(
    workspace: Workspace, ana: Person, general: Channel
) -> None:
    parent = await ana.say(general, "A thread")
    await ana.say(general, "A reply", thread=parent)
    await ana.delete(parent)
    *_, event = events(workspace)
    assert (event["subtype"], event["message"]["subtype"]) == ("message_changed", "tombstone")
    assert event["message"]["user"] == "USLACKBOT"
    assert len(workspace.messages(general, parent)) == 2


async def test_a_reaction_names_its_message_without_its_words(
    workspace: Workspace, ana: Person, general: Channel, client: AsyncWebClient
) -> None:
    message = await ana.say(general, "Hello")
    await ana.react(message, "+1::skin-tone-3")
    await ana.unreact(message, "+1::skin-tone-3")
    posted = await client.chat_postMessage(channel=general.id, text="A card")
    ours = workspace.messages(general)[-1]
    await ana.react(ours, "rocket")
    given, taken, _, on_ours = events(workspace)[1:]
    assert (given["type"], taken["type"]) == ("reaction_added", "reaction_removed")
    assert given["reaction"] == "+1::skin-tone-3"
    assert (given["item_user"], given["item"]["ts"]) == (ana.id, message.ts)
    assert on_ours["item"]["ts"] == posted["ts"]
    assert "item_user" not in on_ours
    assert message.reactions == {}


async def test_what_the_app_does_itself_comes_back(
    workspace: Workspace, client: AsyncWebClient, general: Channel
) -> None:
    posted = await client.chat_postMessage(channel=general.id, text="A card")
    await client.chat_update(channel=general.id, ts=posted["ts"], text="Another")
    await client.reactions_add(channel=general.id, timestamp=posted["ts"], name="eyes")
    message, changed, reaction = events(workspace)
    bot, app_id = workspace.bot, workspace.team.app.id
    assert (message["user"], message["bot_id"], message["app_id"]) == (bot.id, bot.bot_id, app_id)
    assert changed["message"]["bot_id"] == bot.bot_id
    assert reaction["user"] == bot.id


async def test_bolt_drops_what_its_own_bot_did_and_keeps_other_bots(
    app: AsyncApp, workspace: Workspace, general: Channel, client: AsyncWebClient
) -> None:
    heard: list[Json] = []

    @app.event("message")
    async def message(event: Json) -> None:
        heard.append(event)

    @app.event("member_joined_channel")
    async def joined() -> None:
        pass

    robot = workspace.add_user("Robot", is_bot=True)
    async with connected(app, workspace):
        await client.chat_postMessage(channel=general.id, text="Ours")
        await workspace.invite(general, robot)
        await robot.say(general, "Theirs")
        await workspace.post_by_webhook(general, "From a webhook")
        await workspace.settled()
    assert [one["text"] for one in heard] == [
        f"<@{robot.id}> has joined the channel",
        "Theirs",
        "From a webhook",
    ]
    assert [one.get("subtype") for one in heard] == ["channel_join", None, "bot_message"]
    assert "user" not in heard[-1]


async def test_a_file_comes_with_its_message(
    workspace: Workspace, ana: Person, general: Channel
) -> None:
    await ana.say(general, "Look", files=["screenshot.png"])
    (event,) = events(workspace)
    assert (event["subtype"], event["files"][0]["name"]) == ("file_share", "screenshot.png")


async def test_joining_and_leaving(workspace: Workspace, ana: Person, general: Channel) -> None:
    await workspace.kick(general, ana)
    await workspace.kick_bot(general)
    await workspace.invite_bot(general)
    kinds = [(one["type"], one.get("user")) for one in events(workspace)]
    bot = workspace.bot.id
    assert kinds == [
        ("member_left_channel", ana.id),
        ("member_left_channel", bot),
        ("channel_left", None),
        ("member_joined_channel", bot),
        ("message", bot),
    ]


async def test_channels_change(workspace: Workspace, ana: Person, general: Channel) -> None:
    secret = workspace.add_channel("secret", [ana], private=True)
    await workspace.rename_channel(general, "everyone")
    await workspace.rename_channel(secret, "hush")
    await workspace.archive(general)
    await workspace.unarchive(general)
    old = general.id
    new = await workspace.change_channel_id(general)
    await ana.say(general, "Still here")
    await workspace.delete_channel(general)
    told = events(workspace)
    assert [one["type"] for one in told] == [
        "channel_rename",
        "group_rename",
        "channel_archive",
        "channel_unarchive",
        "channel_id_changed",
        "message",
        "channel_deleted",
    ]
    assert (told[4]["old_channel_id"], told[4]["new_channel_id"]) == (old, new)
    assert told[5]["channel"] == new


async def test_groups_and_people_change(workspace: Workspace, ana: Person) -> None:
    bea = workspace.add_user("Bea")
    group = workspace.add_group("moderators", [ana])
    await workspace.set_group(group, [bea])
    await bea.rename("Beatrix")
    changed, updated, user = events(workspace)
    assert (changed["added_users"], changed["removed_users"]) == ([bea.id], [ana.id])
    assert updated["subteam"]["users"] == [bea.id]
    assert user["user"]["profile"]["display_name"] == "Beatrix"


async def test_only_what_the_manifest_declares_is_there(server: SlackServer) -> None:
    workspace = server.add_workspace(
        "Small",
        manifest={
            "display_information": {"name": "Idea Bot"},
            "features": {
                "bot_user": {"display_name": "ideabot"},
                "slash_commands": [{"command": "/suggest", "description": "Suggest"}],
            },
            "oauth_config": {"scopes": {"bot": ["commands", "reactions:read"]}},
            "settings": {
                "event_subscriptions": {"bot_events": ["reaction_added", "message.channels"]},
                "socket_mode_enabled": True,
            },
        },
    )
    ana = workspace.add_user("Ana")
    general = workspace.add_channel("general", [ana])
    message = await ana.say(general, "No scope for this")
    await ana.react(message, "rocket")
    await ana.unreact(message, "rocket")
    assert [one["type"] for one in events(workspace)] == ["reaction_added"]
    unknown = await ana.command(general, "/nothing")
    assert unknown.error == "not a valid command"
    async with bolt_app(server, workspace) as app, connected(app, workspace):
        server.rules.ack_seconds = 0.02
        known = await ana.command(general, "/suggest <dark> mode")
    assert known.error == "operation_timeout"
    assert workspace.deliveries[-1].payload["text"] == "<dark> mode"
