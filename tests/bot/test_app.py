"""The running bot: each connection on its own, and an orderly stop."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from bot import app as app_module
from bot.app import App
from bot.errors import Forgotten, NotConnected, StorageError
from bot.events import CommandUsed, Event
from bot.jobs import Jobs
from bot.messages import Message
from bot.outbox import Outbox
from bot.ports import Sink
from bot.refs import AccountRef, ChannelRef
from bot.results import Answer, Post, Subject, Whisper
from bot.store import Store
from bot.workers import Bell
from tests.bot.fakes import FakeAdapter, FakeDatabase, FixedClock, row

HELLO = CommandUsed(
    key="k1", at=datetime(2026, 11, 2, tzinfo=UTC), account=AccountRef("slack:T1", "ana"),
    name="Ana", channel=ChannelRef("community", "general"), command="ideas",
)  # fmt: skip
ANSWER = Whisper(Message((("Hello",),)))


class Platform(FakeAdapter):
    """An adapter whose every `run` does the next of `lives`, then waits."""

    def __init__(
        self,
        *lives: Callable[[Sink], Awaitable[None]],
        unknown: int = 0,
        why: Exception = ConnectionError("out of reach"),  # noqa: B008 - never changed
    ) -> None:
        super().__init__()
        self.lives = list(lives)
        self.runs = 0
        self.waiting = asyncio.Event()
        self._unknown = unknown
        self._why = why
        self.gate = asyncio.Event()
        self.gate.set()

    async def workspace(self) -> str:
        if self._unknown:
            self._unknown -= 1
            raise self._why
        await self.gate.wait()
        return "W1"

    async def run(self, sink: Sink) -> None:
        self.runs += 1
        if self.lives:
            await self.lives.pop(0)(sink)
            return
        self.waiting.set()
        await asyncio.Event().wait()


class House:
    """An app around platforms; `sink` may be held up by `gate`."""

    def __init__(self, **platforms: Platform) -> None:
        self.database = FakeDatabase()
        self.gate = asyncio.Event()
        self.gate.set()
        self.begun = asyncio.Event()
        self.finished: list[Event] = []
        clock, bell = FixedClock(), Bell()
        self.clock = clock
        self.app = App(platforms, self.database, clock, bell)  # type: ignore[arg-type]
        self._outbox = Outbox(platforms, self.database, _nothing, clock)  # type: ignore[arg-type]
        self._jobs = Jobs(platforms, self.database, self.sink, clock)  # type: ignore[arg-type]

    async def sink(self, event: Event) -> Answer | None:
        self.begun.set()
        await self.gate.wait()
        self.finished.append(event)
        return ANSWER

    async def run(self) -> None:
        async with asyncio.timeout(8):
            await self.app.run(self.sink, self._outbox, self._jobs)


async def _nothing(_store: Store, _subject: Subject, _mention: AccountRef | None) -> None:
    return None


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "_RESTART_SECONDS", (0.0, 0.0))


async def test_every_connection_is_bound_to_its_workspace_first() -> None:
    platform = Platform()
    house = House(community=platform)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(house.run())
        await platform.waiting.wait()
        assert house.database.bound == {"community": "W1"}
        house.app.stop()


async def test_an_event_gets_its_answer() -> None:
    answers: list[Answer | None] = []

    async def ask(sink: Sink) -> None:
        answers.append(await sink(HELLO))

    platform = Platform(ask)
    house = House(community=platform)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(house.run())
        await platform.waiting.wait()
        house.app.stop()
    assert answers == [ANSWER]
    assert house.finished == [HELLO]


async def test_a_failing_connection_starts_again_and_the_other_never_notices() -> None:
    async def break_down(_sink: Sink) -> None:
        raise ConnectionError("gone")

    async def end(_sink: Sink) -> None:
        return

    troubled, calm = Platform(break_down, end, break_down), Platform()
    house = House(troubled=troubled, calm=calm)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(house.run())
        await troubled.waiting.wait()
        await calm.waiting.wait()
        house.app.stop()
    assert (troubled.runs, calm.runs) == (4, 1)


async def test_the_pause_grows_with_each_failure_and_is_short_again_after_a_good_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app_module, "_RESTART_SECONDS", (0.001, 0.004))

    async def break_down(_sink: Sink) -> None:
        raise ConnectionError("gone")

    async def break_down_after_an_hour(_sink: Sink) -> None:
        house.clock.advance(3600)
        raise ConnectionError("gone")

    platform = Platform(*[break_down] * 4, break_down_after_an_hour)
    house = House(community=platform)
    with capture_logs() as logs:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(house.run())
            await platform.waiting.wait()
            house.app.stop()
    pauses = [entry["again_in_seconds"] for entry in logs if entry["event"] == "part_failed"]
    assert pauses == [0.001, 0.002, 0.004, 0.004, 0.001]


async def test_a_connection_that_cannot_start_does_not_stop_the_other() -> None:
    revoked, calm = Platform(unknown=2), Platform()
    house = House(revoked=revoked, calm=calm)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(house.run())
        await calm.waiting.wait()
        await revoked.waiting.wait()
        house.app.stop()
    assert house.database.bound == {"revoked": "W1", "calm": "W1"}


async def test_a_token_for_another_workspace_is_refused_at_the_start() -> None:
    house = House(community=Platform())
    house.database.bound["community"] = "W2"
    with pytest.raises(StorageError, match="W2"):
        await house.run()


async def test_a_stop_finishes_the_event_in_hand_and_takes_no_more() -> None:
    refused: list[Exception] = []
    sinks: list[Sink] = []

    async def ask(sink: Sink) -> None:
        sinks.append(sink)
        await sink(HELLO)

    house = House(community=Platform(ask))
    house.gate.clear()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(house.run())
        await house.begun.wait()
        house.app.stop()
        try:
            await sinks[0](HELLO)
        except Forgotten as error:
            refused.append(error)
        house.gate.set()
    assert house.finished == [HELLO]
    assert len(refused) == 1


async def test_a_stop_finishes_the_delivery_in_hand_and_leaves_the_queue() -> None:
    house = House(community=Platform())
    house.database.queue.rows = [row(1)]
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(house.run())
        await house.database.queue.judged.wait()
        house.database.queue.rows.append(row(2))
        house.app.stop()
    assert house.database.queue.verdicts[0] == ("dropped", 1, None)


async def test_old_rows_are_pruned_while_it_runs() -> None:
    platform = Platform()
    house = House(community=platform)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(house.run())
        await platform.waiting.wait()
        await house.database.queue.looked.wait()
        house.app.stop()
    assert house.database.queue.pruned == 1


async def test_a_connection_is_ready_while_it_runs_and_only_then() -> None:
    asked: list[list[str]] = []

    async def look(_sink: Sink) -> None:
        asked.append(await house.app.unready())
        raise ConnectionError("gone")

    platform = Platform(look)
    house = House(community=platform)
    assert await house.app.unready() == ["connection community is not running"]
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(house.run())
        await platform.waiting.wait()
        assert asked == [[]]
        assert await house.app.unready() == []
        house.app.stop()
    assert await house.app.unready() == ["connection community is not running"]


async def test_storage_that_does_not_answer_is_not_ready() -> None:
    house = House()
    house.database.queue.broken = OSError("gone")
    assert await house.app.unready() == ["storage does not answer"]


REFUSED = NotConnected("the bot token is refused: install the app again")


async def test_a_refused_connection_is_one_clear_line_and_stops_nobody_else() -> None:
    async def refuse(_sink: Sink) -> None:
        raise REFUSED

    revoked, calm = Platform(refuse, unknown=2, why=REFUSED), Platform()
    house = House(revoked=revoked, calm=calm)
    with capture_logs() as logs:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(house.run())
            await calm.waiting.wait()
            await revoked.waiting.wait()
            house.app.stop()
    line = {"event": "connection_refused", "log_level": "error", "part": "revoked",
            "text": str(REFUSED), "again_in_seconds": 0.0}  # fmt: skip
    assert logs == [line, line]
    assert (revoked.runs, calm.runs) == (2, 1)


async def test_why_a_connection_is_refused_is_said_for_as_long_as_it_is_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app_module, "_RESTART_SECONDS", (0.001, 0.001))
    said: list[list[str]] = []

    async def look(_sink: Sink) -> None:
        said.append(await house.app.unready())
        raise ConnectionError("gone")

    class Watched(Platform):
        async def workspace(self) -> str:
            said.append(await house.app.unready())
            return await super().workspace()

    platform = Watched(look, unknown=2, why=REFUSED)
    house = House(community=platform)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(house.run())
        await platform.waiting.wait()
        house.app.stop()
    plain = ["connection community is not running"]
    assert said == [plain, plain, [f"{plain[0]}: {REFUSED}"], [], plain]


async def test_nothing_is_sent_to_a_connection_that_is_out_of_reach() -> None:
    revoked, calm = Platform(unknown=2, why=REFUSED), Platform()
    house = House(community=revoked, fans=calm)
    fans = Post(ChannelRef("fans", "ideas"), Subject("idea_card", 2))
    house.database.queue.rows = [row(1), row(2, fans, lane="fans/ideas", budget="fans:post")]
    revoked.gate.clear()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(house.run())
        await house.database.queue.judged.wait()
        assert [number for _, number, _ in house.database.queue.verdicts] == [2]
        house.database.queue.judged.clear()
        revoked.gate.set()
        await house.database.queue.judged.wait()
        house.app.stop()
    assert [number for _, number, _ in house.database.queue.verdicts] == [2, 1]
