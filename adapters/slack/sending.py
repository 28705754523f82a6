"""Delivering: every message carries the row it came from, and is looked for before a repeat."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import assert_never

from adapters.slack.answers import Answers
from adapters.slack.calls import Refused, SlowDown, Unreachable, ask_once
from adapters.slack.emoji import name_of
from adapters.slack.files import Files
from adapters.slack.render import render
from adapters.slack.traces import Traces, metadata
from adapters.slack.workspace import Workspace
from bot.errors import DeliveryError, DirectRefused, PermanentDeliveryError
from bot.messages import Message
from bot.ports import SendDirect, SendEdit, SendFollowup, Sending, SendPost, SendReaction
from bot.refs import AccountRef, ChannelRef, MessageRef

_NO_DIRECTS = frozenset(
    "cannot_dm_bot user_disabled user_not_found users_not_found user_not_visible "
    "messages_tab_disabled channel_not_found restricted_action".split()
)


class Sender:
    """What leaves for one workspace."""

    def __init__(self, workspace: Workspace, answers: Answers) -> None:
        self._workspace = workspace
        self._answers = answers
        self._traces = Traces(workspace)
        self._files = Files(workspace, self._traces)
        self._web = workspace.web
        self._realm = workspace.identity.realm

    async def send(self, sending: Sending, nonce: str, since: datetime | None) -> MessageRef | None:
        """Deliver one thing; DeliveryError when it did not work, NotConnected when nothing can."""
        with self._in_our_words():
            match sending:
                case SendPost(channel, message, thread):
                    root = thread.message if thread else None
                    return await self._post(channel, message, root, nonce, since)
                case SendDirect(account, message):
                    return await self._direct(account, message, nonce, since)
                case SendEdit(target, message):
                    return await self._edit(target, message)
                case SendReaction(target, emoji):
                    await self._react(target, name_of(emoji))
                    return None
                case SendFollowup(handle, _, message):
                    await self._answers.respond(handle, message, replace=False)
                    return None
                case _:
                    assert_never(sending)

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        try:
            yield
        except SlowDown as wait:
            raise DeliveryError("ratelimited", wait.seconds) from None
        except Unreachable as error:
            raise DeliveryError(str(error)) from None
        except Refused as refused:
            raise PermanentDeliveryError(refused.code) from None

    async def _post(
        self,
        ref: ChannelRef,
        message: Message,
        root: str | None,
        nonce: str,
        since: datetime | None,
    ) -> MessageRef:
        channel = self._workspace.channels.today(ref.channel)
        ts = await self._traces.message(channel, root, nonce, since) if since else None
        if ts is None:
            ts = await self._say(channel, root, message, nonce)
        if message.image:
            await self._files.illustrate(channel, root or ts, message.image, since)
        return self._workspace.message(channel, ts)

    async def _direct(
        self, account: AccountRef, message: Message, nonce: str, since: datetime | None
    ) -> MessageRef | None:
        if account.realm != self._realm:
            raise DirectRefused("somebody of another workspace")
        try:
            opened = await ask_once(self._web.conversations_open, users=account.user)
            channel = ChannelRef(self._workspace.connection, str(opened["channel"]["id"]))
            if not message.attachment:
                return await self._post(channel, message, None, nonce, since)
            await self._files.hand_over(channel.channel, message, message.attachment, since)
            return None
        except Refused as refused:
            if refused.code in _NO_DIRECTS:
                raise DirectRefused(refused.code) from None
            raise

    async def _say(self, channel: str, root: str | None, message: Message, nonce: str) -> str:
        said = await ask_once(
            self._web.chat_postMessage,
            channel=channel,
            thread_ts=root,
            metadata=metadata(nonce),
            unfurl_links=False,
            unfurl_media=False,
            **render(message, self._realm),
        )
        return str(said["ts"])

    async def _edit(self, target: MessageRef, message: Message) -> MessageRef:
        await ask_once(
            self._web.chat_update,
            channel=self._workspace.channels.today(target.container),
            ts=target.message,
            **render(message, self._realm),
        )
        return target

    async def _react(self, target: MessageRef, name: str) -> None:
        channel = self._workspace.channels.today(target.container)
        try:
            await ask_once(
                self._web.reactions_add, channel=channel, timestamp=target.message, name=name
            )
        except Refused as refused:
            if refused.code != "already_reacted":
                raise
