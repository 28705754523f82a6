"""What an earlier attempt left on Slack, so that nothing is sent twice.

Slack takes no key with which it would know a repeat; a message's metadata holds the row it came
from instead (https://docs.slack.dev/reference/methods/chat.postMessage#metadata).
"""

from collections.abc import Awaitable
from datetime import datetime, timedelta

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.calls import Argument, ask_once, pages
from adapters.slack.render import Json
from adapters.slack.workspace import Workspace, timestamp

EVENT_TYPE = "sounding_board"
"""The `event_type` of our messages' metadata; anybody in the workspace with an app can read it."""
CLOCKS_APART = timedelta(minutes=1)
"""How far Slack's clock may be from ours."""
_PAGE = 200


def metadata(nonce: str) -> Json:
    """What a message carries to be found by."""
    return {"event_type": EVENT_TYPE, "event_payload": {"row": nonce}}


class Traces:
    """Looks through what the bot wrote in a channel, or in the thread `root` of it, since then."""

    def __init__(self, workspace: Workspace) -> None:
        self._us = workspace.identity
        self._web = workspace.web

    async def message(
        self, channel: str, root: str | None, nonce: str, since: datetime
    ) -> str | None:
        """The `ts` of the message with this nonce."""
        for message in await self._ours(channel, root, since):
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("row") == nonce:
                return str(message["ts"])
        return None

    async def has_file(self, channel: str, root: str | None, name: str, since: datetime) -> bool:
        """Whether a file of this name was sent: Slack does not say in which message it puts one."""
        messages = await self._ours(channel, root, since)
        files = [file for message in messages for file in message.get("files") or ()]
        return any(file.get("name") == name for file in files)

    async def _ours(self, channel: str, root: str | None, since: datetime) -> list[Json]:
        def page_at(cursor: str) -> Awaitable[AsyncSlackResponse]:
            where: dict[str, Argument] = {
                "channel": channel,
                "oldest": timestamp(since - CLOCKS_APART),
                "limit": _PAGE,
                "cursor": cursor,
                "include_all_metadata": True,
            }
            if root is None:
                return ask_once(self._web.conversations_history, **where)
            return ask_once(self._web.conversations_replies, ts=root, **where)

        found = [message async for page in pages(page_at) for message in page["messages"]]
        return [one for one in found if self._is_ours(one)]

    def _is_ours(self, message: Json) -> bool:
        return message.get("bot_id") == self._us.bot_id or message.get("user") == self._us.bot_user
