"""The time as our Discord sees it: real, and as much ahead of it as a test wants."""

import asyncio
import time
from contextlib import suppress


class Clock:
    """Seconds since 1970. `advance` makes whatever was due in that time happen now."""

    def __init__(self) -> None:
        self._start = time.time() - time.monotonic()
        self._pushed = asyncio.Event()

    def now(self) -> float:
        """Seconds since 1970; never goes back."""
        return self._start + time.monotonic()

    def advance(self, seconds: float) -> None:
        """Be so much later."""
        self._start += seconds
        self._pushed.set()
        self._pushed = asyncio.Event()

    async def reach(self, moment: float) -> None:
        """Return when it is so late, really or because a test said so."""
        while (left := moment - self.now()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._pushed.wait(), left)
