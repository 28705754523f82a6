"""Snowflakes: Discord's names for everything (docs.discord.com/developers/reference#snowflakes)."""

from tests.clock import Clock

EPOCH = 1_420_070_400.0
"""The first second of 2015, from which they count."""


class Ids:
    """New ones, never the same twice on one server, and in the order they were made."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def new(self) -> str:
        """Milliseconds since 2015, and 22 bits to tell those of one millisecond apart."""
        now = int((self._clock.now() - EPOCH) * 1_000) << 22
        self._last = max(self._last + 1, now)
        return str(self._last)


def moment(snowflake: str) -> float:
    """When it was made, in seconds since 1970."""
    return (int(snowflake) >> 22) / 1_000 + EPOCH
