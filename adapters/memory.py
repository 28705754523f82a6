"""What a platform told us a while ago, by id."""

from collections.abc import Callable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
MOST = 10_000
"""Things kept; the one remembered first goes first."""


class Memory(Generic[Thing]):
    """Each thing is kept for `seconds`."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self._seconds = seconds
        self._monotonic = monotonic
        self._kept: dict[str, tuple[Thing, float]] = {}

    def keep(self, name: str, thing: Thing) -> None:
        """Remember it from now on."""
        self._kept.pop(name, None)
        self._kept[name] = thing, self._monotonic() + self._seconds
        if len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]

    def drop(self, name: str) -> None:
        """Forget it."""
        self._kept.pop(name, None)

    def __contains__(self, name: str) -> bool:
        return name in self._kept and self._kept[name][1] > self._monotonic()

    def __getitem__(self, name: str) -> Thing:
        return self._kept[name][0]
