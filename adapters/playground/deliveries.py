"""Telling the bot what people wrote and how they reacted: at least once, so twice to all.

Events are rows before the bot hears of them. Each is delivered again after a later one, or at the
next start: what Slack and Discord do on a bad day happens here every day.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace

import structlog

from adapters.playground import parse
from adapters.playground.community import Community
from adapters.playground.rows import BOT, Undelivered
from adapters.playground.rules import Monotonic
from bot.events import MessagePosted, ReactionChanged
from bot.ports import Sink

log = structlog.get_logger()
LONGEST_WAIT = 60.0


@dataclass(slots=True)
class Deliveries:
    """The loop that delivers; an event the bot failed on comes again, after the others.

    `first_wait` is in seconds and doubles with each failure.
    """

    community: Community
    monotonic: Monotonic
    first_wait: float = 0.5
    _latest: int = 0
    _failures: dict[int, int] = field(default_factory=dict)
    _not_before: dict[int, float] = field(default_factory=dict)

    async def run(self, sink: Sink) -> None:
        """Deliver until cancelled."""
        chat = self.community.chat
        left_over = [event.id for event in await chat.undelivered() if event.repeat]
        self._latest = max(left_over, default=0) + 1
        while True:
            changed = chat.changed
            event = await chat.next_undelivered(self._latest, self._put_off_now())
            if event is None:
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), self._patience())
            else:
                await self._deliver(event, sink)

    def _put_off_now(self) -> list[int]:
        now = self.monotonic()
        return [event for event, due in self._not_before.items() if due > now]

    def _patience(self) -> float | None:
        if not self._not_before:
            return None
        return max(0.0, min(self._not_before.values()) - self.monotonic())

    async def _deliver(self, event: Undelivered, sink: Sink) -> None:
        try:
            parsed = await self._parsed(event)
            if parsed:
                await sink(parsed)
        except Exception as error:
            self._put_off(event, error)
            return
        self._failures.pop(event.id, None)
        self._not_before.pop(event.id, None)
        self._latest = max(self._latest, event.id)
        await self.community.chat.delivered(event)

    def _put_off(self, event: Undelivered, error: Exception) -> None:
        failures = self._failures[event.id] = self._failures.get(event.id, 0) + 1
        wait = min(self.first_wait * 2 ** min(failures - 1, 10), LONGEST_WAIT)
        self._not_before[event.id] = self.monotonic() + wait
        log.error("event_not_taken", key=event.key, failures=failures, error=type(error).__name__)

    async def _parsed(self, event: Undelivered) -> MessagePosted | ReactionChanged | None:
        """The event as the bot knows it; None when its message or its person is gone."""
        chat = self.community.chat
        message = await chat.message(event.message)
        if message is None:
            return None
        channel = await chat.channel(message.channel)
        person = await chat.person(event.reaction.person if event.reaction else message.author)
        if channel is None or person is None:
            return None
        deed = replace(self.community.deed(person, channel), key=event.key, at=message.at)
        if event.reaction:
            return parse.reaction(replace(deed, at=event.reaction.at), event.reaction, message)
        root = await chat.message(message.root) if message.root else None
        return parse.posted(deed, message, under_bot=root is not None and root.author == BOT)
