"""What a test makes go wrong with the next calls of a method, and how that looks on the wire."""

import asyncio
from dataclasses import dataclass, field
from enum import Enum

from aiohttp import web


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


@dataclass(frozen=True)
class Planned:
    """A failure to come; `team` is whose call, any when empty."""

    method: str
    failure: Failure | str
    retry_after: int
    team: str


@dataclass
class Failures:
    """Those still to come."""

    _next: list[Planned] = field(default_factory=list)

    def add(self, planned: Planned, times: int) -> None:
        """The next calls of the method fail so."""
        self._next += [planned] * times

    def take(self, method: str, team: str) -> Planned | None:
        """How this call fails, if it does."""
        for planned in self._next:
            if planned.method == method and planned.team in ("", team):
                self._next.remove(planned)
                return planned
        return None


async def broken(request: web.Request, failure: Failure) -> web.Response:
    """What the caller gets to see."""
    if failure is Failure.HANG:
        await asyncio.Event().wait()  # until the caller gives up, which cancels this
    if failure in (Failure.DROP, Failure.DROP_BEFORE) and request.transport is not None:
        request.transport.close()
    return web.Response(status=500, text="<html>Something went wrong.</html>")
