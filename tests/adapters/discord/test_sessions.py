"""Of no gap is the beginning forgotten before it was looked up, in whatever order things happen."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from adapters.discord.sessions import UNNOTICED, Sessions

Handler = Callable[[], Awaitable[None]]
BEGIN = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


class Gateway:
    """What discord.py tells of its connection, at the time that a test says."""

    def __init__(self) -> None:
        self.time = BEGIN
        self._handlers: dict[str, Handler] = {}

    def now(self) -> datetime:
        return self.time

    def hear(self, name: str, handler: Callable[..., Awaitable[None]]) -> None:
        self._handlers[name] = handler

    async def tell(self, *names: str) -> None:
        for name in names:
            self.time += timedelta(minutes=1)
            await self._handlers[name]()


def sessions_of(gateway: Gateway) -> Sessions:
    sessions = Sessions(gateway)
    sessions.attach(gateway)
    return sessions


async def test_a_start_has_no_gap_that_is_known_of() -> None:
    sessions = sessions_of(gateway := Gateway())
    await gateway.tell("connect", "ready")
    assert await sessions.next() is None


async def test_a_gap_begins_when_the_connection_may_have_been_dead() -> None:
    sessions = sessions_of(gateway := Gateway())
    await gateway.tell("connect", "ready")
    await sessions.next()
    await gateway.tell("disconnect")
    lost = gateway.time - UNNOTICED
    await gateway.tell("disconnect", "connect", "ready")
    assert await sessions.next() == lost


async def test_a_gap_that_begins_during_a_look_is_looked_up_after_it() -> None:
    sessions = sessions_of(gateway := Gateway())
    await gateway.tell("connect", "ready")
    await sessions.next()
    await gateway.tell("disconnect")
    lost = gateway.time - UNNOTICED
    looked = asyncio.create_task(sessions.next())
    await asyncio.sleep(0)
    assert not sessions.current.is_set()
    await gateway.tell("connect", "ready")
    assert await looked == lost


async def test_a_session_that_goes_on_fills_its_own_gap_and_no_other() -> None:
    sessions = sessions_of(gateway := Gateway())
    await gateway.tell("connect", "ready")
    await sessions.next()
    await gateway.tell("disconnect")
    lost = gateway.time - UNNOTICED
    await gateway.tell("connect", "ready", "disconnect", "resumed")
    assert not sessions.current.is_set()
    assert await sessions.next() == lost
    assert not sessions.current.is_set()


async def test_all_is_current_once_the_look_is_over() -> None:
    sessions = sessions_of(gateway := Gateway())
    await gateway.tell("connect", "ready")
    await sessions.next()
    waiting = asyncio.create_task(sessions.next())
    await asyncio.sleep(0)
    assert sessions.current.is_set()
    await gateway.tell("disconnect")
    assert not sessions.current.is_set()
    await gateway.tell("resumed")
    assert sessions.current.is_set()
    waiting.cancel()


async def test_a_client_that_ends_begins_a_gap() -> None:
    sessions = sessions_of(gateway := Gateway())
    await gateway.tell("connect", "ready")
    await sessions.next()
    waiting = asyncio.create_task(sessions.next())
    await asyncio.sleep(0)
    waiting.cancel()
    sessions.ended()
    lost = gateway.time - UNNOTICED
    await gateway.tell("connect", "ready")
    assert await sessions.next() == lost


async def test_a_gap_whose_look_was_cut_off_is_looked_up_by_the_next_client() -> None:
    sessions = sessions_of(gateway := Gateway())
    await gateway.tell("connect", "ready")
    await sessions.next()
    await gateway.tell("disconnect")
    lost = gateway.time - UNNOTICED
    await gateway.tell("connect", "ready")
    assert await sessions.next() == lost
    sessions.ended()
    await gateway.tell("connect", "ready")
    assert await sessions.next() == lost


async def test_a_first_look_that_was_cut_off_still_knows_of_no_beginning() -> None:
    sessions = sessions_of(gateway := Gateway())
    await gateway.tell("connect", "ready")
    assert await sessions.next() is None
    await gateway.tell("disconnect")
    sessions.ended()
    await gateway.tell("connect", "ready")
    assert await sessions.next() is None


async def test_a_server_that_comes_while_others_are_awaited_is_among_them() -> None:
    sessions = sessions_of(gateway := Gateway())
    await gateway.tell("connect")
    sessions.look_again()
    waiting = asyncio.create_task(sessions.next())
    await asyncio.sleep(0)
    assert not waiting.done()
    await gateway.tell("ready")
    await waiting
    sessions.look_again()
    assert await sessions.next() is None
