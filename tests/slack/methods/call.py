"""One call of a Web API method: its arguments, and how it refuses.

docs.slack.dev/apis/web-api: form, query or JSON; errors are `{"ok": false, "error": …}` with 200.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.slack.elements import Json
from tests.slack.model import Channel, User
from tests.slack.team import Hub, Team

_READING = {"channel": "channels", "group": "groups", "im": "im"}


class Refused(Exception):
    """Slack's error, and what it says beside it."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **more}


@dataclass
class Call:
    """What a method works with; `args` as they came, JSON strings unread."""

    team: Team
    method: str
    args: Json = field(repr=False)

    @property
    def hub(self) -> Hub:
        """What all workspaces have in common."""
        return self.team.hub

    @property
    def bot(self) -> User:
        """Who calls."""
        return self.team.app.bot

    def text(self, name: str) -> str:
        """An argument that must be there."""
        value = self.args.get(name)
        if value is None or value == "":
            raise Refused("invalid_arguments", response_metadata=_told(f"missing {name}"))
        return str(value)

    def maybe(self, name: str) -> str | None:
        """An argument that may be missing."""
        value = self.args.get(name)
        return None if value is None or value == "" else str(value)

    def flag(self, name: str) -> bool:
        """A yes or no, in any spelling."""
        return str(self.args.get(name, "")).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        return int(self.args.get(name) or default)

    def json(self, name: str, error: str = "invalid_arguments") -> Any:  # noqa: ANN401 - any JSON
        """An argument that is JSON, in a form or as it is; None when it is missing."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise Refused(error) from None

    def need(self, *scopes: str) -> None:
        """`missing_scope` unless the token has one of these."""
        granted = self.team.app.scopes
        if scopes and not granted & set(scopes):
            provided = ",".join(sorted(granted))
            raise Refused("missing_scope", needed=",".join(scopes), provided=provided)

    def known(self, user_id: str) -> User:
        """Somebody the app may know of; `user_not_found`."""
        user = self.team.user(user_id)
        if user is None:
            raise Refused("user_not_found")
        return user

    def seen(self, channel_id: str) -> Channel:
        """A channel the app may know of: public, or one it is in. Ids only; what is private and
        not its own looks like what does not exist."""
        channel = self.team.channels.get(channel_id)
        if channel is None or (channel.private and not self.inside(channel)):
            raise Refused("channel_not_found")
        return channel

    def read(self, channel_id: str, what: str) -> Channel:
        """A channel the app may know of, with the scope for its kind: `channels:history`."""
        channel = self.seen(channel_id)
        self.need(f"{_READING[channel.kind]}:{what}")
        return channel

    def inside(self, channel: Channel) -> bool:
        """Whether the bot is in it."""
        return self.bot.id in channel.room.members


Method = Callable[[Call], Json]


def page(call: Call, found: list[Any], default: int, most: int) -> tuple[list[Any], Json]:
    """The part of a list that `cursor` and `limit` ask for, or less, and what leads on from it."""
    limit = min(call.number("limit", default), most, call.hub.rules.page_size or most)
    try:
        start = int(call.maybe("cursor") or 0)
    except ValueError:
        raise Refused("invalid_cursor") from None
    end = start + limit
    more = str(end) if end < len(found) else ""
    return found[start:end], {"response_metadata": {"next_cursor": more}}


def _told(*messages: str) -> Json:
    return {"messages": [f"[ERROR] {message}" for message in messages]}


def wrong(problems: list[str]) -> Refused:
    """`invalid_arguments`, as views are refused, with what is wrong."""
    return Refused("invalid_arguments", response_metadata=_told(*problems))
