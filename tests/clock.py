"""The time as our Slack and our Discord see it: real, and as much ahead of it as a test wants."""

import asyncio
import time
from contextlib import suppress


class Clock:
    """Seconds since 1970. `advance` makes whatever was due in that time happen now."""

    def __init__(self) -> None:
        self._start = time.time() - time.monotonic()
        self._stopped: float | None = None
        self._pushed = asyncio.Event()

    def now(self) -> float:
        """Seconds since 1970; never goes back."""
        return self._start + (time.monotonic() if self._stopped is None else self._stopped)

    def advance(self, seconds: float) -> None:
        """Be so much later."""
        self._start += seconds
        self._pushed.set()
        self._pushed = asyncio.Event()

    def stop(self) -> None:
        """Move by `advance` only, from now on, however slow the machine is."""
        self._stopped = time.monotonic()

    async def reach(self, moment: float) -> None:
        """Return when it is so late, really or because a test said so."""
        while (left := moment - self.now()) > 0:
            with suppress(TimeoutError):
                seconds = left if self._stopped is None else None
                await asyncio.wait_for(self._pushed.wait(), seconds)
