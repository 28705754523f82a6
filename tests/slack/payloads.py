"""Interactions as Slack words them (docs.slack.dev/reference/interaction-payloads)."""

from tests.slack import modals
from tests.slack.elements import Json
from tests.slack.model import Channel, Message, User
from tests.slack.screen import Ephemeral, View
from tests.slack.team import ReplyUrl, Team

TOKEN = "verification-token"
"""The old way to know Slack; deprecated, still sent."""
ORG_NAME = "The Org"
REPLY_SECONDS = 30 * 60.0
"""A `response_url` is good for 30 minutes and 5 uses."""


def command(team: Team, user: User, channel: Channel, name: str, text: str) -> Json:
    """A slash command: flat, and without a thread."""
    return {
        "token": TOKEN,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": _shown_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": team.app.id,
        "is_enterprise_install": "false",
        "response_url": reply_url(team, user, channel, None),
        "trigger_id": team.triggers.issue(user),
    } | ({"enterprise_id": team.enterprise, "enterprise_name": ORG_NAME} if team.enterprise else {})


def message_action(
    team: Team, user: User, channel: Channel, message: Message, callback_id: str
) -> Json:
    """A message's menu: the message comes along, from wherever the person reads it."""
    return _common(team, user, "message_action") | {
        "action_ts": team.hub.ids.ts(),
        "channel": {"id": channel.id, "name": _shown_name(channel)},
        "callback_id": callback_id,
        "trigger_id": team.triggers.issue(user),
        "message_ts": message.ts,
        "message": message.shown(),
        "response_url": reply_url(team, user, channel, None),
    }


def press_in_message(
    team: Team, user: User, channel: Channel, message: Message, action: Json
) -> Json:
    """A button of a message that all see."""
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    pressed = _pressed_at(team, user, channel, message.ts, action, ephemeral=False)
    pressed["container"] |= thread
    return pressed | {"message": message.shown()}


def press_in_ephemeral(
    team: Team, user: User, channel: Channel, notice: Ephemeral, action: Json
) -> Json:
    """A button of a private notice; the notice itself does not come along."""
    pressed = _pressed_at(team, user, channel, notice.ts, action, ephemeral=True)
    pressed["container"] |= {"thread_ts": notice.thread_ts} if notice.thread_ts else {}
    return pressed


def press_in_view(team: Team, user: User, view: View, action: Json) -> Json:
    """A button of a modal or a home tab: no channel, no `response_url`."""
    return _common(team, user, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": team.triggers.issue(user, view.id),
        "view": modals.shown(team, view),
        "actions": [action],
    }


def submission(team: Team, user: User, view: View) -> Json:
    """A modal that was sent: no channel, no `response_url`."""
    return _common(team, user, "view_submission") | {
        "trigger_id": team.triggers.issue(user, view.id),
        "view": modals.shown(team, view),
        "response_urls": [],
    }


def suggestion(team: Team, user: User, view: View, block: str, text: str) -> Json:
    """Somebody types in a select whose options the app has."""
    return _common(team, user, "block_suggestion") | {
        "action_id": view.fields[block]["action_id"],
        "block_id": block,
        "value": text,
        "container": {"type": "view", "view_id": view.id},
        "view": modals.shown(team, view),
    }


def reply_url(team: Team, user: User, channel: Channel, original: str | None) -> str:
    """A new `response_url`."""
    name = team.hub.ids.new("R")
    until = team.hub.clock.now() + REPLY_SECONDS
    team.hub.replies[name] = ReplyUrl(team, user, channel, original, until)
    return f"{team.hub.url}/response/{name}"


def _common(team: Team, user: User, kind: str) -> Json:
    org = team.enterprise
    inside = {"enterprise_id": org, "enterprise_name": ORG_NAME} if org else {}
    return {
        "type": kind,
        "token": TOKEN,
        "team": {"id": team.id, "domain": team.domain, **inside},
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": user.team,
        },
        "api_app_id": team.app.id,
        "enterprise": {"id": org, "name": ORG_NAME} if org else None,
        "is_enterprise_install": False,
    }


def _pressed_at(
    team: Team, user: User, channel: Channel, ts: str, action: Json, *, ephemeral: bool
) -> Json:
    return _common(team, user, "block_actions") | {
        "container": {
            "type": "message",
            "message_ts": ts,
            "channel_id": channel.id,
            "is_ephemeral": ephemeral,
        },
        "trigger_id": team.triggers.issue(user),
        "channel": {"id": channel.id, "name": _shown_name(channel)},
        "state": {"values": {}},
        "response_url": reply_url(team, user, channel, ts),
        "actions": [action],
    }


def _shown_name(channel: Channel) -> str:
    """A private channel is called `privategroup` in interactions (from memory)."""
    return "privategroup" if channel.kind == "group" else channel.name
