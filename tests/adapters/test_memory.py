"""What a platform told a while ago."""

import asyncio

from adapters import memory
from adapters.memory import Memory


class Asked:
    """Whom to ask: the answer comes when it is `ready`."""

    def __init__(self) -> None:
        self.times = 0
        self.begun, self.ready = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> int:
        self.times += 1
        mine = self.times
        self.begun.set()
        await self.ready.wait()
        return mine


async def test_only_so_many_things_are_remembered_and_only_for_a_while() -> None:
    now = 0.0
    kept = Memory[int](10, lambda: now)
    for number in range(memory.MOST + 1):
        kept.keep(str(number), number)
    assert "0" not in kept
    assert "1" in kept
    now = 10.0
    assert "1" not in kept


async def test_however_many_want_to_know_it_is_asked_once() -> None:
    kept, asked = Memory[int](10, lambda: 0), Asked()
    waiting = asyncio.gather(*(kept.of("ana", asked) for _ in range(3)))
    asked.ready.set()
    assert await waiting == [1, 1, 1]
    assert await kept.of("ana", asked) == 1


async def test_what_comes_too_late_for_one_is_there_for_the_next() -> None:
    kept, asked = Memory[int](10, lambda: 0), Asked()
    hasty = asyncio.create_task(kept.of("ana", asked))
    await asked.begun.wait()
    hasty.cancel()
    asked.ready.set()
    assert await kept.of("ana", asked) == 1
    assert asked.times == 1


async def test_what_changes_while_it_is_read_is_read_again() -> None:
    kept, asked = Memory[int](10, lambda: 0), Asked()
    early = asyncio.create_task(kept.of("ana", asked))
    await asked.begun.wait()
    kept.drop("ana")
    asked.ready.set()
    assert await early == 1
    assert await kept.of("ana", asked) == 2
