"""What Slack delivers → an Event. Pure: whatever had to be looked up is in the Deed."""

import re
from dataclasses import dataclass
from datetime import datetime

from adapters.slack.emoji import emoji_named
from adapters.slack.render import Json
from adapters.slack.text import read_text
from adapters.slack.workspace import Workspace
from bot.events import (
    ButtonPressed,
    ChoicesAsked,
    CommandUsed,
    Envelope,
    FormSubmitted,
    HomeOpened,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionChanged,
    ReadMessage,
    ShortcutUsed,
)
from bot.messages import Action
from bot.people import Role
from bot.refs import MessageRef


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did something, where and when, in which workspace; `name` is "" when Slack did not say.

    `key` is the delivery's, `handle` the `response_url` by which they can be answered later.
    """

    workspace: Workspace
    key: str | None
    at: datetime
    user: str
    name: str
    channel: str
    private: bool
    roles: frozenset[Role] = frozenset()
    handle: str | None = None


def _envelope(deed: Deed) -> Envelope:
    return {
        "key": deed.key,
        "at": deed.at,
        "account": deed.workspace.account(deed.user),
        "name": deed.name,
        "channel": deed.workspace.channel(deed.channel),
        "private": deed.private,
        "roles": deed.roles,
        "handle": deed.handle,
    }


_PERMALINK = re.compile(r"(https?://[^/\s<>|]+/)archives/([A-Z0-9]+)/p(\d{10})(\d{6})")


def command(deed: Deed, body: Json) -> CommandUsed:
    """A slash command; with `should_escape` people and channels come as `<@U1|ana>`."""
    text = str(body.get("text") or "")
    return CommandUsed(
        **_envelope(deed),
        command=str(body["command"]).removeprefix("/"),
        text=read_text(text, {}).strip(),
        linked=_linked(deed.workspace, text),
    )


def _linked(workspace: Workspace, text: str) -> MessageRef | None:
    """The first message of this workspace that a permalink names."""
    for site, channel, seconds, fraction in _PERMALINK.findall(text):
        if site == workspace.identity.url:
            return workspace.message(channel, f"{seconds}.{fraction}")
    return None


def press(deed: Deed, body: Json) -> ButtonPressed:
    """A button of a message; of a private notice, a view or the home when there is no message."""
    box = body.get("container") or {}
    stands = box.get("type") == "message" and not box.get("is_ephemeral")
    ref = deed.workspace.message(box["channel_id"], box["message_ts"]) if stands else None
    action = Action.parse(str(body["actions"][0]["value"]))
    return ButtonPressed(**_envelope(deed), action=action, message=ref)


def submit(deed: Deed, body: Json) -> FormSubmitted:
    """A form with what was typed, by field."""
    view = body["view"]
    values = {
        block: _value(next(iter(inputs.values())))
        for block, inputs in view["state"]["values"].items()
    }
    return FormSubmitted(
        **_envelope(deed), action=Action.parse(str(view["callback_id"])), values=values
    )


def _value(typed: Json) -> str:
    chosen = typed.get("selected_option") or {}
    return str(typed.get("value") or chosen.get("value") or "")


def shortcut(deed: Deed, body: Json, message: ReadMessage) -> ShortcutUsed:
    """A choice in a message's menu."""
    return ShortcutUsed(**_envelope(deed), shortcut=str(body["callback_id"]), message=message)


def choices(deed: Deed, body: Json) -> ChoicesAsked:
    """Typing in a field that completes."""
    action = Action.parse(str(body["view"]["callback_id"]))
    return ChoicesAsked(**_envelope(deed), action=action, typed=str(body.get("value") or ""))


def reaction(deed: Deed, event: Json) -> ReactionChanged:
    """A reaction given or taken back; which message, but not what it says."""
    item = event["item"]
    return ReactionChanged(
        **_envelope(deed),
        emoji=emoji_named(event["reaction"]),
        message=deed.workspace.message(item["channel"], item["ts"]),
        added=event["type"] == "reaction_added",
    )


def posted(deed: Deed, event: Json, text: str, *, to_bot: bool) -> MessagePosted:
    """A message; a reply in a thread has a `thread_ts` other than its own `ts`."""
    workspace, ts = deed.workspace, event["ts"]
    root = event.get("thread_ts") or ts
    return MessagePosted(
        **_envelope(deed),
        message=workspace.message(deed.channel, ts),
        thread=workspace.thread(deed.channel, root) if root != ts else None,
        text=text,
        to_bot=to_bot,
        permalink=workspace.permalink(workspace.channels.today(deed.channel), ts, root),
    )


def edited(deed: Deed, event: Json, text: str) -> MessageEdited:
    """An author changed a message."""
    message = deed.workspace.message(deed.channel, event["message"]["ts"])
    return MessageEdited(**_envelope(deed), message=message, text=text)


def deleted(workspace: Workspace, key: str, at: datetime, channel: str, ts: str) -> MessageDeleted:
    """A message is gone; Slack does not say who did it."""
    return MessageDeleted(key=key, at=at, message=workspace.message(channel, ts))


def home(deed: Deed) -> HomeOpened:
    """Somebody looks at the bot's own page."""
    return HomeOpened(**_envelope(deed))
