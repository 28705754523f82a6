"""The community's own memory: people, channels, messages, and what the bot was not told of yet.

Like a foreign platform's, it shares nothing with the bot's database: a crash between a delivery
and the bot's note of it leaves the message here.
"""

import json
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from adapters.playground.database import Database
from adapters.playground.rows import (
    BOT,
    Channel,
    ChatMessage,
    Person,
    Reaction,
    Undelivered,
    message_from,
    number_of,
    person_from,
    undelivered_from,
)

Content = dict[str, Any]

_MESSAGES = """
SELECT m.id, m.channel, m.root, m.author, m.at, m.edited, m.content, m.seq,
    (SELECT count(*) FROM messages r WHERE r.root = m.id) AS replies,
    (SELECT json_group_array(json_array(emoji, person)) FROM
        (SELECT emoji, person FROM reactions WHERE message = m.id ORDER BY rowid)) AS reactions
FROM messages m
"""
_AMONG = "m.channel IN (SELECT value FROM json_each(?))"


class Chat(Database):
    """The community in one SQLite file; `open` it. Message ids count from `000001`."""

    # ── people and channels ──
    async def add_person(self, person: Person) -> None:
        """A new person, with a direct line to the bot; nothing for one who is there."""
        async with self._changing() as seq:
            await self._db.execute(
                "INSERT OR IGNORE INTO people VALUES (?, ?, ?, ?, ?)",
                (person.id, person.name, person.color, person.directs_open, seq),
            )
            await self._db.execute(
                "INSERT OR IGNORE INTO channels VALUES (?, 'Sounding Board', '', NULL, ?)",
                (f"dm-{person.id}", person.id),
            )

    async def people(self) -> list[Person]:
        """Everybody, in the order they came."""
        return [person_from(row) for row in await self._all("SELECT * FROM people ORDER BY rowid")]

    async def person(self, person: str) -> Person | None:
        """A person by id."""
        row = await self._first("SELECT * FROM people WHERE id = ?", person)
        return person_from(row) if row else None

    async def set_directs(self, person: str, directs_open: bool) -> None:
        """Open or close a person to direct messages."""
        async with self._changing() as seq:
            await self._db.execute(
                "UPDATE people SET directs_open = ?, seq = ? WHERE id = ?",
                (directs_open, seq, person),
            )

    async def add_channel(self, channel: Channel) -> None:
        """A new channel. One that exists may become more private, never less."""
        async with self._changing():
            await self._db.execute(
                "INSERT INTO channels VALUES (?, ?, ?, ?, NULL) "
                "ON CONFLICT DO UPDATE SET needs = coalesce(excluded.needs, needs)",
                (channel.id, channel.name, channel.topic, channel.needs),
            )

    async def channels(self) -> list[Channel]:
        """Every channel, in the order they were made."""
        return [Channel(**row) for row in await self._all("SELECT * FROM channels ORDER BY rowid")]

    async def channel(self, channel: str) -> Channel | None:
        """A channel by id."""
        row = await self._first("SELECT * FROM channels WHERE id = ?", channel)
        return Channel(**row) if row else None

    # ── messages ──
    async def message(self, message: str) -> ChatMessage | None:
        """A message by id."""
        row = await self._first(f"{_MESSAGES} WHERE m.id = ?", number_of(message))
        return message_from(row) if row else None

    async def history(self, channels: Iterable[str], limit: int) -> list[ChatMessage]:
        """The last messages of these channels, oldest first."""
        rows = await self._all(
            f"{_MESSAGES} WHERE {_AMONG} ORDER BY m.id DESC LIMIT ?",
            json.dumps(list(channels)),
            limit,
        )
        return [message_from(row) for row in reversed(rows)]

    async def messages_since(self, seq: int, channels: Iterable[str]) -> list[ChatMessage]:
        """What is new or different since a change, in the order of the changes."""
        rows = await self._all(
            f"{_MESSAGES} WHERE m.seq > ? AND {_AMONG} ORDER BY m.seq",
            seq,
            json.dumps(list(channels)),
        )
        return [message_from(row) for row in rows]

    async def thread(self, root: str) -> list[ChatMessage]:
        """A message and the replies to it, oldest first."""
        number = number_of(root)
        rows = await self._all(
            f"{_MESSAGES} WHERE m.id = ? OR m.root = ? ORDER BY m.id", number, number
        )
        return [message_from(row) for row in rows]

    async def by_nonce(self, nonce: str, since: datetime) -> ChatMessage | None:
        """What the bot posted under this nonce since then."""
        row = await self._first(
            f"{_MESSAGES} WHERE m.nonce = ? AND m.at >= ?", nonce, since.isoformat()
        )
        return message_from(row) if row else None

    async def say(
        self, person: str, channel: str, root: str | None, content: Content, at: datetime
    ) -> str:
        """A person's message, told to the bot; its id."""
        async with self._changing() as seq:
            message = await self._insert((channel, root, person, at, content, None), seq)
            await self._tell(message, None)
        return message

    async def post(
        self, channel: str, root: str | None, content: Content, at: datetime, nonce: str
    ) -> str:
        """The bot's message; its id."""
        async with self._changing() as seq:
            return await self._insert((channel, root, BOT, at, content, nonce), seq)

    async def _insert(
        self, message: tuple[str, str | None, str, datetime, Content, str | None], seq: int
    ) -> str:
        channel, root, author, at, content, nonce = message
        under = number_of(root) if root else None
        cursor = await self._db.execute(
            "INSERT INTO messages (channel, root, author, at, content, nonce, seq) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (channel, under, author, at.isoformat(), json.dumps(content), nonce, seq),
        )
        await self._db.execute("UPDATE messages SET seq = ? WHERE id = ?", (seq, under))
        return f"{cursor.lastrowid:06}"

    async def edit(self, message: str, content: Content) -> None:
        """New content for a message; nothing when it is the same."""
        new = json.dumps(content)
        async with self._changing() as seq:
            await self._db.execute(
                "UPDATE messages SET content = ?, edited = 1, seq = ? "
                "WHERE id = ? AND content <> ?",
                (new, seq, number_of(message), new),
            )

    async def react(self, message: str, reaction: Reaction) -> bool:
        """Give or take back a reaction; the bot is told of other people's. False: it was so."""
        key = (number_of(message), reaction.emoji, reaction.person)
        change = (
            "INSERT OR IGNORE INTO reactions VALUES (?, ?, ?)"
            if reaction.added
            else "DELETE FROM reactions WHERE message = ? AND emoji = ? AND person = ?"
        )
        async with self._changing() as seq:
            if not (await self._db.execute(change, key)).rowcount:
                return False
            await self._db.execute("UPDATE messages SET seq = ? WHERE id = ?", (seq, key[0]))
            if reaction.person != BOT:
                await self._tell(message, reaction)
        return True

    # ── what the bot was not told of twice yet ──
    async def _tell(self, message: str, reaction: Reaction | None) -> None:
        await self._db.execute(
            "INSERT INTO undelivered (key, message, reaction) VALUES (?, ?, ?)",
            (
                f"Ev{secrets.token_hex(8)}",
                number_of(message),
                json.dumps(reaction.packed()) if reaction else None,
            ),
        )

    async def undelivered(self) -> list[Undelivered]:
        """Events in the order they happened."""
        rows = await self._all("SELECT * FROM undelivered ORDER BY id")
        return [undelivered_from(row) for row in rows]

    async def next_undelivered(self, latest: int, put_off: Iterable[int]) -> Undelivered | None:
        """The oldest event not put off: a new one, or a repeat older than the `latest`."""
        row = await self._first(
            "SELECT * FROM undelivered WHERE (NOT told OR id < ?) "
            "AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT 1",
            latest,
            json.dumps(list(put_off)),
        )
        return undelivered_from(row) if row else None

    async def delivered(self, event: Undelivered) -> None:
        """The bot took it: once more later, or never again."""
        done = (
            "DELETE FROM undelivered WHERE id = ?"
            if event.repeat
            else "UPDATE undelivered SET told = 1 WHERE id = ?"
        )
        async with self._changing():
            await self._db.execute(done, (event.id,))
