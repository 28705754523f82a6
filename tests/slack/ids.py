"""Slack's names for things: `U…`, `C…`, `Ev…`, and timestamps that are names too."""

import secrets
from itertools import count

from tests.clock import Clock


class Ids:
    """New ones, never the same twice on one server. Slack's have at least 9 characters."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._number = count(1)
        self._last = 0

    def new(self, prefix: str) -> str:
        """An id of a kind: `C0SB00012`."""
        return f"{prefix}0SB{next(self._number):05}"

    def ts(self) -> str:
        """Now, as the name of a message: seconds and microseconds, unique."""
        self._last = max(self._last + 1, int(self._clock.now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06}"

    def block(self) -> str:
        """What Slack calls a block that has no id."""
        return secrets.token_urlsafe(4)[:5]
