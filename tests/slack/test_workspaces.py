"""Several workspaces on one server, a channel that two of them share, tokens that end."""

import asyncio

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.bolt import connected, web_client
from tests.slack.model import Channel
from tests.slack.person import Person
from tests.slack.server import SlackServer
from tests.slack.workspace import Workspace


async def test_workspaces_know_nothing_of_each_other(
    server: SlackServer, client: AsyncWebClient, workspace: Workspace
) -> None:
    company = server.add_workspace("Company")
    inbox = company.add_channel("inbox")
    carl = company.add_user("Carl")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postMessage(channel=inbox.id, text="Hello")
    with pytest.raises(SlackApiError, match="user_not_found"):
        await client.users_info(user=carl.id)
    assert company.calls == []


async def test_a_shared_channel_has_one_id_and_tells_both_apps(
    server: SlackServer, client: AsyncWebClient, workspace: Workspace, ana: Person, general: Channel
) -> None:
    company = server.add_workspace("Company")
    carl = company.add_user("Carl")
    side = workspace.share(general, company, name="customers", members=[carl])
    message = await ana.say(general, "Hello")
    (theirs,) = company.deliveries
    (ours,) = workspace.deliveries
    assert ours.payload["is_ext_shared_channel"]
    assert "user_team" not in ours.payload["event"]
    assert theirs.payload["event"]["user_team"] == workspace.id
    assert theirs.payload["event"]["channel"] == side.id == general.id
    assert company.message(side, message.ts) is message
    async with web_client(server, company.bot_token) as their_client:
        info = await their_client.conversations_info(channel=side.id)
        assert (info["channel"]["name"], info["channel"]["is_ext_shared"]) == ("customers", True)
        stranger = await their_client.users_info(user=ana.id)
        assert stranger["user"]["is_stranger"]
    members = await client.conversations_members(channel=general.id)
    assert members["members"] == [ana.id, workspace.bot.id, carl.id, company.bot.id]


async def test_an_outsider_may_write_and_react_but_not_use_commands(
    workspace: Workspace,
) -> None:
    olga = workspace.add_user("Olga", outsider_of="T0OTHER00")
    shared = workspace.add_channel("shared", [olga], shared=True)
    message = await olga.say(shared, "Hello")
    await olga.react(message, "rocket")
    said, reacted = (one.payload for one in workspace.deliveries)
    assert said["event"]["user_team"] == "T0OTHER00"
    assert reacted["event"]["user"] == olga.id
    assert (await olga.command(shared, "/suggest")).error == "not a valid command"


async def test_an_organisation_names_itself(server: SlackServer) -> None:
    workspace = server.add_workspace("Branch", enterprise="E0SB00001")
    ana = workspace.add_user("Ana")
    general = workspace.add_channel("general", [ana])
    await ana.say(general, "Hello")
    (delivery,) = workspace.deliveries
    assert delivery.payload["context_enterprise_id"] == "E0SB00001"
    async with web_client(server, workspace.bot_token) as client:
        assert (await client.auth_test())["enterprise_id"] == "E0SB00001"


async def test_bolt_acknowledges_and_drops_everything_once_the_token_is_revoked(
    app: AsyncApp, workspace: Workspace, ana: Person, general: Channel
) -> None:
    heard: list[str] = []

    @app.event("message")
    async def message(event: dict[str, str]) -> None:
        heard.append(event["text"])

    @app.event("tokens_revoked")
    async def revoked() -> None:
        heard.append("the end")

    async with connected(app, workspace):
        await workspace.revoke_tokens()
        await ana.say(general, "Anybody there?")
    assert heard == ["the end"]
    assert [(one.name, one.state) for one in workspace.deliveries] == [
        ("tokens_revoked", "acknowledged"),
        ("message", "acknowledged"),
    ]


async def test_a_revoked_token_fails_until_there_is_another(
    client: AsyncWebClient, workspace: Workspace
) -> None:
    await workspace.revoke_tokens("token_revoked")
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()
    workspace.restore_tokens()
    await client.auth_test()


async def test_the_library_never_gives_up_on_a_wrong_app_token(
    app: AsyncApp, workspace: Workspace
) -> None:
    workspace.revoke_app_token()
    handler = AsyncSocketModeHandler(app, workspace.app_token, ping_interval=0.01)
    connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]
    await workspace.until(lambda: len(workspace.called("apps.connections.open")) >= 3)
    assert not connecting.done()
    await handler.close_async()  # type: ignore[no-untyped-call]
    await connecting
    assert {one.error for one in workspace.called("apps.connections.open")} == {"invalid_auth"}


async def test_the_library_tries_a_spoiled_address_again_and_again(
    app: AsyncApp, workspace: Workspace
) -> None:
    workspace.sockets.spoil_next_url()
    handler = AsyncSocketModeHandler(app, workspace.app_token, ping_interval=0.01)
    connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]
    await workspace.until(lambda: workspace.sockets.refused >= 3)
    assert len(workspace.called("apps.connections.open")) == 1
    await handler.close_async()  # type: ignore[no-untyped-call]
    await connecting


async def test_the_library_closes_its_socket_before_it_opens_the_next(
    app: AsyncApp, workspace: Workspace
) -> None:
    async with connected(app, workspace):
        await workspace.sockets.disconnect("warning")
        await workspace.until(lambda: not workspace.sockets.open)
        await workspace.connected()
    assert len(workspace.called("apps.connections.open")) == 2


async def test_socket_mode_switched_off_ends_every_socket_for_good(
    client: AsyncWebClient, workspace: Workspace
) -> None:
    answer = await client.apps_connections_open(app_token=workspace.app_token)
    assert client.session is not None
    async with client.session.ws_connect(answer["url"]) as wire:
        await workspace.connected()
        await workspace.switch_off_socket_mode()
        assert (await wire.receive_json())["type"] == "hello"
        assert (await wire.receive_json())["reason"] == "link_disabled"
    with pytest.raises(SlackApiError, match="forbidden_team"):
        await client.apps_connections_open(app_token=workspace.app_token)


async def test_who_waits_in_vain_is_shown_the_state(
    workspace: Workspace, ana: Person, general: Channel
) -> None:
    await ana.say(general, "Anybody there?")
    with pytest.raises(TimeoutError, match=r"told message: kept"):
        await workspace.settled(seconds=0.01)
