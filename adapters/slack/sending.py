"""Delivering: every message carries the row it came from, and is looked for before a repeat."""

from datetime import datetime, timedelta
from typing import Any, assert_never

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.answers import Answers
from adapters.slack.calls import Argument, Call, Refused, SlowDown, Unreachable, ask_once
from adapters.slack.emoji import name_of
from adapters.slack.render import render
from adapters.slack.workspace import Workspace, timestamp
from bot.errors import DeliveryError, DirectRefused, PermanentDeliveryError
from bot.messages import Attachment, Image, Message
from bot.ports import SendDirect, SendEdit, SendFollowup, Sending, SendPost, SendReaction
from bot.refs import AccountRef, ChannelRef, MessageRef

EVENT_TYPE = "sounding_board"
"""The `event_type` of our messages' metadata; anybody in the workspace with an app can read it."""
_LOOK_BACK = 100
"""Messages looked through for one of ours. More are hardly written while we are away from it."""
CLOCKS_APART = timedelta(minutes=1)
"""How far Slack's clock may be from ours."""
_PASSING = {
    "fatal_error", "internal_error", "request_timeout", "service_unavailable",
    "ratelimited", "team_added_to_org", "external_channel_migrating",
}  # fmt: skip
TOKEN_REFUSED = {
    "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired",
}  # fmt: skip
_NO_DIRECTS = {
    "cannot_dm_bot", "user_disabled", "user_not_found", "users_not_found", "user_not_visible",
    "messages_tab_disabled", "channel_not_found", "restricted_action",
}  # fmt: skip


class Sender:
    """What leaves for one workspace."""

    def __init__(self, workspace: Workspace, answers: Answers) -> None:
        self._workspace = workspace
        self._answers = answers
        self._web = workspace.web

    async def send(self, sending: Sending, nonce: str, since: datetime | None) -> MessageRef | None:
        """Deliver one thing; DeliveryError when it did not work."""
        match sending:
            case SendPost(channel, message, thread):
                return await self._post(channel, message, thread, nonce, since)
            case SendDirect(account, message):
                return await self._direct(account, message, nonce, since)
            case SendEdit(target, message):
                return await self._edit(target, message)
            case SendReaction(target, emoji):
                await self._react(target, name_of(emoji))
                return None
            case SendFollowup(handle, _, message):
                await self._follow_up(handle, message)
                return None
            case _:
                assert_never(sending)

    async def _post(
        self,
        ref: ChannelRef,
        message: Message,
        thread: MessageRef | None,
        nonce: str,
        since: datetime | None,
    ) -> MessageRef:
        channel = self._workspace.channels.today(ref.channel)
        root = thread.message if thread else None
        ts = await self._sent(channel, root, nonce, since) if since else None
        if ts is None:
            ts = await self._say(channel, root, message, nonce)
        if message.image:
            await self._attach(channel, root or ts, message.image, since)
        return self._workspace.message(channel, ts)

    async def _direct(
        self, account: AccountRef, message: Message, nonce: str, since: datetime | None
    ) -> MessageRef | None:
        if account.realm != self._workspace.identity.realm:
            raise DirectRefused("somebody of another workspace")
        try:
            opened = await self._call(self._web.conversations_open, users=account.user)
            channel = str(opened["channel"]["id"])
            if message.attachment:
                await self._hand_over(channel, message, message.attachment, since)
                return None
            return await self._post(
                ChannelRef(self._workspace.connection, channel), message, None, nonce, since
            )
        except PermanentDeliveryError as error:
            code = str(error)
            raise DirectRefused(code) from None if code in _NO_DIRECTS else error

    async def _say(self, channel: str, root: str | None, message: Message, nonce: str) -> str:
        payload = {"event_type": EVENT_TYPE, "event_payload": {"row": nonce}}
        said = await self._call(
            self._web.chat_postMessage,
            channel=channel,
            thread_ts=root,
            metadata=payload,
            unfurl_links=False,
            unfurl_media=False,
            **render(message, self._workspace.identity.realm),
        )
        return str(said["ts"])

    async def _edit(self, target: MessageRef, message: Message) -> MessageRef:
        await self._call(
            self._web.chat_update,
            channel=self._workspace.channels.today(target.container),
            ts=target.message,
            **render(message, self._workspace.identity.realm),
        )
        return target

    async def _react(self, target: MessageRef, name: str) -> None:
        channel = self._workspace.channels.today(target.container)
        try:
            await self._call(
                self._web.reactions_add, channel=channel, timestamp=target.message, name=name
            )
        except PermanentDeliveryError as error:
            if str(error) != "already_reacted":
                raise

    async def _follow_up(self, handle: str, message: Message) -> None:
        try:
            await self._answers.respond(handle, message, replace=False)
        except Unreachable as error:
            raise DeliveryError(str(error)) from None

    async def _sent(
        self, channel: str, root: str | None, nonce: str, since: datetime
    ) -> str | None:
        """The `ts` of the message that an earlier attempt posted after all."""
        for message in await self._ours(channel, root, since):
            metadata = message.get("metadata") or {}
            if (metadata.get("event_payload") or {}).get("row") == nonce:
                return str(message["ts"])
        return None

    async def _ours(self, channel: str, root: str | None, since: datetime) -> list[dict[str, Any]]:
        """The bot's own messages since then, with their metadata."""
        bounds: dict[str, Argument] = {
            "oldest": timestamp(since - CLOCKS_APART),
            "limit": _LOOK_BACK,
            "include_all_metadata": True,
        }
        if root:
            page = await self._call(
                self._web.conversations_replies, channel=channel, ts=root, **bounds
            )
        else:
            page = await self._call(self._web.conversations_history, channel=channel, **bounds)
        us = self._workspace.identity
        return [
            one
            for one in page["messages"]
            if one.get("bot_id") == us.bot_id or one.get("user") == us.bot_user
        ]

    async def _attach(self, channel: str, root: str, image: Image, since: datetime | None) -> None:
        """A picture in the thread of its message, unless an earlier attempt got so far."""
        if since and await self._has_file(channel, root, image.name, since):
            return
        await self._call(
            self._web.files_upload_v2,
            channel=channel,
            thread_ts=root,
            content=image.png,
            filename=image.name,
            title=image.alt,
            alt_txt=image.alt,
        )

    async def _hand_over(
        self, channel: str, message: Message, attachment: Attachment, since: datetime | None
    ) -> None:
        """A file, with the message as what is said about it."""
        if since and await self._has_file(channel, None, attachment.name, since):
            return
        await self._call(
            self._web.files_upload_v2,
            channel=channel,
            content=attachment.content,
            filename=attachment.name,
            title=attachment.name,
            initial_comment=render(message, self._workspace.identity.realm)["text"],
        )

    async def _has_file(self, channel: str, root: str | None, name: str, since: datetime) -> bool:
        messages = await self._ours(channel, root, since)
        files = [file for message in messages for file in message.get("files") or ()]
        return any(file.get("name") == name for file in files)

    async def _call(self, call: Call, **arguments: Argument) -> AsyncSlackResponse:
        """What Slack answers; our words for what it refuses."""
        try:
            return await ask_once(call, **arguments)
        except SlowDown as wait:
            raise DeliveryError("ratelimited", wait.seconds) from None
        except Unreachable as error:
            raise DeliveryError(str(error)) from None
        except Refused as refused:
            if refused.code in TOKEN_REFUSED:
                self._workspace.lost.set()
                raise DeliveryError(refused.code) from None
            verdict = DeliveryError if refused.code in _PASSING else PermanentDeliveryError
            raise verdict(refused.code) from None
