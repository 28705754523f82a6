"""The tables of the playground's own database, and their rows as values."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

BOT = "bot"
BOT_NAME = "Sounding Board"
BOT_COLOR = "#4a5568"
VERSION = 1

SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO facts VALUES ('seq', '0'), ('workspace', lower(hex(randomblob(8))));
CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    color TEXT NOT NULL,
    directs_open INTEGER NOT NULL DEFAULT 1,
    seq INTEGER NOT NULL
) STRICT;
-- needs: the role without which a channel does not exist; direct_to: whose direct messages it holds
CREATE TABLE channels (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    topic TEXT NOT NULL,
    needs TEXT,
    direct_to TEXT REFERENCES people
) STRICT;
-- seq: the number of the last change; nonce: the bot's own name for a message
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL REFERENCES channels,
    root INTEGER REFERENCES messages,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    edited INTEGER NOT NULL DEFAULT 0,
    content TEXT NOT NULL,
    nonce TEXT,
    seq INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_by_root ON messages (root) WHERE root IS NOT NULL;
CREATE INDEX messages_by_nonce ON messages (nonce) WHERE nonce IS NOT NULL;
CREATE INDEX messages_by_seq ON messages (seq);
CREATE INDEX messages_by_channel ON messages (channel, id);
CREATE TABLE reactions (
    message INTEGER NOT NULL REFERENCES messages,
    emoji TEXT NOT NULL,
    person TEXT NOT NULL,
    UNIQUE (message, emoji, person)
) STRICT;
-- told: how often the event was delivered; a row goes after the second time
CREATE TABLE undelivered (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    told INTEGER NOT NULL DEFAULT 0,
    message INTEGER NOT NULL REFERENCES messages,
    reaction TEXT
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the community; `color` is `#rrggbb`."""

    id: str
    name: str
    color: str
    directs_open: bool = True
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel. `needs`: the role that sees it; `direct_to`: the person it is a direct line to."""

    id: str
    name: str
    topic: str = ""
    needs: str | None = None
    direct_to: str | None = None

    @property
    def private(self) -> bool:
        """Whether some people are shut out."""
        return self.needs is not None or self.direct_to is not None


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message with its reactions as (emoji, people) and the number of replies to it."""

    id: str
    channel: str
    root: str | None
    author: str
    at: datetime
    edited: bool
    content: dict[str, Any]
    seq: int
    reactions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    replies: int = 0

    @property
    def permalink(self) -> str:
        """Where the page shows it."""
        return f"/#{self.channel}/{self.id}"


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction given or taken back."""

    person: str
    emoji: str
    added: bool
    at: datetime

    def packed(self) -> tuple[str, str, bool, str]:
        """The reaction as JSON can hold it."""
        return (self.person, self.emoji, self.added, self.at.isoformat())


@dataclass(frozen=True, slots=True)
class Undelivered:
    """An event the bot has not been told of twice yet; `reaction` is None for a message."""

    id: int
    key: str
    repeat: bool
    message: str
    reaction: Reaction | None = None


def number_of(message: str) -> int:
    """A message's row; 0, which none has, for what is not a message's id."""
    return int(message) if len(message) <= 12 and message.isascii() and message.isdigit() else 0


def person_from(row: sqlite3.Row) -> Person:
    """A row of `people`."""
    return Person(row["id"], row["name"], row["color"], bool(row["directs_open"]), row["seq"])


def message_from(row: sqlite3.Row) -> ChatMessage:
    """A row of `messages` with its replies counted and its reactions as JSON pairs."""
    reactions: dict[str, list[str]] = {}
    for emoji, person in json.loads(row["reactions"]):
        reactions.setdefault(emoji, []).append(person)
    return ChatMessage(
        id=f"{row['id']:06}",
        channel=row["channel"],
        root=f"{row['root']:06}" if row["root"] else None,
        author=row["author"],
        at=datetime.fromisoformat(row["at"]),
        edited=bool(row["edited"]),
        content=json.loads(row["content"]),
        seq=row["seq"],
        reactions=tuple((emoji, tuple(people)) for emoji, people in reactions.items()),
        replies=row["replies"],
    )


def undelivered_from(row: sqlite3.Row) -> Undelivered:
    """A row of `undelivered`."""
    reaction = None
    if row["reaction"]:
        person, emoji, added, at = json.loads(row["reaction"])
        reaction = Reaction(person, emoji, added, datetime.fromisoformat(at))
    return Undelivered(row["id"], row["key"], bool(row["told"]), f"{row['message']:06}", reaction)
