"""Simulated time over the real queue: what is due is delivered and done at its time, one row at a
time, and nobody waits for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.cli.parts import Bot
from bot.ports import Clock, Database
from bot.workers import FREE, LEASE_SECONDS

_MOMENT = timedelta(seconds=0.01)


class Movable(Clock, Protocol):
    """A clock that can be put forward."""

    def move_to(self, moment: datetime) -> None:
        """Let time pass until then; it never goes back."""
        ...


@dataclass(frozen=True, slots=True)
class Passing:
    """The workers of a bot that is not running by itself."""

    bot: Bot
    database: Database
    clock: Movable

    async def pass_time(self, seconds: float) -> None:
        """Everything due within so many seconds is delivered and done at its time."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while True:
            await self._settle()
            soonest = await self._soonest()
            if soonest is None or soonest > end:
                break
            self.clock.move_to(max(soonest, self.clock.now() + _MOMENT))
        self.clock.move_to(end)

    async def _settle(self) -> None:
        while await self._one(jobs=True) or await self._one(jobs=False):
            pass

    async def _one(self, *, jobs: bool) -> bool:
        held = FREE if jobs else self.bot.outbox.held()
        queue, now = self.database.queue, self.clock.now()
        row = await queue.take(jobs=jobs, held=held.names, now=now, lease=LEASE_SECONDS)
        if row:
            await (self.bot.jobs.run(row) if jobs else self.bot.outbox.deliver(row))
        return row is not None

    async def _soonest(self) -> datetime | None:
        """When there is something to do again: a row comes due, or the pace lets the next go."""
        queue, held = self.database.queue, self.bot.outbox.held()
        jobs = await queue.next_due(jobs=True, held=FREE.names)
        deliveries = await queue.next_due(jobs=False, held=held.names)
        return min((at for at in (jobs, deliveries, held.until) if at), default=None)
