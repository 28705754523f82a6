"""Slow work: done outside, fed back in as an event, and repeated with patience."""

from datetime import timedelta
from pathlib import Path

from structlog.testing import capture_logs

from bot.config import playground_config
from bot.errors import DeliveryError, NotConnected
from bot.events import Event, JobDone, ReadMessage
from bot.jobs import Jobs
from bot.reader import Reader
from bot.refs import AccountRef, MessageRef, ThreadRef
from bot.results import Answer, Job
from tests.bot.fakes import NOW, FakeAdapter, FakeDatabase, FixedClock, row

CONFIG = playground_config(Path("/nowhere"))
REF = MessageRef("community", "general", "m1")
MESSAGE = ReadMessage(
    REF, ThreadRef("community", "general", "m1"), AccountRef("slack:T1", "ana"), "Ana",
    "We need a dark mode", "https://example.com/1", NOW, private=False,
)  # fmt: skip


class Desk:
    """Jobs with one connection; `received` is what came back in."""

    def __init__(self, *errors: Exception, fails: Exception | None = None) -> None:
        self.adapter = FakeAdapter(list(errors), messages={REF: MESSAGE})
        self.database = FakeDatabase()
        self.received: list[Event] = []
        self._fails = fails
        adapters = {"community": self.adapter}
        reader = Reader(adapters, CONFIG, self.database)  # type: ignore[arg-type]
        self.jobs = Jobs(reader, self.database, self._sink, FixedClock())  # type: ignore[arg-type]

    async def _sink(self, event: Event) -> Answer | None:
        if self._fails:
            raise self._fails
        self.received.append(event)
        return None

    @property
    def verdicts(self) -> list[tuple[str, int, object]]:
        return self.database.queue.verdicts


async def test_a_job_comes_back_as_an_event_with_the_rows_key() -> None:
    desk = Desk()
    await desk.jobs.run(row(7, Job("tell", 31), budget="job"))
    assert desk.received == [JobDone(key="job:7", at=NOW, kind="tell", subject=31)]
    assert desk.verdicts == [("sent", 7, None)]


async def test_a_message_is_read_before_and_brought_along() -> None:
    desk = Desk()
    await desk.jobs.run(row(7, Job("read", 3, message=REF)))
    assert desk.received == [JobDone(key="job:7", at=NOW, kind="read", subject=3, message=MESSAGE)]


async def test_a_message_that_is_gone_is_none() -> None:
    desk = Desk()
    desk.adapter.messages.clear()
    await desk.jobs.run(row(7, Job("read", 3, message=REF)))
    assert desk.received == [JobDone(key="job:7", at=NOW, kind="read", subject=3, message=None)]


async def test_a_failed_read_is_tried_again_later() -> None:
    desk = Desk(DeliveryError("busy"))
    await desk.jobs.run(row(7, Job("read", 3, message=REF), attempts=3))
    assert desk.verdicts == [("later", 7, NOW + timedelta(seconds=4))]
    assert desk.received == []


async def test_an_effect_that_failed_is_tried_again_with_the_same_key() -> None:
    desk = Desk(fails=RuntimeError("disk full"))
    await desk.jobs.run(row(7, Job("tell", 31)))
    assert desk.verdicts == [("later", 7, NOW + timedelta(seconds=1))]


async def test_the_pause_never_grows_past_five_minutes() -> None:
    desk = Desk(fails=RuntimeError("disk full"))
    await desk.jobs.run(row(7, Job("tell", 31), attempts=9))
    assert desk.verdicts == [("later", 7, NOW + timedelta(seconds=256))]


async def test_after_ten_attempts_it_is_left_with_its_error() -> None:
    desk = Desk(fails=RuntimeError("disk full"))
    await desk.jobs.run(row(7, Job("tell", 31), attempts=10))
    assert desk.verdicts == [("dead", 7, "RuntimeError")]


async def test_whoever_waits_is_told_when_it_is_given_up() -> None:
    ben = AccountRef("slack:T1", "ben")
    job = Job("summarize", 0, message=REF, account=ben, handle="h-1")
    desk = Desk(DeliveryError("busy"), DeliveryError("busy"))
    await desk.jobs.run(row(7, job, attempts=9))
    assert desk.received == []
    await desk.jobs.run(row(7, job, attempts=10))
    assert desk.received == [
        JobDone(
            key="job:7", at=NOW, kind="summarize", subject=0, account=ben, handle="h-1",
            gave_up=True,
        )
    ]  # fmt: skip
    assert desk.verdicts[-1][0] == "dead"


async def test_what_cannot_even_be_told_is_left_with_its_first_error() -> None:
    ben = AccountRef("slack:T1", "ben")
    desk = Desk(DeliveryError("busy"), fails=RuntimeError("disk full"))
    with capture_logs() as logs:
        await desk.jobs.run(row(7, Job("summarize", 0, message=REF, account=ben), attempts=10))
    assert [entry["event"] for entry in logs] == ["job_failed", "job_untold"]
    assert desk.verdicts == [("dead", 7, "DeliveryError: busy")]


async def test_a_connection_that_is_refused_is_waited_for_however_often_it_takes() -> None:
    desk = Desk(NotConnected("the token is revoked"))
    with capture_logs() as logs:
        await desk.jobs.run(row(7, Job("read", 3, message=REF), attempts=11))
    assert desk.verdicts == [("later", 7, NOW + timedelta(seconds=300))]
    assert [entry["event"] for entry in logs] == ["job_waits"]


async def test_a_delivery_is_no_job() -> None:
    desk = Desk()
    await desk.jobs.run(row(7))
    assert desk.verdicts == []
    assert desk.received == []
