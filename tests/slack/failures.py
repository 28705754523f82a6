"""What a test makes go wrong with the next calls of a method."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from enum import Enum


class Failure(Enum):
    """How a call fails; any other failure is one of Slack's errors, by name."""

    HANG = "it is done, and no answer ever comes"
    DROP = "it is done, and the connection is cut instead of an answer"
    DROP_BEFORE = "nothing is done, and the connection is cut"
    CRASH = "nothing is done: 500, and not even JSON"
    BUSY = "nothing is done: 429 with Retry-After"

    @property
    def done(self) -> bool:
        """Whether the work is done all the same."""
        return self in (Failure.HANG, Failure.DROP)


@dataclass
class Failures:
    """Those still to come, by method."""

    retry_after: int = 1
    _next: dict[str, deque[Failure | str]] = field(default_factory=lambda: defaultdict(deque))

    def add(self, method: str, failure: Failure | str, times: int) -> None:
        """The next calls of the method fail so."""
        self._next[method] += [failure] * times

    def take(self, method: str) -> Failure | str | None:
        """How this call fails, if it does."""
        waiting = self._next[method]
        return waiting.popleft() if waiting else None
