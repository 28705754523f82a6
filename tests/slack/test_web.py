"""The Web API's door through the real client: tokens, scopes, limits, and failures on the wire."""

import asyncio

import pytest
from aiohttp import ServerDisconnectedError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.bolt import web_client
from tests.slack.failures import Failure
from tests.slack.model import Channel
from tests.slack.server import SlackServer
from tests.slack.workspace import Workspace


async def test_a_token_says_whose_it_is_and_what_it_may(
    client: AsyncWebClient, workspace: Workspace
) -> None:
    answer = await client.auth_test()
    assert answer["team_id"] == workspace.id
    assert answer["user_id"] == workspace.bot.id
    assert answer["bot_id"] == workspace.bot.bot_id
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize(
    ("token", "error"), [("", "not_authed"), ("xoxb-of-nobody", "invalid_auth")]
)
async def test_a_wrong_token_is_refused(server: SlackServer, token: str, error: str) -> None:
    async with web_client(server, token) as stranger:
        with pytest.raises(SlackApiError, match=error):
            await stranger.auth_test()


async def test_each_kind_of_token_has_its_methods(
    server: SlackServer, workspace: Workspace, client: AsyncWebClient
) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await client.apps_connections_open(app_token=workspace.bot_token)
    async with web_client(server, workspace.app_token) as app_level:
        with pytest.raises(SlackApiError, match="not_allowed_token_type"):
            await app_level.auth_test()


async def test_a_method_without_its_scope_names_what_is_missing(server: SlackServer) -> None:
    workspace = server.add_workspace("Poor", scopes=["commands", "channels:read"])
    ana = workspace.add_user("Ana")
    general = workspace.add_channel("general", [ana])
    secret = workspace.add_channel("secret", [ana], private=True)
    async with web_client(server, workspace.bot_token) as client:
        with pytest.raises(SlackApiError) as refused:
            await client.chat_postMessage(channel=general.id, text="Hello")
        assert refused.value.response["needed"] == "chat:write"
        assert refused.value.response["provided"] == "channels:read,commands"
        assert (await client.conversations_info(channel=general.id))["channel"]["name"]
        with pytest.raises(SlackApiError) as refused:
            await client.conversations_info(channel=secret.id)
        assert refused.value.response["needed"] == "groups:read"


async def test_what_slack_does_not_have_is_an_unknown_method(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="unknown_method"):
        await client.api_call("chat.whisper")


async def test_arguments_may_come_as_json_too(client: AsyncWebClient, general: Channel) -> None:
    body = {"channel": general.id, "text": "Hello"}
    answer = await client.api_call("chat.postMessage", json=body)
    assert answer["message"]["text"] == "Hello"


async def test_calls_are_remembered_without_tokens(
    client: AsyncWebClient, workspace: Workspace, general: Channel
) -> None:
    await client.chat_postMessage(channel=general.id, text="Hello", token=workspace.bot_token)
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C0NOWHERE", text="Hello")
    assert [call.error for call in workspace.called("chat.postMessage")] == [
        None,
        "channel_not_found",
    ]
    assert workspace.bot_token not in repr(workspace.calls)


async def test_a_tier_is_so_many_calls_a_minute_and_a_429_is_not_retried(
    server: SlackServer, client: AsyncWebClient, workspace: Workspace
) -> None:
    server.clock.stop()
    for _ in range(20):
        await client.usergroups_list()
    with pytest.raises(SlackApiError) as refused:
        await client.usergroups_list()
    assert refused.value.response.status_code == 429
    assert refused.value.response["error"] == "ratelimited"
    assert refused.value.response.headers["Retry-After"] == "60"
    assert len(workspace.called("usergroups.list")) == 21
    server.clock.advance(60)
    await client.usergroups_list()


async def test_a_channel_takes_one_post_a_second_after_a_burst(
    server: SlackServer, client: AsyncWebClient, workspace: Workspace, general: Channel
) -> None:
    server.clock.stop()
    server.rules.post_burst = 1
    other = workspace.add_channel("other")
    await client.chat_postMessage(channel=general.id, text="One")
    await client.chat_postMessage(channel=other.id, text="Elsewhere")
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.chat_postMessage(channel=general.id, text="Two")
    server.clock.advance(1)
    await client.chat_postMessage(channel=general.id, text="Two")
    assert [one.text for one in workspace.messages(general)] == ["One", "Two"]


async def test_reading_history_is_cut_for_distributed_apps(
    server: SlackServer, client: AsyncWebClient, general: Channel
) -> None:
    server.rules.legacy_history = True
    for number in range(16):
        server.clock.advance(1)
        await client.chat_postMessage(channel=general.id, text=str(number))
    answer = await client.conversations_history(channel=general.id, limit=200)
    assert len(answer["messages"]) == 15
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.conversations_history(channel=general.id)


async def test_the_library_posts_twice_when_the_connection_breaks_after_the_work(
    server: SlackServer, client: AsyncWebClient, workspace: Workspace, general: Channel
) -> None:
    server.fail_next("chat.postMessage", Failure.DROP)
    answer = await client.chat_postMessage(channel=general.id, text="Hello")
    first, second = workspace.messages(general)
    assert (first.text, second.text) == ("Hello", "Hello")
    assert answer["ts"] == second.ts


async def test_without_retry_handlers_a_broken_connection_is_an_error(
    server: SlackServer, client: AsyncWebClient, workspace: Workspace, general: Channel
) -> None:
    client.retry_handlers = []
    for failure, posts in ((Failure.DROP_BEFORE, 0), (Failure.DROP, 1)):
        server.fail_next("chat.postMessage", failure)
        with pytest.raises(ServerDisconnectedError):
            await client.chat_postMessage(channel=general.id, text="Hello")
        assert len(workspace.messages(general)) == posts


async def test_a_post_may_be_done_although_no_answer_comes(
    server: SlackServer, client: AsyncWebClient, workspace: Workspace, general: Channel
) -> None:
    server.fail_next("chat.postMessage", Failure.HANG)
    posting = asyncio.create_task(client.chat_postMessage(channel=general.id, text="Hello"))
    await workspace.until(lambda: workspace.messages(general))
    posting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await posting


async def test_a_500_is_an_api_error_and_a_429_names_its_seconds(
    server: SlackServer, client: AsyncWebClient, workspace: Workspace, general: Channel
) -> None:
    server.fail_next("chat.postMessage", Failure.CRASH)
    server.fail_next("chat.postMessage", Failure.BUSY, retry_after=7)
    server.fail_next("chat.postMessage", "fatal_error")
    with pytest.raises(SlackApiError) as crashed:
        await client.chat_postMessage(channel=general.id, text="Hello")
    with pytest.raises(SlackApiError) as busy:
        await client.chat_postMessage(channel=general.id, text="Hello")
    with pytest.raises(SlackApiError, match="fatal_error"):
        await client.chat_postMessage(channel=general.id, text="Hello")
    assert crashed.value.response.status_code == 500
    assert busy.value.response.headers["Retry-After"] == "7"
    assert workspace.messages(general) == []
