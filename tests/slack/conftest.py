"""Our Slack with one workspace, a person and a channel, and Bolt to be connected to it."""

from collections.abc import AsyncIterator

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.bolt import bolt_app, web_client
from tests.slack.model import Channel
from tests.slack.person import Person
from tests.slack.server import SlackServer, running_slack
from tests.slack.workspace import Workspace


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with running_slack() as server:
        yield server


@pytest.fixture
def workspace(server: SlackServer) -> Workspace:
    return server.add_workspace("Customers")


@pytest.fixture
def ana(workspace: Workspace) -> Person:
    return workspace.add_user("Ana")


@pytest.fixture
def general(workspace: Workspace, ana: Person) -> Channel:
    return workspace.add_channel("general", [ana])


@pytest.fixture
async def client(server: SlackServer, workspace: Workspace) -> AsyncIterator[AsyncWebClient]:
    async with web_client(server, workspace.bot_token) as client:
        yield client


@pytest.fixture
async def app(server: SlackServer, workspace: Workspace) -> AsyncIterator[AsyncApp]:
    async with bolt_app(server, workspace) as app:
        yield app
