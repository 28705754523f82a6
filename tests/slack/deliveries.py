"""Socket Mode, the promises: what is acknowledged, what is told again and what is lost.

Events are kept while no socket is open and told again up to three times when nobody acknowledges
them, always with the same `event_id`; interactions are told once (docs.slack.dev/apis/events-api;
github.com/slackapi/bolt-python/issues/1071).
"""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.changes import Changes
from tests.clock import Clock
from tests.slack.elements import Json
from tests.slack.rules import RETRIES, Rules
from tests.slack.sockets import Sockets

Kind = Literal["events_api", "interactive", "slash_commands"]
Problem = Callable[[str], None]


@dataclass
class Delivery:
    """Something told to the app, and how that went. `waiting`: for its turn, or its next attempt;
    `kept`: until a socket is open."""

    kind: Kind
    payload: Json
    state: Literal["waiting", "kept", "told", "acknowledged", "lost"] = "waiting"
    attempts: int = 0
    answer: Json | None = None
    repeat: bool = False

    @property
    def over(self) -> bool:
        """Acknowledged, or given up."""
        return self.state in ("acknowledged", "lost")

    @property
    def name(self) -> str:
        """What it is: `message`, `block_actions`, `/suggest`."""
        inner = self.payload.get("event", self.payload)
        return str(inner.get("type") or inner.get("command"))


class Deliveries:
    """Everything told to one app; `all` is in order and stays."""

    def __init__(
        self, sockets: Sockets, rules: Rules, clock: Clock, changes: Changes, problem: Problem
    ) -> None:
        self._sockets, self._rules = sockets, rules
        self._clock, self._changes, self._problem = clock, changes, problem
        self._asked: dict[str, tuple[Delivery, asyncio.Future[Json]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._second_times: list[Delivery] = []
        self._held: list[Json] | None = None
        self.all: list[Delivery] = []

    @property
    def pending(self) -> list[Delivery]:
        """What is neither acknowledged nor given up."""
        return [one for one in self.all if not one.over]

    def heard(self, frame: Json) -> None:
        """An acknowledgement from the app, on whichever socket."""
        asked = self._asked.pop(str(frame.get("envelope_id")), None)
        if asked is None:
            return  # too late: the person has seen an error, the event is on its way again
        delivery, future = asked
        payload = frame.get("payload") or {}
        if payload and delivery.kind == "events_api":
            self._problem(f"a payload in the acknowledgement of {delivery.name}")
        if not future.done():
            future.set_result(payload)

    async def ask(self, kind: Kind, payload: Json) -> Json | None:
        """The app's answer to an interaction, in its acknowledgement; None when it was lost."""
        delivery = self._new(kind, payload)
        acknowledged = await self._tell(delivery)
        delivery.state = "acknowledged" if acknowledged else "lost"
        self._changes.happened()
        return delivery.answer

    def announce(self, payloads: Sequence[Json]) -> list[Delivery]:
        """Events that happened together; they are on their way."""
        if self._held is not None:
            self._held += payloads
            return []
        late, self._second_times = self._second_times, []
        first = [self._new("events_api", payload) for payload in payloads]
        again = [self._again(one.payload) for one in first] if self._rules.deliver_twice else []
        if self._rules.out_of_order:
            first.reverse()
            self._second_times = again
            again = late
        self._start([*first, *again])
        return first

    def hold(self) -> None:
        """Tell no events from now on."""
        self._held = []

    def release(self) -> list[Delivery]:
        """Tell what was held, the last first."""
        held, self._held = self._held or [], None
        return self.announce(held[::-1])

    def flush(self) -> None:
        """Tell the second times that still wait for a next event."""
        late, self._second_times = self._second_times, []
        self._start(late)

    def _new(self, kind: Kind, payload: Json) -> Delivery:
        delivery = Delivery(kind, payload)
        self.all.append(delivery)
        self._changes.happened()
        return delivery

    def _again(self, payload: Json) -> Delivery:
        delivery = self._new("events_api", payload)
        delivery.repeat = True
        return delivery

    def _start(self, deliveries: Sequence[Delivery]) -> None:
        """One after the other: two copies of an event never overlap, as with Slack's retries."""
        for delivery in deliveries:
            before = [
                one
                for one in self.all
                if one is not delivery and one.payload is delivery.payload and not one.over
            ]
            task = asyncio.create_task(self._deliver(delivery, before if delivery.repeat else []))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, delivery: Delivery, after: Sequence[Delivery]) -> None:
        await self._changes.until(lambda: all(one.over for one in after), None)
        for attempt in range(1 + len(RETRIES)):
            if attempt:
                again = self._clock.now() + self._rules.retry_seconds[attempt - 1]
                delivery.state = "waiting"
                self._changes.happened()
                await self._clock.reach(again)
            if await self._tell(delivery):
                delivery.state = "acknowledged"
                break
        else:
            delivery.state = "lost"
        self._changes.happened()

    async def _tell(self, delivery: Delivery) -> bool:
        """One attempt; whether it was acknowledged in time."""
        while (socket := self._sockets.next()) is None:
            if delivery.kind != "events_api":
                return False
            delivery.state = "kept"
            self._changes.happened()
            await self._changes.until(lambda: self._sockets.open, None)
        envelope = f"{secrets.token_hex(4)}-{len(self.all)}"
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._asked[envelope] = (delivery, future)
        late = self._clock.now() + self._rules.ack_seconds
        delivery.attempts += 1
        delivery.state = "told"
        self._changes.happened()
        await socket.send(self._frame(envelope, delivery))
        return await self._answered(delivery, envelope, future, late)

    def _frame(self, envelope: str, delivery: Delivery) -> Json:
        retry = delivery.attempts - 1 + delivery.repeat
        return {
            "envelope_id": envelope,
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind != "events_api",
        } | (
            {"retry_attempt": retry, "retry_reason": RETRIES[min(retry, len(RETRIES)) - 1]}
            if retry
            else {}
        )

    async def _answered(
        self, delivery: Delivery, envelope: str, future: asyncio.Future[Json], late: float
    ) -> bool:
        end = asyncio.create_task(self._clock.reach(late))
        end.add_done_callback(lambda _: future.cancel())
        await asyncio.wait([future])
        end.cancel()
        self._asked.pop(envelope, None)
        if future.cancelled():
            return False
        delivery.answer = future.result()
        return True

    async def aclose(self) -> None:
        """Stop telling."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
