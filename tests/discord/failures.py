"""What a test makes go wrong with the next calls of a route."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from enum import Enum


class Failure(Enum):
    """How a call fails, whatever it asks for."""

    HANG = "it is done, and no answer ever comes"
    DROP = "it is done, and the connection is cut instead of an answer"
    DROP_BEFORE = "nothing is done, and the connection is cut"
    CRASH = "nothing is done: 500, and not even JSON"
    BUSY = "nothing is done: 429 for this route"
    BUSY_SHARED = "nothing is done: 429 on a resource shared with others; not counted as invalid"
    BUSY_GLOBAL = "nothing is done: 429 for the whole bot"
    BANNED = "nothing is done: 429 of Cloudflare's, no JSON and no Via"
    BLOCKED = "nothing is done: 403 of Cloudflare's, or of a proxy's, no JSON"
    GARBLED = "it is done, and what should be JSON is none"

    @property
    def done(self) -> bool:
        """Whether the work is done all the same."""
        return self in (Failure.HANG, Failure.DROP, Failure.GARBLED)


@dataclass(frozen=True)
class Refusal:
    """One of Discord's errors: a status and a code, as in `Refusal(403, 50013)`."""

    status: int
    code: int


@dataclass
class Failures:
    """Those still to come, by route."""

    retry_after: float = 0.05
    _next: dict[str, deque[Failure | Refusal]] = field(default_factory=lambda: defaultdict(deque))

    def add(self, route: str, failure: Failure | Refusal, times: int) -> None:
        """The next calls of the route fail so."""
        self._next[route] += [failure] * times

    def take(self, route: str) -> Failure | Refusal | None:
        """How this call fails, if it does."""
        waiting = self._next[route]
        return waiting.popleft() if waiting else None
