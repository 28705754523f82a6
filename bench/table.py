"""Rows: what was measured, beside what it is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `verdict` compares the result with the goal and with the limit."""

    work: str
    ours: str
    baseline: str
    result: str
    goal: str
    limit: str
    verdict: str
    note: str


def ratio(
    work: str, ours: Sequence[float], base: Sequence[float], goal: float, limit: float, note: str
) -> Row:
    """Times of both sides in seconds; their medians are compared."""
    one, other = median(ours), median(base)
    return Row(
        work,
        seconds(one),
        seconds(other),
        f"{one / other:.2f} ×",
        f"{goal:g} ×",
        f"{limit:g} ×",
        verdict(one / other, goal, limit),
        note,
    )


def beside(work: str, ours: Sequence[float], base: Sequence[float], note: str) -> Row:
    """The same where nothing is aimed at."""
    one, other = median(ours), median(base)
    return Row(
        work, seconds(one), seconds(other), f"{one / other:.2f} ×", "–", "–", "no goal", note
    )


def verdict(result: float, goal: float, limit: float) -> str:
    """In a word."""
    return "reached" if result <= goal else "between" if result <= limit else "ABOVE"


def seconds(value: float) -> str:
    """A time with three digits that matter."""
    for factor, unit in ((1, "s"), (1e3, "ms")):
        if value * factor >= 1:
            return f"{value * factor:.3g} {unit}"
    return f"{value * 1e6:.3g} µs"


_HEADS = ("work", "ours", "baseline", "result", "goal", "never above", "")


def heading() -> str:
    """The names of the columns."""
    return _line(*_HEADS)


def line(row: Row) -> str:
    """A row, and below it what the baseline is."""
    shown = _line(row.work, row.ours, row.baseline, row.result, row.goal, row.limit, row.verdict)
    return f"{shown}\n  {row.note}"


def _line(work: str, ours: str, baseline: str, result: str, goal: str, limit: str, end: str) -> str:
    numbers = f"{ours:>9} {baseline:>9} {result:>9} {goal:>9} {limit:>12}"
    return f"{work:44} {numbers}  {end}".rstrip()
