"""What the app writes: who may read it, what may be changed, and what Slack refuses."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.blocks import card, section
from tests.slack.bolt import web_client
from tests.slack.model import Channel
from tests.slack.person import Person
from tests.slack.server import SlackServer
from tests.slack.workspace import Workspace

METADATA = {"event_type": "sounding_board", "event_payload": {"row": "sb7"}}


async def test_a_post_gets_block_ids_and_keeps_its_metadata(
    client: AsyncWebClient, workspace: Workspace, general: Channel
) -> None:
    answer = await client.chat_postMessage(
        channel=general.id, text="A card", blocks=card("Vote"), metadata=METADATA
    )
    (message,) = workspace.messages(general)
    assert answer["ts"] == message.ts
    assert all(block["block_id"] for block in message.blocks)
    assert message.metadata == METADATA
    workspace.assert_clean()


async def test_an_update_without_blocks_removes_them_and_keeps_the_metadata(
    client: AsyncWebClient, workspace: Workspace, general: Channel
) -> None:
    posted = await client.chat_postMessage(
        channel=general.id, text="A card", blocks=card("Vote"), metadata=METADATA
    )
    await client.chat_update(channel=general.id, ts=posted["ts"], text="Closed")
    (message,) = workspace.messages(general)
    assert (message.text, message.blocks, message.metadata) == ("Closed", [], METADATA)


async def test_only_its_own_messages_may_be_updated(
    client: AsyncWebClient, workspace: Workspace, ana: Person, general: Channel
) -> None:
    message = await ana.say(general, "Hello")
    with pytest.raises(SlackApiError, match="cant_update_message"):
        await client.chat_update(channel=general.id, ts=message.ts, text="Goodbye")
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_update(channel=general.id, ts="1.000001", text="Goodbye")


async def test_an_update_may_not_be_longer_than_4000_characters(
    client: AsyncWebClient, workspace: Workspace, general: Channel
) -> None:
    posted = await client.chat_postMessage(channel=general.id, text="x")
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await client.chat_update(channel=general.id, ts=posted["ts"], text="x" * 4_001)
    with pytest.raises(AssertionError, match="longer than"):
        workspace.assert_clean()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x", "blocks": [section("x" * 3_001)]}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"type": "marquee"}]}, "invalid_blocks"),
        ({"text": "x", "blocks": card("Vote", "Vote")}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("x" * 2_900)] * 5}, "msg_blocks_too_long"),
        ({"text": "x", "blocks": "[{"}, "invalid_blocks_format"),
        ({"text": "x", "metadata": {"row": 7}}, "invalid_metadata_schema"),
        ({"text": "x", "metadata": "{"}, "invalid_metadata_format"),
        ({"text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
    ],
)
async def test_a_wrong_message_is_refused(
    client: AsyncWebClient, general: Channel, content: dict[str, object], error: str
) -> None:
    with pytest.raises(SlackApiError, match=error):
        await client.api_call("chat.postMessage", json={"channel": general.id, **content})


async def test_where_the_app_may_not_write(
    client: AsyncWebClient, workspace: Workspace, ana: Person
) -> None:
    elsewhere = workspace.add_channel("elsewhere", [ana], bot=False)
    secret = workspace.add_channel("secret", [ana], private=True, bot=False)
    old = workspace.add_channel("old", [ana], archived=True)
    robot = workspace.add_user("Robot", is_bot=True)
    gone = workspace.add_user("Gone")
    await gone.leave_company()
    for place, error in (
        (elsewhere.id, "not_in_channel"),
        (secret.id, "channel_not_found"),
        (old.id, "is_archived"),
        ("#general", "channel_not_found"),
        (robot.id, "cannot_dm_bot"),
        (gone.id, "user_disabled"),
        ("U0NOBODY0", "user_not_found"),
    ):
        with pytest.raises(SlackApiError, match=error):
            await client.chat_postMessage(channel=place, text="Hello")


async def test_with_write_public_it_posts_without_joining(server: SlackServer) -> None:
    workspace = server.add_workspace("Open", scopes=["chat:write", "chat:write.public"])
    elsewhere = workspace.add_channel("elsewhere", bot=False)
    async with web_client(server, workspace.bot_token) as client:
        await client.chat_postMessage(channel=elsewhere.id, text="Hello")
    assert [one.text for one in workspace.messages(elsewhere)] == ["Hello"]


async def test_a_direct_message_goes_to_a_person_or_their_channel(
    client: AsyncWebClient, workspace: Workspace, ana: Person
) -> None:
    opened = await client.conversations_open(users=ana.id)
    posted = await client.chat_postMessage(channel=ana.id, text="Psst")
    assert posted["channel"] == opened["channel"]["id"]
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Psst!")
    assert [one.text for one in workspace.directs(ana)] == ["Psst!"]


async def test_no_direct_messages_while_the_messages_tab_is_off(
    client: AsyncWebClient, workspace: Workspace, ana: Person
) -> None:
    workspace.team.app.messages_tab = False
    with pytest.raises(SlackApiError, match="messages_tab_disabled"):
        await client.chat_postMessage(channel=ana.id, text="Psst")


async def test_a_private_notice_is_in_no_history_and_gone_on_reload(
    client: AsyncWebClient, workspace: Workspace, ana: Person, general: Channel
) -> None:
    bea = workspace.add_user("Bea")
    posted = await client.chat_postEphemeral(channel=general.id, user=ana.id, text="Only you")
    assert [one.text for one in ana.screen.ephemerals] == ["Only you"]
    assert workspace.messages(general) == []
    assert (await client.conversations_history(channel=general.id))["messages"] == []
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_update(channel=general.id, ts=posted["message_ts"], text="All of you")
    with pytest.raises(SlackApiError, match="user_not_in_channel"):
        await client.chat_postEphemeral(channel=general.id, user=bea.id, text="Only you")
    ana.reload()
    assert ana.screen.ephemerals == []


async def test_a_private_notice_goes_unseen_by_who_is_away(
    client: AsyncWebClient, ana: Person, general: Channel
) -> None:
    ana.user.active = False
    await client.chat_postEphemeral(channel=general.id, user=ana.id, text="Only you")
    assert ana.screen.ephemerals == []


async def test_a_reply_hangs_under_the_parent_and_under_nothing_else(
    client: AsyncWebClient, workspace: Workspace, ana: Person, general: Channel
) -> None:
    parent = await ana.say(general, "A thread")
    reply = await client.chat_postMessage(channel=general.id, text="1", thread_ts=parent.ts)
    with pytest.raises(SlackApiError, match="cannot_reply_to_message"):
        await client.chat_postMessage(channel=general.id, text="2", thread_ts=reply["ts"])
    assert [one.text for one in workspace.messages(general, parent)] == ["A thread", "1"]
    assert [one.text for one in workspace.messages(general)] == ["A thread"]
    assert workspace.problems


async def test_a_permalink_names_the_thread_of_a_reply(
    client: AsyncWebClient, workspace: Workspace, ana: Person, general: Channel
) -> None:
    parent = await ana.say(general, "A thread")
    reply = await ana.say(general, "A reply", thread=parent)
    answer = await client.chat_getPermalink(channel=general.id, message_ts=reply.ts)
    digits = reply.ts.replace(".", "")
    assert answer["permalink"] == (
        f"https://customers.slack.com/archives/{general.id}/p{digits}"
        f"?thread_ts={parent.ts}&cid={general.id}"
    )
    assert workspace.permalink(reply) == answer["permalink"]


async def test_a_reaction_is_given_once(
    client: AsyncWebClient, workspace: Workspace, ana: Person, general: Channel
) -> None:
    message = await ana.say(general, "Hello")
    where = {"channel": general.id, "timestamp": message.ts}
    await client.reactions_add(name="white_check_mark", **where)
    assert message.reactions == {"white_check_mark": [workspace.bot.id]}
    with pytest.raises(SlackApiError, match="already_reacted"):
        await client.reactions_add(name="white_check_mark", **where)
    with pytest.raises(SlackApiError, match="invalid_name"):
        await client.reactions_add(name=":tada:", **where)
