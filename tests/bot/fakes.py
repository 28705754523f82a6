"""Stand-ins at our own ports: a queue that keeps its verdicts, a database around it, an adapter."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

from bot.errors import StorageError
from bot.events import ReadMessage
from bot.messages import Message
from bot.ports import Backlog, Pace, QueueRow, Sending, Sink
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef
from bot.results import Post, Subject
from bot.store import Store

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
IDEAS = ChannelRef("community", "ideas")
HELLO = Message((("Hello",),))


class FixedClock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


def row(
    number: int = 1,
    work: object = None,
    *,
    attempts: int = 1,
    first_try: datetime = NOW,
    lane: str = "community/ideas",
    budget: str = "community:post",
) -> QueueRow:
    """A claimed row; a post to #ideas unless told otherwise."""
    doing = cast(Post, work or Post(IDEAS, Subject("idea_card", 1)))
    return QueueRow(number, doing, lane, budget, attempts, first_try)


@dataclass
class FakeQueue:
    """Hands out `rows` in order and keeps every verdict as (verdict, row, detail)."""

    rows: list[QueueRow] = field(default_factory=list)
    verdicts: list[tuple[str, int, object]] = field(default_factory=list)
    due: datetime | None = None
    pruned: int = 0
    broken: Exception | None = None
    looked: asyncio.Event = field(default_factory=asyncio.Event)
    judged: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(
        self, *, jobs: bool, held: frozenset[str], now: datetime, lease: float
    ) -> QueueRow | None:
        free = [r for r in self.rows if not held & {r.lane, r.budget}]
        if not jobs and free:
            self.rows.remove(free[0])
            return free[0]
        return None

    async def next_due(self, *, jobs: bool, held: frozenset[str]) -> datetime | None:
        self.looked.set()
        return self.due

    async def sent(self, row: QueueRow, message: MessageRef | None, now: datetime) -> None:
        self._judge("sent", row, message)

    async def dropped(self, row: QueueRow, now: datetime) -> None:
        self._judge("dropped", row, None)

    async def later(self, row: QueueRow, error: str, due: datetime) -> None:
        self._judge("later", row, due)

    async def dead(self, row: QueueRow, error: str, now: datetime) -> None:
        self._judge("dead", row, error)

    def _judge(self, verdict: str, row: QueueRow, detail: object) -> None:
        self.verdicts.append((verdict, row.id, detail))
        self.judged.set()

    async def counts(self) -> dict[str, int]:
        return {}

    async def backlog(self) -> list[Backlog]:
        if self.broken:
            raise self.broken
        return []

    async def prune(self, now: datetime) -> None:
        self.pruned += 1


class FakeStore:
    """The only reads that delivering needs by itself."""

    def __init__(self, muted: frozenset[AccountRef]) -> None:
        self._muted = muted

    async def is_muted(self, ref: AccountRef) -> bool:
        return ref in self._muted


@dataclass
class FakeDatabase:
    """A queue, and reads of what little there is."""

    queue: FakeQueue = field(default_factory=FakeQueue)
    muted: frozenset[AccountRef] = frozenset()
    bound: dict[str, str] = field(default_factory=dict)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Store]:
        yield cast(Store, FakeStore(self.muted))

    def transaction(self) -> object:
        raise AssertionError("delivering never opens a transaction of its own")

    async def bind(self, connection: str, workspace: str) -> None:
        if self.bound.setdefault(connection, workspace) != workspace:
            raise StorageError(f"{connection} belongs to {self.bound[connection]}")


@dataclass
class FakeAdapter:
    """Fails as often as `errors` says, then delivers."""

    errors: list[Exception] = field(default_factory=list)
    sent: list[tuple[Sending, str]] = field(default_factory=list)
    messages: dict[MessageRef, ReadMessage] = field(default_factory=dict)
    pace: Pace = field(default_factory=lambda: Pace(1.0, 2, 3))

    async def workspace(self) -> str:
        return "W1"

    async def run(self, sink: Sink) -> None:
        await asyncio.Event().wait()

    async def send(
        self, sending: Sending, nonce: str, since: datetime | None = None
    ) -> MessageRef | None:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((sending, nonce))
        return MessageRef("community", "ideas", f"p{len(self.sent)}")

    async def read_message(self, ref: MessageRef) -> ReadMessage | None:
        if self.errors:
            raise self.errors.pop(0)
        return self.messages.get(ref)

    async def read_thread(self, thread: ThreadRef) -> tuple[ReadMessage, ...] | None:
        if self.errors:
            raise self.errors.pop(0)
        return tuple(m for m in self.messages.values() if m.thread == thread) or None

    async def can_see(self, account: AccountRef, place: ChannelRef | ThreadRef) -> bool:
        return True
