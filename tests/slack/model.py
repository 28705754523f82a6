"""What there is in a workspace: people, channels, messages, groups, and one app."""

from dataclasses import dataclass, field
from typing import Literal

from tests.slack.elements import Json
from tests.slack.screen import Screen

Kind = Literal["channel", "group", "im"]

SLACKBOT = "USLACKBOT"


@dataclass
class User:
    """Somebody with an account. `team` is theirs, which in a shared channel may be another."""

    id: str
    name: str
    display_name: str
    team: str
    guest: bool = False
    bot_id: str | None = None
    deleted: bool = False
    stranger: bool = False
    tz: str = "Europe/Amsterdam"
    active: bool = True
    screen: Screen = field(default_factory=Screen, repr=False)


@dataclass
class Room:
    """The messages of a channel and who is in it: the same from every workspace that shares it."""

    id: str
    members: list[str]
    messages: "dict[str, Message]" = field(default_factory=dict, repr=False)
    shared: bool = False

    def thread(self, root: str) -> "list[Message]":
        """A message and the replies to it."""
        return [one for one in self.messages.values() if root in (one.ts, one.thread_ts)]


@dataclass
class Channel:
    """A room as one workspace knows it; names and privacy differ per side."""

    room: Room
    name: str
    kind: Kind = "channel"
    archived: bool = False
    created: int = 0

    @property
    def id(self) -> str:
        """`C…`, public or private, or `D…`."""
        return self.room.id

    @property
    def private(self) -> bool:
        """Whether only members know that it exists."""
        return self.kind != "channel"


@dataclass
class Message:
    """What stays in a channel. A webhook's has no `user`."""

    room: Room = field(repr=False)
    ts: str
    user: str
    text: str
    team: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)
    edited: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    parent_user: str | None = None
    username: str | None = None

    @property
    def channel(self) -> str:
        """The id of its channel."""
        return self.room.id

    def shown(self, *, metadata: bool = False) -> Json:
        """As history, events and interactions carry it."""
        optional: Json = {
            "user": self.user,
            "username": self.username,
            "subtype": self.subtype,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "files": self.files,
            "edited": self.edited,
            "thread_ts": self.thread_ts,
            "parent_user_id": self.parent_user,
            "metadata": self.metadata if metadata else None,
            "reactions": [
                {"name": name, "users": list(users), "count": len(users)}
                for name, users in self.reactions.items()
            ],
        }
        return {
            "type": "message",
            "text": self.text,
            "ts": self.ts,
            "team": self.team,
            "blocks": self.blocks,
        } | {key: value for key, value in optional.items() if value}


@dataclass
class Group:
    """A user group; paid plans only."""

    id: str
    handle: str
    users: list[str]
    updated: int


@dataclass
class Command:
    """A slash command as the app declared it."""

    name: str
    should_escape: bool = True


@dataclass
class App:
    """The installed app and its bot user; None for `commands` and the like takes everything."""

    id: str
    name: str
    bot: User
    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    scopes: frozenset[str]
    events: frozenset[str] | None = None
    commands: dict[str, Command] | None = None
    shortcuts: frozenset[str] | None = None
    home_tab: bool = True
    messages_tab: bool = True
    bot_token_error: str | None = None
    app_token_error: str | None = None
    socket_mode: bool = True
    org_wide: bool = False
