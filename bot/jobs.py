"""Slow and scheduled work: done outside any transaction, then fed back in as an event."""

from collections.abc import Mapping
from datetime import timedelta

import structlog

from bot.events import JobDone, ReadMessage
from bot.ports import Adapter, Clock, Database, QueueRow, Sink
from bot.results import Job

LAST_ATTEMPT = 10
_FIRST_BACK_OFF = 1.0
_LONGEST_BACK_OFF = 300.0

log = structlog.get_logger()


class Jobs:
    """Handles claimed job rows. A crash repeats the work, never its effect: the event's key is the
    row's, and it is claimed with the effect."""

    def __init__(
        self, adapters: Mapping[str, Adapter], database: Database, sink: Sink, clock: Clock
    ) -> None:
        self._adapters = adapters
        self._queue = database.queue
        self._sink = sink
        self._clock = clock

    async def run(self, row: QueueRow) -> None:
        """Do one job; failures come back later, at most ten times."""
        if not isinstance(row.work, Job):
            return
        try:
            message = await self._read(row.work)
            key = f"job:{row.id}"
            now = self._clock.now()
            await self._sink(
                JobDone(
                    key=key, at=now, kind=row.work.kind, subject=row.work.subject, message=message
                )
            )
        except Exception as error:
            log.exception("job_failed", row=row.id, kind=row.work.kind, attempts=row.attempts)
            await self._again(row, f"{type(error).__name__}: {error}")
        else:
            await self._queue.sent(row, None, self._clock.now())

    async def _read(self, job: Job) -> ReadMessage | None:
        if job.message is None:
            return None
        return await self._adapters[job.message.connection].read_message(job.message)

    async def _again(self, row: QueueRow, error: str) -> None:
        now = self._clock.now()
        if row.attempts >= LAST_ATTEMPT:
            await self._queue.dead(row, error, now)
            return
        pause = min(_FIRST_BACK_OFF * 2 ** (row.attempts - 1), _LONGEST_BACK_OFF)
        await self._queue.later(row, error, now + timedelta(seconds=pause))
