"""Channels made, shared, renamed, archived; people and the bot joining and leaving.

docs.slack.dev/reference/events: `channel_…` for public channels, `group_…` for private ones.
"""

from collections.abc import Sequence

from tests.slack import events, talk
from tests.slack.deliveries import Delivery
from tests.slack.elements import Json
from tests.slack.model import Channel, Kind, Room, User
from tests.slack.team import Team


def made(
    team: Team, name: str, people: list[str], *, private: bool, shared: bool, archived: bool
) -> Channel:
    """A new channel; nobody is told."""
    room = Room(team.hub.ids.new("C"), people, shared=shared)
    kind: Kind = "group" if private else "channel"
    channel = Channel(room, name, kind, archived, int(team.hub.clock.now()))
    team.channels[room.id] = channel
    return channel


def shared(channel: Channel, into: Team, name: str, people: Sequence[str]) -> Channel:
    """Another workspace's side of a channel, under the same id (Slack Connect)."""
    channel.room.shared = True
    channel.room.members += people
    side = Channel(channel.room, name, channel.kind, channel.archived, channel.created)
    into.channels[channel.id] = side
    return side


def opened(team: Team, channel: Channel, other: str) -> list[Delivery]:
    """People of another company are in it from now on."""
    channel.room.shared = True
    told = {"type": "channel_shared", "connected_team_id": other, "channel": channel.id}
    return team.announce([told | {"event_ts": team.hub.ids.ts()}], channel)


def join(team: Team, channel: Channel, user: User) -> list[Delivery]:
    """Somebody is in it now: an event, and a line in the channel."""
    channel.room.members.append(user.id)
    ts = team.hub.ids.ts()
    told = team.announce(
        [events.moved("member_joined_channel", user, channel, team.id, ts)], channel
    )
    line = talk.written(team, user, channel.room, f"<@{user.id}> has joined the channel")
    line.subtype, line.bot_id = "channel_join", None
    return told + talk.post(team, line)


def leave(team: Team, channel: Channel, user: User) -> list[Delivery]:
    """Somebody is out; a bot hears of its own end, and of nothing after that."""
    ts = team.hub.ids.ts()
    told: list[Json] = [events.moved("member_left_channel", user, channel, team.id, ts)]
    if user is team.app.bot:
        gone = {"type": f"{channel.kind}_left", "channel": channel.id, "event_ts": ts}
        told.append(gone | {"actor_id": ""})
    deliveries = team.announce(told, channel)
    channel.room.members.remove(user.id)
    team.hub.changes.happened()
    return deliveries


def rename(team: Team, channel: Channel, name: str) -> list[Delivery]:
    """Another name, on this side."""
    channel.name = name
    renamed = {"id": channel.id, "name": name, "created": channel.created}
    return _tell(team, channel, "rename", {"channel": renamed})


def archive(team: Team, channel: Channel, *, archived: bool) -> list[Delivery]:
    """Closed, or open again, by one of its people."""
    channel.archived = archived
    kind = "archive" if archived else "unarchive"
    return _tell(team, channel, kind, {"channel": channel.id, "user": channel.room.members[0]})


def delete(team: Team, channel: Channel) -> list[Delivery]:
    """Gone with all that was in it."""
    told = _tell(team, channel, "deleted", {"channel": channel.id})
    del team.channels[channel.id]
    return told


def change_id(team: Team, channel: Channel) -> list[Delivery]:
    """Another id for the same channel, in every workspace that has it."""
    old, new = channel.id, team.hub.ids.new("C")
    sides = list(team.hub.sides(old))
    channel.room.id = new
    told: list[Delivery] = []
    for side, there in sides:
        side.channels[new] = side.channels.pop(old)
        event = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new}
        told += side.announce([event | {"event_ts": team.hub.ids.ts()}], there)
    return told


def _tell(team: Team, channel: Channel, what: str, more: Json) -> list[Delivery]:
    event = {"type": f"{channel.kind}_{what}", "event_ts": team.hub.ids.ts(), **more}
    told = team.announce([event], channel)
    team.hub.changes.happened()
    return told
