"""Slow and scheduled work: done outside any transaction, then fed back in as an event."""

from dataclasses import replace
from datetime import timedelta

import structlog
from structlog.contextvars import bound_contextvars

from bot.errors import NotConnected, reason
from bot.events import JobDone
from bot.meter import NO_METER, Meter, Verdict
from bot.ports import Clock, Database, QueueRow, Sink
from bot.reader import Reader
from bot.results import Job

LAST_ATTEMPT = 10
_FIRST_BACK_OFF = 1.0
_LONGEST_BACK_OFF = 300.0

log = structlog.get_logger()


class Jobs:
    """Handles claimed job rows. A crash repeats the work, never its effect: the event's key is the
    row's, and it is claimed with the effect. A refused connection is waited for."""

    def __init__(
        self,
        reader: Reader,
        database: Database,
        sink: Sink,
        clock: Clock,
        meter: Meter = NO_METER,
    ) -> None:
        self._reader = reader
        self._queue = database.queue
        self._sink = sink
        self._clock = clock
        self._meter = meter

    async def run(self, row: QueueRow) -> None:
        """Do one job; failures come back later, at most ten times."""
        if not isinstance(row.work, Job):
            return
        with bound_contextvars(row=row.id):
            verdict = await self._run(row, row.work)
        self._meter.job(row.work.kind, verdict)

    async def _run(self, row: QueueRow, job: Job) -> Verdict:
        done = JobDone(
            key=f"job:{row.id}",
            at=self._clock.now(),
            kind=job.kind,
            subject=job.subject,
            account=job.account,
            handle=job.handle,
        )
        try:
            await self._sink(await self._reader(job, done))
        except NotConnected as error:
            log.warning("job_waits", kind=job.kind, error=str(error))
            return await self._later(row, reason(error))
        except Exception as error:
            log.exception("job_failed", kind=job.kind, attempts=row.attempts)
            return await self._again(row, done, reason(error))
        await self._queue.sent(row, None, self._clock.now())
        return "sent"

    async def _again(self, row: QueueRow, done: JobDone, error: str) -> Verdict:
        if row.attempts >= LAST_ATTEMPT:
            await self._tell(done)
            await self._queue.dead(row, error, self._clock.now())
            return "dead"
        return await self._later(row, error)

    async def _tell(self, done: JobDone) -> None:
        """Whoever waits is told that nothing comes, if that at least can be done."""
        if done.account is None:
            return
        try:
            await self._sink(replace(done, gave_up=True))
        except Exception:
            log.exception("job_untold", kind=done.kind)

    async def _later(self, row: QueueRow, error: str) -> Verdict:
        pause = min(_FIRST_BACK_OFF * 2 ** (row.attempts - 1), _LONGEST_BACK_OFF)
        await self._queue.later(row, error, self._clock.now() + timedelta(seconds=pause))
        return "retried"
