"""What Slack tells without being asked (the Events API): what people did, and what changed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from typing import Any

import structlog

from adapters.slack import parse
from adapters.slack.answers import Place, Surface
from adapters.slack.calls import LOOK_SECONDS, in_time
from adapters.slack.parse import Deed
from adapters.slack.reading import Reading, is_a_persons
from adapters.slack.render import Json
from adapters.slack.workspace import Workspace, moment
from bot.events import Event
from bot.people import Role
from bot.ports import Sink
from bot.results import Answer, Page

log = structlog.get_logger()
Answered = tuple[Answer | None, Place] | None


class News:
    """Hears events of one workspace. What is not known here is acknowledged and left alone."""

    def __init__(self, workspace: Workspace, reading: Reading, sink: Sink) -> None:
        self._workspace = workspace
        self._reading = reading
        self._sink = sink
        self._people: dict[str, Callable[[Json, Json], Awaitable[Event | None]]] = {
            "message": self._message,
            "app_mention": self._mention,
            "reaction_added": self._reaction,
            "reaction_removed": self._reaction,
            "app_home_opened": self._home,
        }

    async def hear(self, body: dict[str, Any]) -> Answered:
        """Act on one delivery; an answer only for whoever opened the bot's own page."""
        event = body["event"]
        if event["type"] not in self._people:
            await self._changed(event)
            return None
        heard = await self._people[event["type"]](body, event)
        if heard is None:
            return None
        answer = await self._sink(heard)
        if isinstance(answer, Page):
            return answer, Place(Surface.HOME, event["user"], event["user"])
        return None

    async def _message(self, body: Json, event: Json) -> Event | None:
        gone = _gone(event)
        if gone:
            at = moment(event["event_ts"])
            return parse.deleted(self._workspace, body["event_id"], at, event["channel"], gone)
        if event.get("subtype") == "message_changed":
            return await self._edited(body, event)
        if not is_a_persons(event) or not await self._is_heard(event):
            return None
        us = self._workspace.identity.bot_user
        # A mention arrives a second time, as `app_mention` with an id of its own.
        mentions = f"<@{us}" in (event.get("text") or "")
        to_bot = _is_direct(event) or (event.get("parent_user_id") == us and not mentions)
        return await self._posted(body, event, to_bot=to_bot)

    async def _mention(self, body: Json, event: Json) -> Event | None:
        if not is_a_persons(event) or not await self._is_heard(event):
            return None
        return await self._posted(body, event, to_bot=True)

    async def _posted(self, body: Json, event: Json, *, to_bot: bool) -> Event:
        """Of a message to nobody in particular only its place matters: nothing is looked up."""
        look = self._deed if to_bot else self._bare_deed
        deed = await look(body, event, event["channel"], event["user"])
        text = await self._reading.text(event) if to_bot else ""
        return parse.posted(deed, event, text, to_bot=to_bot)

    async def _edited(self, body: Json, event: Json) -> Event | None:
        """The author's own new words; Slack also changes a message to show a link's preview."""
        message, before = event["message"], event.get("previous_message") or {}
        changed = message.get("text") != before.get("text") and message.get("edited")
        if not changed or not is_a_persons(message):
            return None
        deed = await self._bare_deed(body, event, event["channel"], message["user"])
        return parse.edited(deed, event, await self._reading.text(message))

    async def _reaction(self, body: Json, event: Json) -> Event | None:
        item, user = event["item"], event["user"]
        if item["type"] != "message" or user == self._workspace.identity.bot_user:
            return None
        people = self._workspace.people
        deed, by_bot, roles = await asyncio.gather(
            self._deed(body, event, item["channel"], user),
            people.is_bot(user),
            self._roles_for_sure(user),
        )
        return None if by_bot else parse.reaction(replace(deed, roles=roles), event)

    async def _roles_for_sure(self, user: str) -> frozenset[Role]:
        """A reaction cannot be answered, so it is never refused for what Slack does not tell now:
        it is delivered again. TimeoutError, Unreachable."""
        async with asyncio.timeout(LOOK_SECONDS):
            return await self._workspace.people.roles_for_sure(user)

    async def _home(self, body: Json, event: Json) -> Event | None:
        if event.get("tab") != "home":
            return None
        return parse.home(await self._deed(body, event, event["user"], event["user"]))

    async def _is_heard(self, event: Json) -> bool:
        """Whether what somebody wrote counts: a stranger's does only in direct messages, and where
        the channel's settings say so. TimeoutError when Slack does not tell: then it delivers the
        event again."""
        if _is_direct(event):
            return True
        async with asyncio.timeout(LOOK_SECONDS):
            return await self._reading.may_be_read(event["channel"], event)

    async def _deed(self, body: Json, event: Json, channel: str, user: str) -> Deed:
        """With their name and what they may do."""
        people = self._workspace.people
        bare, name, roles = await asyncio.gather(
            self._bare_deed(body, event, channel, user), people.name(user), people.roles(user)
        )
        return replace(bare, name=name, roles=roles)

    async def _bare_deed(self, body: Json, event: Json, channel: str, user: str) -> Deed:
        return Deed(
            workspace=self._workspace,
            key=body["event_id"],
            at=moment(event["event_ts"]),
            user=user,
            name="",
            channel=channel,
            private=await self._workspace.channels.is_closed(channel),
        )

    async def _changed(self, event: Json) -> None:
        """Something about channels, people or our login; what was known of it is forgotten."""
        at = self._workspace
        match event["type"]:
            case "channel_id_changed":
                self._moved(event["old_channel_id"], event["new_channel_id"])
            case "member_joined_channel" | "member_left_channel" if (
                event["user"] != at.identity.bot_user
            ):
                at.channels.forget_members(event["channel"])
            case "subteam_members_changed":
                at.people.forget_group(event["subteam_id"])
            case "subteam_updated":
                at.people.forget_group(event["subteam"]["id"])
            case "user_change":
                at.people.forget(event["user"]["id"])
            case "tokens_revoked" if not event["tokens"].get("bot"):
                return
            case "tokens_revoked" | "app_uninstalled":
                at.web.lost.set()
            case kind:
                where = event.get("channel") or ""
                channel = where["id"] if isinstance(where, dict) else where
                at.channels.forget(channel)
                await self._look_again(kind, channel)

    def _moved(self, old: str, new: str) -> None:
        """What is configured and stored has the old id, and goes on working until a restart."""
        channels = self._workspace.channels
        if channels.configured(new) != channels.configured(old):
            channels.moved(old, new)
            text = "write the new id in the configuration"
            log.warning("channel_id_changed", old=old, new=new, text=text)

    async def _look_again(self, change: str, channel: str) -> None:
        """The operator hears of what happens to a channel that the configuration names, and how it
        is now."""
        channels = self._workspace.channels
        if channels.configured(channel) not in self._workspace.configured:
            return
        facts = await in_time(channels.facts(channel), None, channel=channel)
        now = asdict(facts) if facts else {"id": channel, "text": "Slack does not show it"}
        log.warning("channel_changed", change=change, channel=channels.configured(channel), now=now)


def _is_direct(event: Json) -> bool:
    return bool(event.get("channel_type") == "im")


def _gone(event: Json) -> str | None:
    """The `ts` of a message that was deleted; one with replies stays, as a tombstone."""
    if event.get("subtype") == "message_deleted":
        return str(event["deleted_ts"])
    message = event.get("message") or {}
    return str(message["ts"]) if message.get("subtype") == "tombstone" else None
