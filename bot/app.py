"""Takes built parts and runs them: each under its own supervisor, with an orderly stop."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial

import structlog

from bot.errors import Forgotten, NotConnected, reason
from bot.events import Event
from bot.jobs import Jobs
from bot.outbox import Outbox, budgets_of
from bot.ports import Adapter, Clock, Database, Sink
from bot.results import Answer
from bot.workers import Bell, Held, work

DELIVERERS = 4
JOB_WORKERS = 4
"""Two may wait for the model (`bot.writer.AT_ONCE`); the others go on meanwhile."""
STOP_SECONDS = 10.0
"""How long a stop waits for what is in hand; what is not finished is taken up at the next start."""
_RESTART_SECONDS = (1.0, 60.0)
_PRUNE_SECONDS = 3600.0
_STORAGE_SECONDS = 2.0
"""Storage that takes longer to answer is not ready."""

Watch = Callable[[asyncio.Event], Awaitable[None]]
"""Looks after something now and then, until the event is set."""

log = structlog.get_logger()


class App:
    """The running bot: receives, delivers and works until told to stop."""

    def __init__(
        self, adapters: Mapping[str, Adapter], database: Database, clock: Clock, bell: Bell
    ) -> None:
        self._adapters = adapters
        self._database = database
        self._clock = clock
        self._bell = bell
        self._stopping = asyncio.Event()
        self._in_hand: set[asyncio.Task[Answer | None]] = set()
        self._running: set[str] = set()
        self._reached: set[str] = set()
        self._refused: dict[str, str] = {}

    def stop(self) -> None:
        """Take no more events, finish those in hand, leave the queue for the next start."""
        self._stopping.set()
        self._bell.ring()

    async def unready(self) -> list[str]:
        """What cannot do its work now, and why: storage, or a connection that is not running."""
        parts = [self._stopped(name) for name in self._adapters if name not in self._running]
        try:
            async with asyncio.timeout(_STORAGE_SECONDS):
                await self._database.queue.backlog()
        except Exception as error:
            log.warning("storage_does_not_answer", error=reason(error))
            parts.insert(0, "storage does not answer")
        return parts

    def _stopped(self, name: str) -> str:
        why = self._refused.get(name)
        return f"connection {name} is not running" + (f": {why}" if why else "")

    async def run(
        self, sink: Sink, outbox: Outbox, jobs: Jobs, watches: Iterable[Watch] = ()
    ) -> None:
        """Until `stop()`; StorageError when a token is for another workspace than before."""
        await asyncio.gather(*(self._introduce(name) for name in self._adapters))
        receivers = [
            asyncio.create_task(self._supervise(name, partial(self._receive, name, sink, outbox)))
            for name in self._adapters
        ]
        working = self._workers(outbox, jobs)
        working += [partial(watch, self._stopping) for watch in watches]
        workers = [asyncio.create_task(self._supervise("worker", run)) for run in working]
        await self._stopping.wait()
        await _cancel(receivers)
        await _finish([*self._in_hand, *workers])

    async def _introduce(self, name: str) -> None:
        """Bind a connection to its workspace; one that is out of reach stops nobody else."""
        try:
            workspace = await self._adapters[name].workspace()
        except NotConnected:  # its supervisor asks again at once, and reports it
            return
        except Exception:
            log.exception("workspace_unknown", part=name)
            return
        await self._database.bind(name, workspace)
        self._reached.add(name)

    async def _receive(self, name: str, sink: Sink, outbox: Outbox) -> None:
        adapter = self._adapters[name]
        try:
            await self._database.bind(name, await adapter.workspace())
            self._starts(name, outbox)
            await adapter.run(self._guard(sink))
        except Exception as error:
            self._refused[name] = str(error) if isinstance(error, NotConnected) else ""
            raise
        finally:
            self._running.discard(name)
            self._reached.discard(name)

    def _starts(self, name: str, outbox: Outbox) -> None:
        """What waited for the connection may go."""
        self._refused.pop(name, None)
        self._running.add(name)
        self._reached.add(name)
        outbox.connected(name)
        self._bell.ring()

    def _held(self) -> Held:
        """Nothing is tried on a connection that is out of reach: what is for it waits."""
        down = [budgets_of(name) for name in self._adapters if name not in self._reached]
        return Held(frozenset[str]().union(*down), None)

    def _workers(self, outbox: Outbox, jobs: Jobs) -> list[Callable[[], Awaitable[None]]]:
        loop = partial(work, self._database.queue, self._clock, self._bell, self._stopping)

        def held() -> Held:
            paced, down = outbox.held(), self._held()
            return Held(paced.names | down.names, paced.until)

        deliver = partial(loop, outbox.deliver, jobs=False, held=held)
        work_off = partial(loop, jobs.run, jobs=True, held=self._held)
        return [deliver] * DELIVERERS + [work_off] * JOB_WORKERS + [self._prune]

    def _guard(self, sink: Sink) -> Sink:
        """An event in hand is finished even when whoever brought it is cut off."""

        async def receive(event: Event) -> Answer | None:
            if self._stopping.is_set():
                raise Forgotten("stopping")
            task = asyncio.ensure_future(sink(event))
            self._in_hand.add(task)
            task.add_done_callback(self._in_hand.discard)
            return await asyncio.shield(task)

        return receive

    async def _supervise(self, name: str, run: Callable[[], Awaitable[None]]) -> None:
        """One part's trouble stays its own: it starts again, with back-off."""
        first, longest = _RESTART_SECONDS
        pause = first
        while True:
            started = self._clock.now()
            try:
                await run()
            except Exception as error:
                if (self._clock.now() - started).total_seconds() > longest:
                    pause = first
                _report(name, error, pause)
            if await self._stops_within(pause):
                return
            pause = min(pause * 2, longest)

    async def _prune(self) -> None:
        while True:
            await self._database.queue.prune(self._clock.now())
            if await self._stops_within(_PRUNE_SECONDS):
                return

    async def _stops_within(self, seconds: float) -> bool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
        return self._stopping.is_set()


def _report(name: str, error: Exception, pause: float) -> None:
    """What is refused is for people to mend, and a line that says how; the rest needs its story."""
    if isinstance(error, NotConnected):
        log.error("connection_refused", part=name, text=str(error), again_in_seconds=pause)
    else:
        log.exception("part_failed", part=name, again_in_seconds=pause)


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _finish(tasks: "list[asyncio.Task[Answer | None] | asyncio.Task[None]]") -> None:
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
    for task in late:
        log.warning("stopped_in_the_middle", task=task.get_name())
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
