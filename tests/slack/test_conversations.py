"""What the app reads: channels, members, history, threads, people, groups."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.model import Channel
from tests.slack.person import Person
from tests.slack.server import SlackServer
from tests.slack.workspace import Workspace


async def test_a_channel_says_what_it_is(
    client: AsyncWebClient, workspace: Workspace, ana: Person
) -> None:
    secret = workspace.add_channel("secret", [ana], private=True)
    elsewhere = workspace.add_channel("elsewhere", [ana], bot=False)
    shared = workspace.add_channel("shared", [ana], shared=True)
    found = {}
    for one in (secret, elsewhere, shared):
        answer = await client.conversations_info(channel=one.id)
        channel = answer["channel"]
        found[channel["name"]] = (
            channel["is_private"],
            channel["is_member"],
            channel["is_ext_shared"],
        )
    assert found == {
        "secret": (True, True, False),
        "elsewhere": (False, False, False),
        "shared": (False, True, True),
    }


async def test_a_private_channel_without_the_bot_does_not_exist(
    client: AsyncWebClient, workspace: Workspace, ana: Person
) -> None:
    hidden = workspace.add_channel("hidden", [ana], private=True, bot=False)
    for call in (client.conversations_info, client.conversations_members):
        with pytest.raises(SlackApiError, match="channel_not_found"):
            await call(channel=hidden.id)


async def test_history_needs_a_member(client: AsyncWebClient, workspace: Workspace) -> None:
    elsewhere = workspace.add_channel("elsewhere", bot=False)
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.conversations_history(channel=elsewhere.id)


async def test_members_come_in_pages(
    server: SlackServer, client: AsyncWebClient, workspace: Workspace
) -> None:
    people = [workspace.add_user(f"Person{number}") for number in range(5)]
    crowd = workspace.add_channel("crowd", people)
    server.rules.page_size = 2
    found: list[str] = []
    cursor: str | None = None
    pages = 0
    while cursor != "":
        answer = await client.conversations_members(channel=crowd.id, limit=200, cursor=cursor)
        found += answer["members"]
        cursor, pages = answer["response_metadata"]["next_cursor"], pages + 1
    assert found == [one.id for one in people] + [workspace.bot.id]
    assert pages == 3


async def test_a_thread_comes_by_any_of_its_messages_with_its_parent_first(
    server: SlackServer, client: AsyncWebClient, ana: Person, general: Channel
) -> None:
    parent = await ana.say(general, "A thread")
    replies = [await ana.say(general, f"Reply {n}", thread=parent) for n in range(3)]
    server.rules.page_size = 2
    first = await client.conversations_replies(channel=general.id, ts=replies[1].ts, limit=100)
    assert [one["text"] for one in first["messages"]] == ["A thread", "Reply 0", "Reply 1"]
    assert first["has_more"]
    top = first["messages"][0]
    assert (top["reply_count"], top["latest_reply"]) == (3, replies[2].ts)
    assert top["thread_ts"] == top["ts"]
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_replies(channel=general.id, ts=parent.ts, cursor=cursor)
    assert [one["text"] for one in second["messages"]] == ["A thread", "Reply 2"]
    assert not second["has_more"]


async def test_bounds_leave_out_their_ends_unless_they_are_inclusive(
    client: AsyncWebClient, ana: Person, general: Channel
) -> None:
    first, second, third = [await ana.say(general, one) for one in ("One", "Two", "Three")]
    between = await client.conversations_history(
        channel=general.id, oldest=first.ts, latest=third.ts
    )
    assert [one["text"] for one in between["messages"]] == ["Two"]
    exactly = await client.conversations_history(
        channel=general.id, oldest=second.ts, latest=second.ts, inclusive=True
    )
    assert [one["text"] for one in exactly["messages"]] == ["Two"]
    replies = await client.conversations_replies(
        channel=general.id, ts=first.ts, oldest=third.ts, inclusive=True
    )
    assert [one["text"] for one in replies["messages"]] == ["One"]


async def test_history_is_latest_first_and_leaves_replies_out(
    client: AsyncWebClient, ana: Person, general: Channel
) -> None:
    parent = await ana.say(general, "One")
    await ana.say(general, "In the thread", thread=parent)
    await ana.say(general, "Also here", thread=parent, broadcast=True)
    await ana.say(general, "Two")
    answer = await client.conversations_history(channel=general.id)
    assert [one["text"] for one in answer["messages"]] == ["Two", "Also here", "One"]


async def test_metadata_comes_when_it_is_asked_for(
    client: AsyncWebClient, general: Channel
) -> None:
    metadata = {"event_type": "sounding_board", "event_payload": {"row": "sb7"}}
    await client.chat_postMessage(channel=general.id, text="A card", metadata=metadata)
    (plain,) = (await client.conversations_history(channel=general.id))["messages"]
    assert "metadata" not in plain
    answer = await client.conversations_history(channel=general.id, include_all_metadata=True)
    (full,) = answer["messages"]
    assert full["metadata"] == metadata


async def test_a_thread_that_is_not_there(client: AsyncWebClient, general: Channel) -> None:
    with pytest.raises(SlackApiError, match="thread_not_found"):
        await client.conversations_replies(channel=general.id, ts="1.000001")


async def test_people_say_what_they_are(
    client: AsyncWebClient, workspace: Workspace, ana: Person
) -> None:
    guest = workspace.add_user("Gus", guest=True, display_name="")
    outsider = workspace.add_user("Olga", outsider_of="T0OTHER00")
    robot = workspace.add_user("Robot", is_bot=True)
    shown = [
        (await client.users_info(user=one.id))["user"] for one in (ana, guest, outsider, robot)
    ]
    assert [one["is_restricted"] for one in shown] == [False, True, False, False]
    assert [one.get("is_stranger", False) for one in shown] == [False, False, True, False]
    assert [one["is_bot"] for one in shown] == [False, False, False, True]
    assert (shown[1]["profile"]["display_name"], shown[1]["real_name"]) == ("", "Gus")
    assert shown[2]["team_id"] == "T0OTHER00"
    with pytest.raises(SlackApiError, match="user_not_found"):
        await client.users_info(user="U0NOBODY0")


async def test_a_bot_says_which_app_it_is_of(client: AsyncWebClient, workspace: Workspace) -> None:
    robot = workspace.add_user("Robot", is_bot=True)
    own = (await client.bots_info(bot=workspace.bot.bot_id))["bot"]
    other = (await client.bots_info(bot=robot.user.bot_id))["bot"]
    assert (own["app_id"], own["user_id"]) == (workspace.team.app.id, workspace.bot.id)
    assert other["app_id"] != own["app_id"]
    with pytest.raises(SlackApiError, match="bot_not_found"):
        await client.bots_info(bot="B0NOBODY0")


async def test_groups_are_for_paid_plans(
    server: SlackServer, client: AsyncWebClient, workspace: Workspace, ana: Person
) -> None:
    group = workspace.add_group("moderators", [ana])
    answer = await client.usergroups_users_list(usergroup=group.id)
    assert answer["users"] == [ana.id]
    listed = await client.usergroups_list()
    assert [one["handle"] for one in listed["usergroups"]] == ["moderators"]
    workspace.team.paid = False
    with pytest.raises(SlackApiError, match="plan_upgrade_required"):
        await client.usergroups_users_list(usergroup=group.id)
