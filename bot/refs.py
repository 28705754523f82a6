"""Names for things on the platforms: typed, opaque, and the same as text.

`str(ref)` and `Ref.parse(text)` round-trip. Only the adapter that made a ref looks inside.
"""

from dataclasses import astuple, dataclass, fields
from typing import NewType, Self
from urllib.parse import quote, unquote

IdeaNumber = NewType("IdeaNumber", int)
Emoji = NewType("Emoji", str)

_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_SKIN_TONES = range(0x1F3FB, 0x1F400)


@dataclass(frozen=True, slots=True)
class _Ref:
    """Text form: the fields, percent-encoded, joined by `/`."""

    def __str__(self) -> str:
        return "/".join(quote(part, safe=":") for part in astuple(self))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote; ValueError for anything else."""
        parts = [unquote(part) for part in text.split("/")]
        if len(parts) != len(fields(cls)) or not all(parts):
            raise ValueError(f"not a {cls.__name__}: {text!r}")
        return cls(*parts)


@dataclass(frozen=True, slots=True)
class AccountRef(_Ref):
    """A login on a platform; realm is `discord`, `slack:<team>` or `playground`."""

    realm: str
    user: str


@dataclass(frozen=True, slots=True)
class ChannelRef(_Ref):
    """A channel as one of our connections sees it."""

    connection: str
    channel: str


@dataclass(frozen=True, slots=True)
class MessageRef(_Ref):
    """A message's identity: container is what the platform needs to address it."""

    connection: str
    container: str
    message: str


@dataclass(frozen=True, slots=True)
class ThreadRef(_Ref):
    """A thread: the channel it hangs in and its root message."""

    connection: str
    channel: str
    root: str

    @property
    def opening(self) -> MessageRef:
        """The message it hangs under."""
        return MessageRef(self.connection, self.channel, self.root)


def emoji(text: str) -> Emoji:
    """One form for an emoji: no skin tone, no variation selector; `:custom:` in lower case."""
    kept = "".join(c for c in text.strip() if not _is_variant(ord(c)))
    return Emoji(kept.lower() if kept.startswith(":") else kept)


def _is_variant(code: int) -> bool:
    return code in _VARIATION_SELECTORS or code in _SKIN_TONES
