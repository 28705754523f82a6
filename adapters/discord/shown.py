"""What our messages show, where an answer and the queue may both change one.

Discord shows what arrives last, so one message is changed by one at a time. An answer is drawn
while the message is its own; what the queue drew before that, and had to wait with, is not shown
after it.
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
    drawn: int = 0
    """How often an answer has been drawn, or begun to be."""
    shown: int = 0
    """Which of these the message shows."""


class Shown:
    """Messages of one login."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._lines: dict[str, _Line] = {}
        self._bodies = Memory[bytes](_REMEMBERED_SECONDS, monotonic)

    def is_free(self, message: str) -> bool:
        """Whether nobody is changing it, or waits to."""
        return message not in self._lines

    @asynccontextmanager
    async def alone(self, message: str) -> AsyncIterator[bool]:
        """Nobody else changes it in this block. Whether what was drawn before is out of date."""
        line = self._lines.setdefault(message, _Line())
        before = line.drawn
        line.length += 1
        try:
            async with line.lock:
                yield line.shown > before
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

    def drawing(self, message: str) -> None:
        """Whoever is `alone` with it draws it now, as the answer."""
        self._lines[message].drawn += 1

    def answered(self, message: str, body: Json) -> None:
        """Discord took what was drawn."""
        line = self._lines[message]
        line.shown = line.drawn
        self.changed(message, body)

    def changed(self, message: str, body: Json) -> None:
        """Discord took it."""
        self._bodies.keep(message, _digest(body))


def _digest(body: Json) -> bytes:
    return blake2b(json.dumps(body, sort_keys=True).encode(), digest_size=16).digest()
