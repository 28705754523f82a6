"""What our messages show, where an answer and the queue may both change one.

Discord shows what arrives last, so one message is changed by one at a time; whoever changes it
draws it while it is theirs, and what shows the latest state then is never followed by an older one.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import blake2b

from adapters.discord.limits import Json
from adapters.memory import Memory

_REMEMBERED_SECONDS = 600.0
"""For as long as the queue tries to deliver what an answer may have shown before it."""


@dataclass
class _Line:
    """Those who want to change a message, the first of whom is at it."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class Shown:
    """Messages of one login."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._lines: dict[str, _Line] = {}
        self._bodies = Memory[bytes](_REMEMBERED_SECONDS, monotonic)

    def is_free(self, message: str) -> bool:
        """Whether nobody is changing it, or waits to."""
        return message not in self._lines

    @asynccontextmanager
    async def alone(self, message: str) -> AsyncIterator[None]:
        """Nobody else changes it in this block."""
        line = self._lines.setdefault(message, _Line())
        line.length += 1
        try:
            async with line.lock:
                yield
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[message]

    def shows(self, message: str, body: Json) -> bool:
        """Whether it surely shows that already."""
        return self._bodies.get(message) == _digest(body)

    def changing(self, message: str) -> None:
        """Until it is `changed` nobody knows what it shows."""
        self._bodies.drop(message)

    def changed(self, message: str, body: Json) -> None:
        """Discord took it."""
        self._bodies.keep(message, _digest(body))


def _digest(body: Json) -> bytes:
    return blake2b(json.dumps(body, sort_keys=True).encode(), digest_size=16).digest()
