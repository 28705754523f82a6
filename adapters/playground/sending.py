"""What the bot sends, taken as strictly as Slack and Discord would: see `rules` and `checks`."""

from datetime import timedelta
from typing import assert_never

from adapters.playground import rules
from adapters.playground.checks import check_content
from adapters.playground.community import Community
from adapters.playground.parse import message_ref
from adapters.playground.render import REALM, Json, render
from adapters.playground.rows import BOT, Channel, ChatMessage, Reaction
from bot.errors import PermanentDeliveryError
from bot.messages import Message
from bot.ports import SendDirect, SendEdit, SendPost, SendReaction
from bot.refs import AccountRef, ChannelRef, MessageRef

Lasting = SendPost | SendDirect | SendEdit | SendReaction
"""What stays in the chat; a followup does not."""


class Sender:
    """The bot's way into the community, within its pace."""

    def __init__(self, community: Community, monotonic: rules.Monotonic) -> None:
        self._community, self._chat = community, community.chat
        self._posts = rules.Window(1, rules.PACE.post_seconds, monotonic)
        self._edits = rules.Window(rules.PACE.edits_per_minute, 60.0, monotonic)
        self._directs = rules.Window(rules.PACE.directs_per_minute, 60.0, monotonic)

    async def send(self, sending: Lasting, nonce: str) -> MessageRef | None:
        """Deliver; what was posted under the same nonce minutes ago is returned as it is."""
        match sending:
            case SendPost(channel=channel, message=message, thread=thread):
                return await self._post(channel, thread, message, nonce)
            case SendDirect(account=account, message=message):
                return await self._direct(account, message, nonce)
            case SendEdit(target=target, message=message):
                return await self._edit(target, message)
            case SendReaction(target=target, emoji=emoji):
                await self._react(target, emoji)
                return None
            case _:
                assert_never(sending)

    async def _post(
        self, ref: ChannelRef, thread: MessageRef | None, message: Message, nonce: str
    ) -> MessageRef:
        channel = await self._channel(ref)
        if known := await self._repeat(nonce):
            return self._ref(known)
        root = await self._known(thread) if thread else None
        if root and root.channel != channel.id:
            raise PermanentDeliveryError("the thread is in another channel")
        content = payload(message)
        self._posts.enter(channel.id)
        under = (root.root or root.id) if root else None
        now = self._community.clock.now()
        posted = await self._chat.post(channel.id, under, content, now, nonce)
        return MessageRef(self._community.connection, channel.id, posted)

    async def _direct(self, account: AccountRef, message: Message, nonce: str) -> MessageRef:
        person = await self._chat.person(account.user) if account.realm == REALM else None
        if person is None:
            raise PermanentDeliveryError("there is no such person")
        if known := await self._repeat(nonce):
            return self._ref(known)
        rules.check_direct(person)
        self._directs.enter()
        line = ChannelRef(self._community.connection, f"dm-{person.id}")
        return await self._post(line, None, message, nonce)

    async def _edit(self, target: MessageRef, message: Message) -> MessageRef:
        known = await self._known(target)
        rules.check_own(known)
        content = payload(message)
        self._edits.enter()
        await self._chat.edit(known.id, content)
        return target

    async def _react(self, target: MessageRef, emoji: str) -> None:
        known = await self._known(target)
        if rules.has_room_for(emoji, known):
            now = self._community.clock.now()
            await self._chat.react(known.id, Reaction(BOT, emoji, True, now))
        else:
            raise PermanentDeliveryError("there are too many different reactions")

    async def _channel(self, ref: ChannelRef) -> Channel:
        ours = ref.connection == self._community.connection
        channel = await self._chat.channel(ref.channel) if ours else None
        if channel is None:
            raise PermanentDeliveryError("there is no such channel")
        if channel.direct_to and (person := await self._chat.person(channel.direct_to)):
            rules.check_direct(person)
        return channel

    async def _known(self, ref: MessageRef) -> ChatMessage:
        message = await self._community.find(ref)
        if message is None:
            raise PermanentDeliveryError("there is no such message")
        return message

    async def _repeat(self, nonce: str) -> ChatMessage | None:
        since = self._community.clock.now() - timedelta(seconds=rules.NONCE_SECONDS)
        return await self._chat.by_nonce(nonce, since)

    def _ref(self, message: ChatMessage) -> MessageRef:
        return message_ref(self._community.connection, message)


def payload(message: Message) -> Json:
    """A message's content; PermanentDeliveryError when the platform does not take it."""
    content = render(message)
    check_content(content)
    return content
