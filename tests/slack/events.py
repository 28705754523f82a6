"""Events as the Events API words them (docs.slack.dev/reference/events)."""

from tests.slack.elements import Json
from tests.slack.model import Channel, Group, Message, User

_CHANNEL_TYPES = {"channel": "channel", "group": "group", "im": "im"}
_SUBSCRIPTIONS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}
_SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "channel_rename": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "channel_id_changed": "channels:read",
    "channel_shared": "channels:read",
    "group_rename": "groups:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "subteam_members_changed": "usergroups:read",
    "subteam_updated": "usergroups:read",
    "user_change": "users:read",
    "file_shared": "files:read",
}


def subscription(event: Json) -> str:
    """What an app subscribes to in its manifest to get it: `message.channels`, `reaction_added`."""
    kind = str(event["type"])
    return _SUBSCRIPTIONS[event["channel_type"]] if kind == "message" else kind


def scope(event: Json) -> str | None:
    """The scope without which it is not sent."""
    return _SCOPES.get(subscription(event))


def posted(message: Message, channel: Channel, team: str) -> Json:
    """`message`, or one of its subtypes, as the workspace `team` hears of it."""
    return message.shown() | _where(channel, message.ts) | _foreign(message, team)


def mentioned(message: Message, channel: Channel, team: str) -> Json:
    """`app_mention`: comes beside the message, with an `event_id` of its own."""
    shown = message.shown() | {"type": "app_mention", "channel": channel.id}
    return shown | {"event_ts": message.ts} | _foreign(message, team)


def changed(before: Json, message: Message, channel: Channel, ts: str) -> Json:
    """`message_changed`: an edit by its author, or the bot's own `chat.update`."""
    inner = {"message": message.shown(), "previous_message": before}
    return {"type": "message", "subtype": "message_changed", "hidden": True, "ts": ts} | (
        inner | _where(channel, ts)
    )


def deleted(message: Message, channel: Channel, ts: str) -> Json:
    """`message_deleted`; nobody says by whom."""
    gone = {"hidden": True, "deleted_ts": message.ts, "previous_message": message.shown()}
    return {"type": "message", "subtype": "message_deleted", "ts": ts} | gone | _where(channel, ts)


def reacted(
    user: User, name: str, message: Message, channel: Channel, ts: str, *, added: bool
) -> Json:
    """`reaction_added` or `reaction_removed`; `item_user` is absent for a bot's message, and
    there is no text."""
    item = {"type": "message", "channel": channel.id, "ts": message.ts}
    event = {
        "type": "reaction_added" if added else "reaction_removed",
        "user": user.id,
        "reaction": name,
        "item": item | {"channel_type": _CHANNEL_TYPES[channel.kind]},
        "event_ts": ts,
    }
    return event if message.bot_id else event | {"item_user": message.user}


def moved(kind: str, user: User, channel: Channel, team: str, ts: str) -> Json:
    """`member_joined_channel` or `member_left_channel`; here the channel's type is a letter."""
    letter = "C" if channel.kind == "channel" else "G"
    where = {"channel": channel.id, "channel_type": letter, "team": team}
    return {"type": kind, "user": user.id, **where, "event_ts": ts}


def home_opened(user: User, tab: str, direct: str, view: Json | None, ts: str) -> Json:
    """`app_home_opened`: for both tabs; the home tab's view once it was published."""
    event = {"type": "app_home_opened", "user": user.id, "channel": direct, "tab": tab}
    return event | {"event_ts": ts} | ({"view": view} if view and tab == "home" else {})


def _where(channel: Channel, ts: str) -> Json:
    kind = _CHANNEL_TYPES[channel.kind]
    return {"channel": channel.id, "event_ts": ts, "channel_type": kind}


def _foreign(message: Message, team: str) -> Json:
    """Whose workspace somebody in a shared channel is from, when it is another."""
    if message.team == team:
        return {}
    return {"user_team": message.team, "source_team": message.team}


def wrapped(event: Json, event_id: str, app: Json, *, shared: bool, at: int) -> Json:
    """The envelope of all events; `app` says whose it is."""
    org = app["enterprise_id"]
    return ({"enterprise_id": org} if org else {}) | {
        "token": "verification-token",
        "team_id": app["team_id"],
        "context_team_id": app["team_id"],
        "context_enterprise_id": app["enterprise_id"],
        "api_app_id": app["app_id"],
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": at,
        "authorizations": [
            {
                "enterprise_id": app["enterprise_id"],
                "team_id": app["team_id"],
                "user_id": app["bot_user_id"],
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{event_id}",
    }


def file_shared(file: str, user: User, channel: Channel, ts: str) -> Json:
    """`file_shared`: comes beside the message, and does not name it."""
    where = {"channel_id": channel.id, "user_id": user.id, "event_ts": ts}
    return {"type": "file_shared", "file_id": file, "file": {"id": file}, **where}


def group_changed(group: Group, team: str, before: list[str], previous: int, ts: str) -> Json:
    """`subteam_members_changed`: who came and who went (the documentation's counts are texts)."""
    added = [user for user in group.users if user not in before]
    removed = [user for user in before if user not in group.users]
    return {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": team,
        "date_previous_update": previous,
        "date_update": group.updated,
        "added_users": added,
        "added_users_count": str(len(added)),
        "removed_users": removed,
        "removed_users_count": str(len(removed)),
        "event_ts": ts,
    }
