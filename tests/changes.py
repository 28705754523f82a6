"""Waiting for something to be so, woken by every change and by nothing else."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Changes:
    """Whoever changes something says so; whoever waits looks again then."""

    def __init__(self, describe: Callable[[], str]) -> None:
        self._describe = describe
        self._changed = asyncio.Event()

    def happened(self) -> None:
        """Something is different now."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, look: Callable[[], Found], seconds: float | None) -> Found:
        """What `look` finds, once it finds something; TimeoutError with the state as it is then."""
        try:
            async with asyncio.timeout(seconds):
                while not (found := look()):
                    await self._changed.wait()
        except TimeoutError:
            raise TimeoutError(f"not so after {seconds} s:\n{self._describe()}") from None
        return found
