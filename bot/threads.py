"""Long threads: counted in memory while people talk, and offered to the moderators once quiet.

A count is a hint, so it is flushed now and then instead of a write for each message; the exact
number is read when it matters.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.board.submit import is_listened
from bot.config import Config
from bot.events import MessagePosted
from bot.ports import Clock, Database
from bot.refs import ChannelRef, MessageRef, ThreadRef
from bot.results import Post, Subject
from bot.summaries import Heard

LOOK_SECONDS = 30.0
"""How often what was counted is stored."""
REMEMBERED = 10_000
"""The latest messages, each of which counts once however often it is delivered."""
NO_NEWS = timedelta(days=3)
"""A thread that has been quiet for longer is not offered any more: a weekend may be in between."""


class Threads:
    """Counts replies in listened channels. Nothing is known of private ones or of those kept out of
    summaries."""

    def __init__(
        self, config: Config, database: Database, clock: Clock, queued: Callable[[], None]
    ) -> None:
        """`queued` is called after a commit that put something in the queue."""
        self._config = config
        self._database = database
        self._clock = clock
        self._queued = queued
        self._heard: dict[ThreadRef, Heard] = {}
        self._seen: dict[MessageRef, None] = {}

    async def run(self, stopping: asyncio.Event) -> None:
        """Keep what was counted and offer what has gone quiet, until `stopping`."""
        while not stopping.is_set():
            await self.flush()
            await self.offer()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), LOOK_SECONDS)
        await self.flush()

    def hear(self, event: MessagePosted) -> None:
        """Count a plain reply, once."""
        if event.thread is None or event.to_bot or event.private:
            return
        if event.message in self._seen or not self._counts(event.channel):
            return
        self._seen[event.message] = None
        if len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]
        self._add(Heard(event.thread, 1, event.at, event.permalink))

    def _counts(self, channel: ChannelRef) -> bool:
        connection = self._config.connections[channel.connection]
        return is_listened(self._config, channel) and connection.summarizes(channel.channel)

    def _add(self, new: Heard) -> None:
        old = self._heard.get(new.thread)
        if old is not None:
            last = max(old.last_at, new.last_at)
            new = replace(old, replies=old.replies + new.replies, last_at=last)
        self._heard[new.thread] = new

    async def flush(self) -> None:
        """Store what was counted; kept for the next time when that fails."""
        heard, self._heard = self._heard, {}
        if not heard:
            return
        try:
            async with self._database.transaction() as store:
                await store.hear(tuple(heard.values()))
        except BaseException:
            for one in heard.values():
                self._add(one)
            raise

    async def offer(self) -> None:
        """Offer each long thread that has gone quiet to its connection's moderators, once."""
        connections = self._config.connections
        asked = tuple(name for name, one in connections.items() if one.moderators_channel)
        if not asked:
            return
        now, limits = self._clock.now(), self._config.threads
        latest = now - timedelta(minutes=limits.quiet_minutes)
        async with self._database.transaction() as store:
            threads = await store.offer_threads(
                asked, limits.min_messages, (latest - NO_NEWS, latest), now
            )
            posts = tuple(
                Post(channel, Subject("thread_offer", thread.id))
                for thread in threads
                if (channel := self._moderators_of(thread.ref))
            )
            await store.enqueue(posts, now)
        if posts:
            self._queued()

    def _moderators_of(self, thread: ThreadRef) -> ChannelRef | None:
        """Where to offer it; nowhere when its channel is no longer one that counts."""
        connection = self._config.connections[thread.connection]
        counts = self._counts(ChannelRef(thread.connection, thread.channel))
        if not counts or connection.moderators_channel is None:
            return None
        return ChannelRef(thread.connection, connection.moderators_channel)
