"""What happens in channels: messages, edits, deletions, reactions. Every app concerned is told."""

import re
from typing import Any

from tests.slack import events
from tests.slack.deliveries import Delivery
from tests.slack.model import SLACKBOT, Channel, Message, Room, User
from tests.slack.team import Hub, Team


def post(team: Team, message: Message) -> list[Delivery]:
    """A new message."""
    hub, room = team.hub, message.room
    if message.thread_ts and (parent := room.messages.get(message.thread_ts)):
        parent.thread_ts = parent.ts
        message.parent_user = parent.user
    room.messages[message.ts] = message
    told: list[Delivery] = []
    for side, channel in hub.sides(room.id):
        happened = [events.posted(message, channel, side.id)]
        if _mentions(message, side) and channel.kind != "im":
            happened.append(events.mentioned(message, channel, side.id))
        told += side.announce(happened, channel)
    hub.changes.happened()
    return told


def written(team: Team, user: User, room: Room, text: str, **more: Any) -> Message:  # noqa: ANN401
    """A message of somebody's, not posted yet."""
    ts = team.hub.ids.ts()
    return Message(room, ts, user.id, text, user.team, bot_id=user.bot_id, **more)


def edit(hub: Hub, message: Message, by: User, **new: object) -> list[Delivery]:
    """Another text, or whatever else is `new`."""
    before = message.shown()
    for key, value in new.items():
        setattr(message, key, value)
    ts = hub.ids.ts()
    message.edited = {"user": by.id, "ts": ts}
    told: list[Delivery] = []
    for side, channel in hub.sides(message.room.id):
        told += side.announce([events.changed(before, message, channel, ts)], channel)
    hub.changes.happened()
    return told


def unfurl(hub: Hub, message: Message) -> list[Delivery]:
    """Slack adds a link's preview: `message_changed`, of the same text and edited by nobody."""
    before, ts = message.shown(), hub.ids.ts()
    told: list[Delivery] = []
    for side, channel in hub.sides(message.room.id):
        event = events.changed(before, message, channel, ts)
        event["message"] |= {"attachments": [{"title": "A page", "fallback": "A page"}]}
        told += side.announce([event], channel)
    return told


def delete(hub: Hub, message: Message) -> list[Delivery]:
    """Gone. One with replies stays as a tombstone, which comes as `message_changed` (from memory:
    notes 1.6)."""
    room, ts = message.room, hub.ids.ts()
    buried = len(room.thread(message.ts)) > 1
    before = message.shown()
    if buried:
        message.subtype, message.user, message.text = "tombstone", SLACKBOT, ""
        message.blocks, message.files, message.bot_id = [], [], None
    else:
        del room.messages[message.ts]
    told: list[Delivery] = []
    for side, channel in hub.sides(room.id):
        event = (
            events.changed(before, message, channel, ts)
            if buried
            else events.deleted(message, channel, ts)
        )
        told += side.announce([event], channel)
    hub.changes.happened()
    return told


def react(hub: Hub, user: User, name: str, message: Message, *, added: bool) -> list[Delivery]:
    """A reaction given or taken back; `name` may end in a skin tone: `+1::skin-tone-3`."""
    users = message.reactions.setdefault(name, [])
    if added:
        users.append(user.id)
    else:
        users.remove(user.id)
        if not users:
            del message.reactions[name]
    ts = hub.ids.ts()
    told: list[Delivery] = []
    for side, channel in hub.sides(message.room.id):
        event = events.reacted(user, name, message, channel, ts, added=added)
        told += side.announce([event], channel)
    hub.changes.happened()
    return told


def direct(team: Team, user: User) -> Channel:
    """The direct messages between somebody and the app, opened if need be."""
    found = team.direct(user)
    if found:
        return found
    room = Room(team.hub.ids.new("D"), [user.id, team.app.bot.id])
    channel = team.channels[room.id] = Channel(room, "directmessage", "im")
    return channel


def _mentions(message: Message, team: Team) -> bool:
    bot = team.app.bot.id
    return message.user != bot and bool(re.search(rf"<@{bot}(\|[^>]*)?>", message.text))
