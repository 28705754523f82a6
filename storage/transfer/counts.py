"""What came of an import."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from bot.errors import StorageError
from bot.transfer.problems import Problem

T = TypeVar("T")


@dataclass(slots=True)
class Counts:
    """Rows read so far; `untold` are the lines of decisions that nobody had heard of yet."""

    new: int = 0
    same: int = 0
    problems: int = 0
    untold: list[int] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """All of them."""
        return self.new + self.same + self.problems


@contextmanager
def resumable(counts: Counts) -> Iterator[None]:
    """StorageError when the database gives up; what was committed by then stays."""
    try:
        yield
    except DBAPIError as error:
        raise StorageError(
            f"The import stopped after {counts.rows:,} rows: {error.orig}. "
            "Once that is mended, run it again: it goes on where it stopped."
        ) from error


Hear = Callable[[Counts, list[Problem]], None]
"""Called after each commit with what is wrong in it."""


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items, so many at a time."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
