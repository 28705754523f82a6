"""Delivering: every message carries the row it came from as its nonce, so that Discord itself
recognises a repeat for minutes; after that it is looked for (`traces`)."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, assert_never

from adapters.discord.answers import Answers
from adapters.discord.calls import NO_TOKEN, Refused, SlowDown, Unreachable, Upload, call
from adapters.discord.client import REFUSED
from adapters.discord.community import Community
from adapters.discord.emoji import reaction
from adapters.discord.limits import Json
from adapters.discord.markdown import REALM
from adapters.discord.parked import Parked
from adapters.discord.posts import Posts
from adapters.discord.render import render
from adapters.discord.shown import Shown
from adapters.discord.traces import Traces
from adapters.memory import Memory
from bot.errors import (
    BotError,
    DeliveryError,
    DirectRefused,
    NotConnected,
    PermanentDeliveryError,
)
from bot.messages import Message
from bot.ports import SendDirect, SendEdit, SendFollowup, Sending, SendPost, SendReaction
from bot.refs import AccountRef, ChannelRef, Emoji, MessageRef

_NO_DIRECTS = 50007
_ARCHIVED = 50083
_TOO_MANY_DIRECTS = 40003
_SHUT = (403, 404)
_OF_ONE = (10008, 10014, 50005, _NO_DIRECTS)
"""What is refused of one message, emoji or person: no reason to leave the channel alone."""
_DIRECTS_REST = 600.0
"""Seconds without direct messages once Discord says that we open them too fast: it quarantines bots
that go on."""
_DAY = 24 * 60 * 60.0
_MESSAGES = "/channels/{channel_id}/messages"


class Sender:
    """What leaves for one login. It lives as long as the connection, and remembers what is parked
    and where people read their direct messages."""

    def __init__(
        self,
        community: Community,
        answers: Answers,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._at = community
        self._answers = answers
        self.parked = Parked(monotonic)
        self.shown = Shown(monotonic)
        self._posts = Posts(community, self._call)
        self._traces = Traces(community, monotonic)
        self._directs = Memory[str](_DAY, monotonic)

    async def send(self, sending: Sending, nonce: str, since: datetime | None) -> MessageRef | None:
        """Deliver one thing; DeliveryError when it did not work, NotConnected when nothing can."""
        try:
            return await self._send(sending, nonce, since)
        except SlowDown as wait:
            raise DeliveryError("rate limited", wait.seconds) from None
        except Unreachable as error:
            raise DeliveryError(str(error)) from None
        except Refused as refused:
            raise self._meaning(refused) from None

    async def _send(
        self, sending: Sending, nonce: str, since: datetime | None
    ) -> MessageRef | None:
        match sending:
            case SendPost(channel, message, thread):
                return await self._post(channel, message, thread, nonce, since)
            case SendDirect(account, message):
                return await self._direct(account, message, nonce, since)
            case SendEdit(target, message):
                return await self._edit(target, message)
            case SendReaction(target, emoji):
                await self._react(target, emoji)
                return None
            case SendFollowup(handle, _, message):
                await self._answers.follow_up(handle, message)
                return None
            case _:
                assert_never(sending)

    async def _post(
        self,
        ref: ChannelRef,
        message: Message,
        root: MessageRef | None,
        nonce: str,
        since: datetime | None,
    ) -> MessageRef:
        """In the thread that hangs below `root`, else as a reply to it."""
        if root is None:
            return await self._say(ref.channel, message, nonce, since)
        if await self._at.is_thread(root.message):
            return await self._say_in_thread(root.message, message, nonce, since)
        return await self._say(root.container, message, nonce, since, reply_to=root.message)

    async def _say_in_thread(
        self, thread: str, message: Message, nonce: str, since: datetime | None
    ) -> MessageRef:
        """What is said in a closed thread opens it; it is closed again."""
        closed = await self._posts.is_closed(thread)
        said = await self._say(thread, message, nonce, since)
        if closed:
            await self._posts.close(thread)
        if message.mark:
            await self._posts.show(thread, message.mark)
        return said

    async def _direct(
        self, account: AccountRef, message: Message, nonce: str, since: datetime | None
    ) -> MessageRef:
        if account.realm != REALM:
            raise DirectRefused("somebody who is not on Discord")
        try:
            return await self._say(await self._conversation(account.user), message, nonce, since)
        except PermanentDeliveryError as error:
            if str(error).endswith(f" {_NO_DIRECTS}"):
                raise DirectRefused(str(error)) from None
            raise

    async def _conversation(self, user: str) -> str:
        async def open_it() -> str:
            opened = await self._call(None, "POST", "/users/@me/channels", {"recipient_id": user})
            return str(opened["id"])

        return await self._directs.of(user, open_it)

    async def _say(
        self,
        channel: str,
        message: Message,
        nonce: str,
        since: datetime | None,
        reply_to: str | None = None,
    ) -> MessageRef:
        body = render(message) | {"nonce": nonce, "enforce_nonce": True}
        if reply_to:
            body["message_reference"] = {"message_id": reply_to, "fail_if_not_exists": False}
        sent = await self._traces.find(channel, nonce, body, since) if since else None
        if sent is None:
            said = await self._call(
                channel, "POST", _MESSAGES, body, files=_files(message), channel_id=channel
            )
            sent = str(said["id"])
        self._traces.sent(sent, nonce)
        return self._at.message(channel, sent)

    async def _edit(self, target: MessageRef, message: Message) -> MessageRef:
        """What the answer to a press has shown already is not sent again."""
        async with self.shown.alone(target.message) as outdated:
            body = render(message)
            if not outdated and not self.shown.shows(target.message, body):
                self.shown.changing(target.message)
                await self._change(target, body)
                self.shown.changed(target.message, body)
        if message.mark:
            await self._posts.show(target.container, message.mark)
        return target

    async def _change(self, target: MessageRef, body: Json) -> None:
        """In a closed thread too, which is closed again."""
        try:
            await self._patch(target, body)
        except PermanentDeliveryError as error:
            if not str(error).endswith(f" {_ARCHIVED}"):
                raise
            await self._posts.open(target.container)
            await self._patch(target, body)
            await self._posts.close(target.container)

    async def _patch(self, target: MessageRef, body: Json) -> None:
        await self._call(
            target.container,
            "PATCH",
            f"{_MESSAGES}/{{message_id}}",
            body,
            channel_id=target.container,
            message_id=target.message,
        )

    async def _react(self, target: MessageRef, emoji: Emoji) -> None:
        custom = {one.name: str(one.id) for one in self._at.client.emojis}
        await self._call(
            target.container,
            "PUT",
            f"{_MESSAGES}/{{message_id}}/reactions/{{emoji}}/@me",
            channel_id=target.container,
            message_id=target.message,
            emoji=reaction(emoji, custom),
        )

    async def _call(
        self,
        channel: str | None,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        params: Json | None = None,
        files: Sequence[Upload] = (),
        **names: str,
    ) -> Any:  # noqa: ANN401 - JSON
        """What Discord answers. What refuses again and again is left alone for a while: ten
        thousand refusals shut out our address."""
        if channel:
            self.parked.check(channel)
        try:
            answer = await call(
                self._at.client, method, path, body, params=params, files=files, **names
            )
        except Refused as refused:
            if channel and refused.status in _SHUT and refused.code not in _OF_ONE:
                self.parked.refused(channel)
            raise self._meaning(refused) from None
        if channel:
            self.parked.went_well(channel)
        return answer

    def _meaning(self, refused: Refused) -> BotError:
        if refused.status == NO_TOKEN:
            self._at.lost.set()
            return NotConnected(REFUSED)
        if refused.code == _TOO_MANY_DIRECTS:
            return DeliveryError(str(refused), _DIRECTS_REST)
        return PermanentDeliveryError(str(refused))


def _files(message: Message) -> list[Upload]:
    files = []
    if message.image:
        image = message.image
        files.append(Upload(image.name, image.png, image.alt))
    if message.attachment:
        text = message.attachment
        files.append(Upload(text.name, text.content.encode()))
    return files
