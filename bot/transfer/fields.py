"""What a field of a record may hold, and how it reads as text.

A reader takes the text and raises ValueError with the end of a sentence: "votes" + "is not …".
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef

Value = str | int | bool | datetime | AccountRef | ChannelRef | MessageRef | ThreadRef | None
"""What storage takes; a StrEnum is a str."""
Scalar = str | int | bool | None
"""What JSON takes."""

_LARGEST = 2**53 - 1  # that other programs read exactly, and leaves room to count on


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a kind. `to` names the kind it points at; a derived one is shown, never read."""

    name: str
    read: Callable[[str], Value]
    optional: bool = False
    derived: bool = False
    to: str = ""


def number(text: str) -> int:
    """A row's number."""
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text[:20]) <= _LARGEST:
        raise ValueError(f"is {_quoted(text)}, which is not the number of a row")
    return int(text)


def moment(text: str) -> datetime:
    """A time with its zone, as UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f'is {_quoted(text)}, not a time like "2026-11-02T09:00:00Z"') from None
    if at.tzinfo is None:
        raise ValueError(f'is {_quoted(text)}, which has no time zone; UTC ends with "Z"')
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"is {_quoted(text)}, which is out of time") from None


def flag(text: str) -> bool:
    """`true` or `false`."""
    if text.lower() not in ("true", "false"):
        raise ValueError(f"is {_quoted(text)}, neither true nor false")
    return text.lower() == "true"


def words(text: str) -> str:
    """Any text."""
    return text


def name(text: str) -> str:
    """Text that says something."""
    if not text:
        raise ValueError("is empty")
    return text


def one_of(*known: str) -> Callable[[str], Value]:
    """One of a few words."""

    def read(text: str) -> str:
        if text not in known:
            raise ValueError(f"is {_quoted(text)}, which is none of {', '.join(known)}")
        return text

    return read


def choice(kind: type[StrEnum]) -> Callable[[str], Value]:
    """One of an enumeration's values."""
    known = one_of(*kind)
    return lambda text: kind(str(known(text)))


def ref(kind: type[AccountRef | ChannelRef | MessageRef | ThreadRef]) -> Callable[[str], Value]:
    """The text form of a ref."""

    def read(text: str) -> Value:
        try:
            return kind.parse(text)
        except ValueError:
            raise ValueError(f"is {_quoted(text)}, which names nothing we know") from None

    return read


def to_scalar(value: Value) -> Scalar:
    """A value as JSON writes it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value if isinstance(value, str | int | None) else str(value)


def to_text(value: Value) -> str:
    """A value as a CSV cell holds it; nothing is an empty cell."""
    scalar = to_scalar(value)
    if isinstance(scalar, bool):
        return "true" if scalar else "false"
    return "" if scalar is None else str(scalar)


def storable(text: str) -> str:
    """Text without what databases refuse: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "").encode(errors="replace").decode()


def _quoted(text: str) -> str:
    return f'"{text if len(text) <= 40 else text[:39] + "…"}"'
