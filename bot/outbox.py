"""Delivers what is queued: renders from the present state, sends, remembers."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog
from structlog.contextvars import bound_contextvars

from bot.errors import (
    DeliveryError,
    Forgotten,
    NotConnected,
    PermanentDeliveryError,
    reason,
)
from bot.messages import Message
from bot.meter import NO_METER, Meter, Verdict
from bot.ports import (
    Adapter,
    Clock,
    Database,
    QueueRow,
    SendDirect,
    SendEdit,
    SendFollowup,
    Sending,
    SendPost,
    SendReaction,
)
from bot.postings import SHOWN, Posting
from bot.refs import AccountRef, MessageRef
from bot.results import Direct, Followup, Job, Post, React, Subject
from bot.store import Store
from bot.workers import Held

Compose = Callable[[Store, Subject, AccountRef | None], Awaitable[Message | None]]

SEND_SECONDS = 20.0
"""A send that takes longer counts as failed and is looked up by its nonce next time."""
LAST_ATTEMPT = 8
GIVE_UP_AFTER = timedelta(minutes=10)
_FIRST_BACK_OFF = 2.0
_LONGEST_BACK_OFF = 128.0
_MINUTE = timedelta(minutes=1)
_ASKED_FOR = frozenset(
    "data help linked look_alikes suggest_blocked suggest_daily_limit suggest_elsewhere "
    "suggest_more summary thread_gone thread_kept_out thread_short thread_unread".split()
)
"""Subjects that reach a muted member too: they asked for it a moment ago, on this account or on
another of theirs."""

_BY_LANE = frozenset({"post", "followup"})
"""What the platforms count by channel and by interaction, not by method."""
_METHODS = ("post", "edit", "direct", "followup", "react", "job")

log = structlog.get_logger()


def budgets_of(connection: str) -> frozenset[str]:
    """The budgets of all that is queued for a connection."""
    return frozenset(f"{connection}:{method}" for method in _METHODS)


class Budget:
    """What the platforms allow: a pause between posts in a channel, calls a minute by method, and
    the rest that they ask for."""

    def __init__(self, adapters: Mapping[str, Adapter]) -> None:
        self._free_at: dict[str, datetime] = {}
        self._used: defaultdict[str, deque[datetime]] = defaultdict(deque)
        self._post_pause = {n: timedelta(seconds=a.pace.post_seconds) for n, a in adapters.items()}
        self._limits = {
            f"{name}:{method}": limit
            for name, adapter in adapters.items()
            for method, limit in (
                ("edit", adapter.pace.edits_per_minute),
                ("direct", adapter.pace.directs_per_minute),
            )
        }

    def held(self, now: datetime) -> Held:
        """Lanes and budgets that must wait."""
        self._free_at = {name: free for name, free in self._free_at.items() if free > now}
        spent = {b: self._used[b][0] + _MINUTE for b in self._limits if self._is_spent(b, now)}
        waiting = self._free_at | spent
        return Held(frozenset(waiting), min(waiting.values(), default=None))

    def spend(self, row: QueueRow, now: datetime) -> None:
        """A row of this lane and budget is being sent."""
        connection, _, method = row.budget.partition(":")
        if row.budget in self._limits:
            self._used[row.budget].append(now)
        if method == "post":
            self._rest(row.lane, now + self._post_pause.get(connection, timedelta()))

    def refused(self, row: QueueRow, until: datetime) -> None:
        """The platform wants a rest, of the channel from posts, else of all calls by a method."""
        method = row.budget.partition(":")[2]
        self._rest(row.lane if method in _BY_LANE else row.budget, until)

    def _rest(self, name: str, until: datetime) -> None:
        self._free_at[name] = max(until, self._free_at.get(name, until))

    def _is_spent(self, budget: str, now: datetime) -> bool:
        used = self._used[budget]
        while used and used[0] <= now - _MINUTE:
            used.popleft()
        return len(used) >= self._limits[budget]


class Outbox:
    """Handles claimed delivery rows; every verdict is written down."""

    def __init__(
        self,
        adapters: Mapping[str, Adapter],
        database: Database,
        compose: Compose,
        clock: Clock,
        meter: Meter = NO_METER,
    ) -> None:
        """`compose` makes a message from a subject."""
        self._adapters = adapters
        self._database = database
        self._compose = compose
        self._clock = clock
        self._meter = meter
        self._since = dict.fromkeys(adapters, clock.now())
        self.budget = Budget(adapters)

    def held(self) -> Held:
        """Lanes and budgets that must wait now."""
        return self.budget.held(self._clock.now())

    def connected(self, connection: str) -> None:
        """It is there (again): the time it was not is no time we tried."""
        self._since[connection] = self._clock.now()

    async def deliver(self, row: QueueRow) -> None:
        """Send one row and write its verdict; only the queue's own trouble is raised."""
        self.budget.spend(row, self._clock.now())
        with bound_contextvars(row=row.id):
            verdict = await self._deliver(row)
        connection, _, kind = row.budget.partition(":")
        self._meter.delivery(connection, kind, verdict)

    async def _deliver(self, row: QueueRow) -> Verdict:
        queue = self._database.queue
        try:
            connection, sending = await self._prepare(row)
            if sending is None:
                await queue.dropped(row, self._clock.now())
                return "dropped"
            async with asyncio.timeout(SEND_SECONDS):
                since = row.first_try if row.attempts > 1 else None
                sent = await self._adapter(connection).send(sending, row.nonce, since)
        except (PermanentDeliveryError, Forgotten) as error:
            log.warning("delivery_refused", error=str(error))
            await queue.dead(row, str(error), self._clock.now())
            return "dead"
        except (NotConnected, DeliveryError, TimeoutError, OSError) as error:
            return await self._again(row, error)
        except Exception as error:
            log.exception("delivery_failed")
            return await self._again(row, error)
        await queue.sent(row, sent, self._clock.now())
        return "sent"

    def _adapter(self, connection: str) -> Adapter:
        """A connection's adapter; rows of one that was taken out of the configuration are lost."""
        if connection not in self._adapters:
            raise PermanentDeliveryError(f"there is no connection {connection!r} any more")
        return self._adapters[connection]

    async def _again(self, row: QueueRow, error: Exception) -> Verdict:
        now = self._clock.now()
        text = reason(error)
        if not isinstance(error, NotConnected) and self._is_enough(row, now):
            log.error("delivery_given_up", attempts=row.attempts, error=text)
            await self._database.queue.dead(row, text, now)
            return "dead"
        asked = error.retry_after if isinstance(error, DeliveryError) else None
        back_off = min(_FIRST_BACK_OFF * 2 ** (row.attempts - 1), _LONGEST_BACK_OFF)
        due = now + timedelta(seconds=back_off if asked is None else asked)
        if asked is not None:
            self.budget.refused(row, due)
        await self._database.queue.later(row, text, due)
        return "retried"

    def _is_enough(self, row: QueueRow, now: datetime) -> bool:
        connection = row.budget.partition(":")[0]
        began = max(row.first_try, self._since.get(connection, row.first_try))
        return row.attempts >= LAST_ATTEMPT or now - began >= GIVE_UP_AFTER

    async def _prepare(self, row: QueueRow) -> tuple[str, Sending | None]:
        """The connection and what to send there; None when there is nothing left to say."""
        async with self._database.reading() as store:
            match row.work:
                case Post() as post:
                    message = await self._compose(store, post.subject, post.mention)
                    thread = await _above(store, post)
                    sending = SendPost(post.channel, message, thread) if message else None
                    return post.channel.connection, sending
                case Posting() as posting:
                    subject = Subject(SHOWN[posting.kind], posting.id)
                    message = await self._compose(store, subject, None)
                    edit = SendEdit(posting.message, message) if message else None
                    return posting.channel.connection, edit
                case Direct() as direct:
                    asked = direct.subject.kind in _ASKED_FOR
                    if not asked and await store.is_muted(direct.account):
                        return direct.connection, None
                    message = await self._compose(store, direct.subject, None)
                    sent = SendDirect(direct.account, message) if message else None
                    return direct.connection, sent
                case Followup(handle, account, connection, subject):
                    message = await self._compose(store, subject, None)
                    followup = SendFollowup(handle, account, message) if message else None
                    return connection, followup
                case React() as react:
                    return react.channel.connection, SendReaction(react.message, react.emoji)
                case Job():
                    raise PermanentDeliveryError("a job is not a delivery")


async def _above(store: Store, post: Post) -> MessageRef | None:
    """What a post hangs under; a post that was not sent has nothing below it."""
    if post.thread:
        return post.thread.opening
    return await store.posted(post.channel, post.under) if post.under else None
