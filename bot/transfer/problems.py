"""What is wrong with a row; the rest goes on without it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about the row that begins in `line`.

    `spoils` is the kind and number it would have had: what builds on that has to be left out too.
    """

    line: int
    text: str
    spoils: tuple[str, int] | None = None


class Unreadable(ValueError):
    """The file is not what it should be; the text says what to do."""
