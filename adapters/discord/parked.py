"""Channels that refuse us again and again, left alone for a while.

docs.discord.com/developers/topics/rate-limits: 10,000 answers 401, 403 or 429 in ten minutes, and
the address is shut out.
"""

from collections.abc import Callable

import structlog

from bot.errors import PermanentDeliveryError

HANDFUL = 5
REST_SECONDS = 3600.0

log = structlog.get_logger()


class Parked:
    """After a handful of refusals in a row nothing goes there for an hour, or until it changes."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._refusals: dict[str, int] = {}
        self._until: dict[str, float] = {}

    def check(self, channel: str) -> None:
        """PermanentDeliveryError for one that is parked."""
        if self._until.get(channel, 0.0) > self._monotonic():
            raise PermanentDeliveryError(f"channel {channel} is left alone: it refused too often")

    def refused(self, channel: str) -> None:
        """It refused once more."""
        self._refusals[channel] = self._refusals.get(channel, 0) + 1
        if self._refusals[channel] >= HANDFUL:
            self._until[channel] = self._monotonic() + REST_SECONDS
            log.warning("channel_parked", channel=channel, seconds=REST_SECONDS)

    def went_well(self, channel: str) -> None:
        """It took something."""
        self._refusals.pop(channel, None)
        self._until.pop(channel, None)

    def free(self) -> None:
        """Something about channels, roles or servers changed: try all of them again."""
        self._refusals.clear()
        self._until.clear()
