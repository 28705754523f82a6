"""Reading messages and threads: only when asked for, and only people's words."""

import asyncio
import re
from collections.abc import Awaitable

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.calls import Found, Refused, ask, in_time, pages
from adapters.slack.render import Json
from adapters.slack.text import message_text, read_text, without_mention
from adapters.slack.workspace import Workspace, moment
from bot.events import ReadMessage
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef

_PEOPLES = (None, "thread_broadcast", "file_share", "me_message")
"""Subtypes of what people write (https://docs.slack.dev/reference/events/message)."""
_PAGE = 200
_GONE = ("channel_not_found", "message_not_found", "thread_not_found", "not_in_channel")
_MENTIONED = re.compile(r"<@([UW][A-Z0-9]+)>")


def is_a_persons(message: Json) -> bool:
    """Whether somebody wrote it, no bot and not Slack itself."""
    by_bot = message.get("bot_id") or not message.get("user")
    return not by_bot and message.get("subtype") in _PEOPLES


class Reading:
    """Messages of a workspace as they are now. A `patient` reader waits until Slack tells whose
    they are and who may see them, or raises Unreachable; nobody waits for it."""

    def __init__(self, workspace: Workspace, *, patient: bool = False) -> None:
        self._patient = patient
        self._workspace = workspace
        self._web = workspace.web

    async def message(self, ref: MessageRef) -> ReadMessage | None:
        """A person's message, or None when it is gone or not to be read."""
        # Asked for a reply, conversations.replies may answer with the whole thread's beginning.
        found = await self._replies(
            ref.container, ref.message, oldest=ref.message, latest=ref.message
        )
        message = next((one for one in found if one["ts"] == ref.message), None)
        if message is None or not await self.may_be_read(ref.container, message):
            return None
        return await self.read(ref.container, message)

    async def thread(self, thread: ThreadRef) -> tuple[ReadMessage, ...] | None:
        """People's messages, the opening first; None when there is no such thread."""
        found = await self._replies(thread.channel, thread.root)
        if not found:
            return None
        readable = [one for one in found if await self.may_be_read(thread.channel, one)]
        return tuple([await self.read(thread.channel, message) for message in readable])

    async def read(self, channel: str, message: Json) -> ReadMessage:
        """A message of Slack's as ours; without words when nobody who may be read wrote it."""
        at = self._workspace
        ts, root = message["ts"], message.get("thread_ts") or message["ts"]
        readable = await self.may_be_read(channel, message)
        author = message.get("user") or message.get("bot_id") or at.identity.bot_user
        return ReadMessage(
            ref=at.message(channel, ts),
            thread=at.thread(channel, root),
            author=at.account(author),
            author_name=await self._name(author) if readable else "",
            text=await self.text(message) if readable else "",
            permalink=at.permalink(at.channels.today(channel), ts, root),
            posted_at=moment(ts),
            private=await self._known(at.channels.shuts_out(channel), True),
        )

    async def text(self, message: Json) -> str:
        """What it says, with people's names instead of their ids."""
        raw = without_mention(message_text(message), self._workspace.identity.bot_user)
        people = tuple(dict.fromkeys(_MENTIONED.findall(raw)))
        found = zip(people, await asyncio.gather(*map(self._name, people)), strict=True)
        return read_text(raw, {user: name for user, name in found if name})

    async def _name(self, user: str) -> str:
        person = await self._known(self._workspace.people.person(user), None)
        return person.name if person else ""

    async def _known(self, look: Awaitable[Found], otherwise: Found) -> Found:
        return await look if self._patient else await in_time(look, otherwise)

    async def may_see(self, account: AccountRef, channel: ChannelRef) -> bool:
        """Whether somebody may read a channel: an open one if they belong here, any other if they
        are in it."""
        at = self._workspace
        if account.realm != at.identity.realm or channel.connection != at.connection:
            return False
        facts = await at.channels.facts(channel.channel)
        person = await at.people.person(account.user)
        if facts is None or person is None:
            return False
        if person.full and not facts.private:
            return True
        return account.user in await at.channels.members(channel.channel)

    async def may_be_read(self, channel: str, message: Json) -> bool:
        """People's words; those of other companies only where the channel's settings say so."""
        if not is_a_persons(message):
            return False
        at = self._workspace
        own = at.settings.channels.get(at.channels.configured(channel))
        if own and own.outsiders:
            return True
        facts = await at.channels.facts(channel)
        if facts is not None and not facts.shared:
            return True
        person = await at.people.person(message["user"])
        return person is not None and not person.stranger

    async def _replies(self, channel: str, ts: str, **bounds: str) -> list[Json]:
        """A thread from its parent on, page by page; empty when Slack shows none."""

        def page_at(cursor: str) -> Awaitable[AsyncSlackResponse]:
            return ask(
                self._web.conversations_replies,
                channel=self._workspace.channels.today(channel),
                ts=ts,
                limit=_PAGE,
                cursor=cursor,
                inclusive=True,
                **bounds,
            )

        found: dict[str, Json] = {}
        try:
            async for page in pages(page_at):
                found |= {message["ts"]: message for message in page["messages"]}
        except Refused as refused:
            if refused.code not in _GONE:
                raise
            return []
        return list(found.values())
