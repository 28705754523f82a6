"""What Slack tells without being asked (the Events API): what people did, and what changed."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from adapters.slack import parse
from adapters.slack.answers import Place, Surface
from adapters.slack.parse import Deed
from adapters.slack.reading import Reading, is_a_persons
from adapters.slack.render import Json
from adapters.slack.workspace import Workspace, moment
from bot.events import Event
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
            self._changed(event)
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
        direct = event.get("channel_type") == "im"
        # A mention arrives a second time, as `app_mention` with an id of its own.
        mentions = f"<@{us}" in (event.get("text") or "")
        to_bot = direct or (event.get("parent_user_id") == us and not mentions)
        return await self._posted(body, event, to_bot=to_bot)

    async def _mention(self, body: Json, event: Json) -> Event | None:
        if not is_a_persons(event) or not await self._is_heard(event):
            return None
        return await self._posted(body, event, to_bot=True)

    async def _posted(self, body: Json, event: Json, *, to_bot: bool) -> Event:
        """Of a message to nobody in particular only its place matters: nothing is looked up."""
        deed = await self._deed(body, event, event["channel"], event["user"], known=to_bot)
        text = await self._reading.text(event) if to_bot else ""
        return parse.posted(deed, event, text, to_bot=to_bot)

    async def _edited(self, body: Json, event: Json) -> Event | None:
        """The author's own new words; Slack also changes a message to show a link's preview."""
        message, before = event["message"], event.get("previous_message") or {}
        changed = message.get("text") != before.get("text") and message.get("edited")
        if not changed or not is_a_persons(message):
            return None
        deed = await self._deed(body, event, event["channel"], message["user"], known=False)
        return parse.edited(deed, event, await self._reading.text(message))

    async def _reaction(self, body: Json, event: Json) -> Event | None:
        item = event["item"]
        if item["type"] != "message" or event["user"] == self._workspace.identity.bot_user:
            return None
        return parse.reaction(await self._deed(body, event, item["channel"], event["user"]), event)

    async def _home(self, body: Json, event: Json) -> Event | None:
        if event.get("tab") != "home":
            return None
        return parse.home(await self._deed(body, event, event["user"], event["user"]))

    async def _is_heard(self, event: Json) -> bool:
        """Whether what somebody wrote counts: a stranger's does only in direct messages, and where
        the channel's settings say so."""
        if event.get("channel_type") == "im":
            return True
        return await self._reading.may_be_read(event["channel"], event)

    async def _deed(
        self, body: Json, event: Json, channel: str, user: str, *, known: bool = True
    ) -> Deed:
        """`known`: look up their name and what they may do."""
        at = self._workspace
        return Deed(
            workspace=at,
            key=body["event_id"],
            at=moment(event["event_ts"]),
            user=user,
            name=await at.people.name(user) if known else "",
            channel=channel,
            private=await at.channels.is_closed(channel),
            roles=await at.people.roles(user) if known else frozenset(),
        )

    def _changed(self, event: Json) -> None:
        """Something about channels, people or our login; read again when it matters next."""
        at = self._workspace
        kind, where = event["type"], event.get("channel")
        channel = where.get("id") if isinstance(where, dict) else where
        match kind:
            case "channel_id_changed":
                at.channels.moved(event["old_channel_id"], event["new_channel_id"])
                log.warning(
                    "channel_id_changed",
                    old=event["old_channel_id"],
                    new=event["new_channel_id"],
                    mend="write the new id in the configuration",
                )
            case "subteam_members_changed":
                at.people.forget_group(event["subteam_id"])
            case "subteam_updated":
                at.people.forget_group(event["subteam"]["id"])
            case "user_change":
                at.people.forget(event["user"]["id"])
            case "tokens_revoked" | "app_uninstalled":
                at.lost.set()
            case _:
                if channel:
                    at.channels.forget(channel)
                    self._tell(kind, channel, event)

    def _tell(self, kind: str, channel: str, event: Json) -> None:
        """The operator hears of what happens to a channel that the configuration names."""
        ours = event.get("user") in (None, self._workspace.identity.bot_user)
        if ours and self._workspace.channels.configured(channel) in self._workspace.configured:
            log.warning("channel_changed", change=kind, channel=channel)


def _gone(event: Json) -> str | None:
    """The `ts` of a message that was deleted; one with replies stays, as a tombstone."""
    if event.get("subtype") == "message_deleted":
        return str(event["deleted_ts"])
    message = event.get("message") or {}
    return str(message["ts"]) if message.get("subtype") == "tombstone" else None
