"""Uploads through the library's `files_upload_v2`, in their three steps."""

import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.model import Channel
from tests.slack.person import Person
from tests.slack.workspace import Workspace

PNG = b"\x89PNG\r\n\x1a\n and so on"


async def test_an_upload_becomes_a_message_in_a_thread(
    client: AsyncWebClient, workspace: Workspace, ana: Person, general: Channel
) -> None:
    parent = await ana.say(general, "This week")
    answer = await client.files_upload_v2(
        content=PNG,
        filename="votes.png",
        title="Votes",
        channel=general.id,
        initial_comment="The votes",
        thread_ts=parent.ts,
    )
    _, message = workspace.messages(general, parent)
    assert (message.text, message.subtype) == ("The votes", "file_share")
    assert [one["title"] for one in message.files] == ["Votes"]
    assert "ts" not in answer.data
    assert workspace.uploaded(message.files[0]["id"]) == PNG


async def test_a_channel_is_named_by_its_id(client: AsyncWebClient, general: Channel) -> None:
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.files_upload_v2(content=PNG, filename="votes.png", channel="general")


async def test_a_file_that_was_not_sent_cannot_be_shared(
    client: AsyncWebClient, general: Channel
) -> None:
    begun = await client.files_getUploadURLExternal(filename="votes.png", length=10)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(
            files=[{"id": begun["file_id"], "title": "Votes"}], channel_id=general.id
        )
    assert client.session is not None
    async with client.session.post(begun["upload_url"], data=b"too short") as answer:
        assert answer.status == 400


async def test_an_upload_needs_content(client: AsyncWebClient, general: Channel) -> None:
    with pytest.raises((SlackApiError, SlackRequestError)):
        await client.files_upload_v2(content=b"", filename="votes.png", channel=general.id)
