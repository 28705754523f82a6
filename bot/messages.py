"""What people read and press, free of any platform.

A plain `str` inside a line is always literal text: renderers escape it. Only `Mention` pings.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Self

from bot.refs import AccountRef, ChannelRef

ACTION_LIMIT = 100
"""Characters of a button's action: Discord's `custom_id` (Slack allows 255)."""


@dataclass(frozen=True, slots=True)
class Action:
    """What a button or form means: `vote:12`. Shipped names are permanent."""

    name: str
    args: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ":".join((self.name, *self.args))

    @classmethod
    def of(cls, name: str, *args: object) -> Self:
        """Build one; ValueError past 100 characters."""
        action = cls(name, tuple(str(arg) for arg in args))
        if len(str(action)) > ACTION_LIMIT:
            raise ValueError(f"action longer than {ACTION_LIMIT}: {action}")
        return action

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote."""
        name, *args = text.split(":")
        return cls(name, tuple(args))


@dataclass(frozen=True, slots=True)
class Bold:
    """Words to stress."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Something to type."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A label that leads somewhere."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Names an account and pings it."""

    account: AccountRef
    name: str


@dataclass(frozen=True, slots=True)
class ChannelName:
    """A channel, by the name its people know it by."""

    channel: ChannelRef


Inline = str | Bold | Code | Link | Mention | ChannelName
Line = tuple[Inline, ...]


class Tone(StrEnum):
    """How a button or a card looks."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Button:
    """A button; label at most 75 characters."""

    label: str
    action: Action
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Card:
    """A framed block. `fields` are (label, text) pairs; texts are literal."""

    title: str = ""
    body: tuple[Line, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    footer: Line = ()
    buttons: tuple[Button, ...] = ()
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file sent along."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, as PNG; `alt` says in words what it shows."""

    name: str
    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What the post in which a card stands may carry, where the platform has such (a forum's tags);
    `final` says that it is settled."""

    label: str
    final: bool


@dataclass(frozen=True, slots=True)
class Message:
    """One platform message: lines, then cards, then buttons."""

    lines: tuple[Line, ...] = ()
    cards: tuple[Card, ...] = ()
    buttons: tuple[Button, ...] = ()
    attachment: Attachment | None = None
    image: Image | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form; label at most 45 characters.

    `ideas` completes ideas while typing (event `ChoicesAsked`) where the platform can, and takes a
    number where it cannot. `choice` offers `options`.
    """

    name: str
    label: str
    kind: Literal["line", "text", "choice", "ideas"] = "line"
    required: bool = False
    value: str = ""
    hint: str = ""
    limit: int = 2_000
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """At most 5 fields, title at most 24 characters. The first answer or none, never to a form."""

    action: Action
    title: str
    fields: tuple[Field, ...]
    submit: str = "Send"
    intro: str = ""
