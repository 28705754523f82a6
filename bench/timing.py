"""Measuring two things in turn, so that a noisy machine disturbs both alike."""

from collections.abc import Awaitable, Callable
from time import perf_counter

WARM_UP = 3
"""Rounds that do not count."""


async def took(work: Awaitable[object]) -> float:
    """Seconds until it is done."""
    start = perf_counter()
    await work
    return perf_counter() - start


async def in_turn(
    rounds: int, ours: Callable[[], Awaitable[object]], base: Callable[[], Awaitable[object]]
) -> tuple[list[float], list[float]]:
    """The times of both, one after the other, in each round."""
    pairs = [(await took(ours()), await took(base())) for _ in range(rounds + WARM_UP)]
    one, other = zip(*pairs[WARM_UP:], strict=True)
    return list(one), list(other)
