"""Cutting text to size where people do not notice: never inside a visible character."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

ELLIPSIS = "…"
_JOINER = "\u200d"

Writing = Callable[[str], str]
"""How a text is written in a platform's markup, never shorter than it is, nothing as nothing."""


def as_it_is(text: str) -> str:
    """Text written without markup."""
    return text


def cut(text: str, limit: int) -> str:
    """At most `limit` characters; over-long text ends in an ellipsis after a whole grapheme."""
    if len(text) <= limit:
        return text
    end = max(limit - 1, 0)
    while end and _joined(text[end - 1], text[end]):
        end -= 1
    return (text[:end] + ELLIPSIS)[: max(limit, 0)]


def cut_before(write: Writing, text: str, limit: int) -> str:
    """The text cut to what needs at most `limit` characters, and then written: a mark cannot be
    cut in two."""
    kept = min(len(text), max(limit, 0))
    while kept and (excess := len(write(cut(text, kept))) - limit) > 0:
        kept -= max(1, excess // _LONGEST_MARK)
    return write(cut(text, kept))


_LONGEST_MARK = 4
"""Characters that one of a text may become: to take away less than the excess needs is enough."""


def _joined(before: str, after: str) -> bool:
    """Whether two code points belong to one visible character (the common part of UAX 29)."""
    return (
        _JOINER in (before, after)
        or unicodedata.category(after).startswith("M")
        or _is_modifier(ord(after))
        or (_is_flag_half(ord(before)) and _is_flag_half(ord(after)))
        or (before, after) == ("\r", "\n")
    )


def _is_modifier(code: int) -> bool:
    """Skin tones, tags (the flags of Wales and others), Hangul vowels and finals."""
    return 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F or 0x1160 <= code <= 0x11FF


def _is_flag_half(code: int) -> bool:
    return 0x1F1E6 <= code <= 0x1F1FF


@dataclass(slots=True)
class Room:
    """What is left of a total shared by several texts.

    Two characters stay in reserve, a line break and an ellipsis, so that the text at which the room
    ends can always say so. After that the room is `full` and takes nothing.
    """

    left: int
    full: bool = False

    def fit(self, text: str, limit: int | None = None, write: Writing = as_it_is) -> str:
        """The text written, cut to `limit` and to what is left."""
        if self.full:
            return ""
        needed = len(write(text))
        most = needed if limit is None else min(limit, needed)
        self.full = most > self.left - 2
        kept = self._last(text, limit, write) if self.full else cut_before(write, text, most)
        self.left -= len(kept)
        return kept

    def _last(self, text: str, limit: int | None, write: Writing) -> str:
        """The text at which the room ends: what there is room for, and an ellipsis."""
        most = self.left if limit is None else min(limit, self.left)
        return cut_before(write, text + ELLIPSIS, most) or ELLIPSIS[:most]

    def spend(self, size: int) -> bool:
        """Use up `size` characters if they are there; False, and nothing used, if not."""
        if self.full or self.left - size < 2:
            return False
        self.left -= size
        return True

    def end(self) -> str:
        """Close the room with the reserve: a line break and an ellipsis."""
        self.left, self.full = self.left - 2, True
        return ELLIPSIS

    def part(self, limit: int) -> "Room":
        """A room of its own within this one; `close` it afterwards."""
        return Room(min(limit, self.left), self.full)

    def close(self, part: "Room", limit: int) -> None:
        """Take what a part of at most `limit` used from the whole."""
        self.left -= min(limit, self.left) - part.left
        self.full = self.full or self.left < 2
