"""What there is on Discord: people, guilds, roles, channels, threads, messages, and one app."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from tests.discord.permissions import NOTHING, Permission
from tests.discord.screen import Screen

Json = dict[str, Any]

EPHEMERAL = 1 << 6
LOADING = 1 << 7
HAS_THREAD = 1 << 5
COMPONENTS_V2 = 1 << 15
"""Flags of messages (docs: resources/message#message-object-message-flags)."""


REPLY, THREAD_CREATED, THREAD_STARTER, BY_COMMAND, BY_MENU = 19, 18, 21, 20, 23
"""Types of messages other than 0 (docs: resources/message#message-object-message-types)."""


class Kind(IntEnum):
    """Types of channels (docs: resources/channel#channel-object-channel-types)."""

    TEXT = 0
    DIRECT = 1
    CATEGORY = 4
    NEWS_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


class Intent(IntEnum):
    """Bits of IDENTIFY's `intents` (docs: events/gateway#list-of-intents)."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    MESSAGE_CONTENT = 1 << 15


@dataclass
class User:
    """Somebody with an account."""

    id: str
    name: str
    shown_name: str
    bot: bool = False
    directs: bool = True
    screen: Screen = field(default_factory=Screen, repr=False)


@dataclass
class Role:
    """A role; the one with the guild's own id is everybody's."""

    id: str
    name: str
    permissions: Permission
    position: int
    managed: bool = False
    mentionable: bool = False


@dataclass
class Member:
    """Somebody in a guild; `roles` are ids, without everybody's."""

    user: User
    joined: float
    roles: list[str] = field(default_factory=list)
    nick: str | None = None


@dataclass
class Overwrite:
    """What a channel allows or denies a role (kind 0) or a member (kind 1)."""

    id: str
    kind: int
    allow: Permission = NOTHING
    deny: Permission = NOTHING


@dataclass
class Tag:
    """What a forum's posts are marked with."""

    id: str
    name: str
    moderated: bool = False
    emoji: str | None = None


@dataclass
class ThreadState:
    """What a channel has when it is a thread."""

    owner: str
    archived_at: float
    archived: bool = False
    locked: bool = False
    tags: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    auto_archive_minutes: int = 1_440


@dataclass
class Channel:
    """A place for messages: of a guild, a thread of another, or direct between two people."""

    id: str
    kind: Kind
    name: str = ""
    guild: "Guild | None" = field(default=None, repr=False)
    parent: "Channel | None" = field(default=None, repr=False)
    position: int = 0
    topic: str | None = None
    overwrites: list[Overwrite] = field(default_factory=list)
    thread: ThreadState | None = None
    tags: list[Tag] = field(default_factory=list)
    require_tag: bool = False
    people: list[User] = field(default_factory=list, repr=False)
    messages: "dict[str, Message]" = field(default_factory=dict, repr=False)

    @property
    def direct(self) -> bool:
        """Whether it is between two people."""
        return self.kind is Kind.DIRECT

    @property
    def ruling(self) -> "Channel":
        """The channel whose overwrites count: a thread has none of its own."""
        return self.parent if self.thread and self.parent else self

    def tag(self, name: str) -> Tag:
        """A forum's tag by its name."""
        return next(tag for tag in self.tags if tag.name == name)


@dataclass
class Message:
    """What stands in a channel, or on one person's screen if it is ephemeral."""

    id: str
    channel: Channel = field(repr=False)
    author: User
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    kind: int = 0
    flags: int = 0
    reply_to: "Message | None" = field(default=None, repr=False)
    mentions: list[User] = field(default_factory=list, repr=False)
    mention_roles: list[str] = field(default_factory=list)
    mention_everyone: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    super_reactions: dict[str, list[str]] = field(default_factory=dict)
    edited: float | None = None
    nonce: str | None = None
    application: str | None = None
    webhook: str | None = None
    interaction: Json | None = None
    pinned: bool = False
    thread: Channel | None = field(default=None, repr=False)

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.flags & EPHEMERAL)


@dataclass
class Guild:
    """A server, as people call it. `bot_in` is False once the bot was kicked."""

    id: str
    name: str
    owner: str
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    emojis: dict[str, str] = field(default_factory=dict)
    bot_in: bool = False
    commands_allowed: bool = True

    @property
    def threads(self) -> list[Channel]:
        """The threads and posts of all its channels."""
        return [channel for channel in self.channels.values() if channel.thread]


@dataclass
class Command:
    """An application command as it was registered; `guild` is None for a global one."""

    id: str
    guild: str | None
    version: str
    body: Json

    @property
    def name(self) -> str:
        """What people type or click."""
        return str(self.body["name"])

    @property
    def kind(self) -> int:
        """1 typed, 2 on a person, 3 on a message."""
        return int(self.body.get("type") or 1)


@dataclass
class App:
    """The app and its bot. `portal` holds the privileged intents switched on for it."""

    id: str
    name: str
    bot: User
    owner: User
    token: str = field(repr=False)
    portal: int = 0
    public: bool = True
    commands: list[Command] = field(default_factory=list)
    created: dict[str | None, int] = field(default_factory=dict)
