"""What people see of a community, and what its tables and its queue hold."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from bot.messages import Bold, Button, ChannelName, Code, Form, Link, Mention, Message
from bot.ports import SendDirect, SendEdit, SendFollowup, Sending, SendPost, SendReaction
from bot.refs import MessageRef
from bot.results import Answer, Update, Whisper
from tests.sqlite import sqlite


class Sent(Protocol):
    """An adapter that keeps what it sent."""

    sent: list[Sending]


class Seen:
    """Looks at a community; it never acts."""

    adapters: Mapping[str, Sent]
    _file: Path

    def posts(self, channel: str) -> list[SendPost]:
        return [
            s
            for adapter in self.adapters.values()
            for s in adapter.sent
            if isinstance(s, SendPost) and s.channel.channel == channel
        ]

    def directs(self, who: str) -> list[str]:
        """Texts of the direct messages somebody got."""
        return [
            text_of(s.message)
            for adapter in self.adapters.values()
            for s in adapter.sent
            if isinstance(s, SendDirect) and s.account.user == who
        ]

    def followups(self, who: str) -> list[Message]:
        """What somebody was privately answered later."""
        return [
            s.message
            for adapter in self.adapters.values()
            for s in adapter.sent
            if isinstance(s, SendFollowup) and s.account.user == who
        ]

    def latest(self, message: MessageRef) -> Message:
        """One of our posts as it is now."""
        for sent in reversed(self.adapters[message.connection].sent):
            if isinstance(sent, SendEdit) and sent.target == message:
                return sent.message
        post = self.adapters[message.connection].sent[int(message.message[1:]) - 1]
        assert isinstance(post, SendPost | SendDirect)
        return post.message

    def shown(self, message: MessageRef) -> str:
        """What one of our posts says now."""
        return text_of(self.latest(message))

    def card_of(self, number: int, channel: str = "ideas") -> MessageRef:
        """Where an idea's card was posted."""
        for name, adapter in self.adapters.items():
            for index, sent in enumerate(adapter.sent, 1):
                if not isinstance(sent, SendPost) or sent.channel.channel != channel or sent.thread:
                    continue
                if any(card.title.startswith(f"#{number} ") for card in sent.message.cards):
                    return MessageRef(name, channel, f"p{index}")
        raise AssertionError(f"no card of #{number} in #{channel}")

    def reactions(self, message: MessageRef) -> int:
        """How often the bot put its ✅ on a message."""
        sent = self.adapters[message.connection].sent
        return sum(isinstance(s, SendReaction) and s.target == message for s in sent)

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table."""
        with sqlite(self._file) as connection:
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' "
                "AND name NOT LIKE 'sqlite_%' ORDER BY name"
            ).fetchall()
            return {
                name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)  # noqa: S608
                for (name,) in tables
                if "_fts" not in name and "search" not in name
            }

    def queued_subjects(self) -> set[str]:
        """The kinds of all that was ever queued to be said, by whomever."""
        with sqlite(self._file) as connection:
            rows = connection.execute(
                "SELECT DISTINCT subject_kind FROM queue "
                "WHERE kind IN ('post', 'direct', 'followup')"
            )
            return {kind for (kind,) in rows}


def labels(message: Message) -> list[str]:
    """The labels of a message's buttons, the message's own first."""
    return [b.label for b in (*message.buttons, *(b for c in message.cards for b in c.buttons))]


def _texts(message: Message) -> Iterator[str]:
    lines = [*message.lines]
    for card in message.cards:
        lines += [(card.title,), *card.body, *[(f"{a}: {b}",) for a, b in card.fields], card.footer]
    for line in lines:
        yield "".join(part if isinstance(part, str) else _inline(part) for part in line)


def _inline(part: Bold | Code | Link | Mention | ChannelName) -> str:
    match part:
        case Mention():
            return f"@{part.name}"
        case Link():
            return part.label
        case ChannelName():
            return f"#{part.channel.channel}"
        case _:
            return part.text


def text_of(message: Message) -> str:
    """A message as plain text."""
    return "\n".join(_texts(message))


def said(answer: Answer | None) -> str:
    """The text of a private answer."""
    assert isinstance(answer, Whisper | Update), answer
    return text_of(answer.message)


def buttons(answer: Answer | None) -> list[Button]:
    """The buttons of an answer."""
    if not isinstance(answer, Whisper | Update):
        return []
    message = answer.message
    return [*message.buttons, *[button for card in message.cards for button in card.buttons]]


def form(answer: Answer | None) -> Form:
    """The answer, which must be a form."""
    assert isinstance(answer, Form), answer
    return answer
