"""What the bot counts and times of its own work. The default keeps nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, Protocol

Outcome = Literal["answered", "repeated", "refused", "failed"]
Verdict = Literal["sent", "dropped", "retried", "dead"]


class Meter(Protocol):
    """Where the numbers go. Names come from closed sets (kinds of events, routes, connections,
    kinds of rows): never a lane, an id or a person."""

    def event(self, kind: str, route: str, outcome: Outcome, seconds: float) -> None:
        """An event was handled, from its arrival to its answer, in so many seconds."""
        ...

    def commit(self, kind: str, seconds: float) -> None:
        """A transaction was committed, so many seconds after it was asked for."""
        ...

    def delivery(self, connection: str, kind: str, verdict: Verdict) -> None:
        """An attempt to deliver a row ended."""
        ...

    def job(self, kind: str, verdict: Verdict) -> None:
        """An attempt at a job ended."""
        ...

    def asked(self, outcome: str, seconds: float, read: int, written: int) -> None:
        """The model answered, or why it did not, in so many seconds and tokens."""
        ...


class NoMeter:
    """Keeps nothing."""

    def event(self, kind: str, route: str, outcome: Outcome, seconds: float) -> None:
        """Nothing."""

    def commit(self, kind: str, seconds: float) -> None:
        """Nothing."""

    def delivery(self, connection: str, kind: str, verdict: Verdict) -> None:
        """Nothing."""

    def job(self, kind: str, verdict: Verdict) -> None:
        """Nothing."""

    def asked(self, outcome: str, seconds: float, read: int, written: int) -> None:
        """Nothing."""


NO_METER = NoMeter()


@dataclass(slots=True)
class Handling:
    """One event in hand; whoever handles it says when `outcome` is another."""

    _meter: Meter
    _kind: str
    outcome: Outcome = "answered"

    @contextmanager
    def commit(self) -> Iterator[None]:
        """Around a transaction, the wait for its turn included."""
        started = time.perf_counter()
        yield
        self._meter.commit(self._kind, time.perf_counter() - started)


@contextmanager
def handling(meter: Meter, kind: str, route: str) -> Iterator[Handling]:
    """Around one event; an error that gets out is a failure."""
    event = Handling(meter, kind)
    started = time.perf_counter()
    try:
        yield event
    except BaseException:
        event.outcome = "failed"
        raise
    finally:
        meter.event(kind, route, event.outcome, time.perf_counter() - started)
