"""The record: one conversation a line, as JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bot.reading.clean import clean


class BadRecord(Exception):
    """A line that is no conversation."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the record."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation: its opening and the replies. `score` is the opening's; chat has none."""

    title: str
    opening: Said
    replies: tuple[Said, ...]
    score: int | None

    @property
    def authors(self) -> tuple[str, ...]:
        """Who took part, in order of appearance."""
        return tuple(dict.fromkeys(said.author for said in (self.opening, *self.replies)))


def read(file: Path, limit: int | None = None) -> list[Thread]:
    """The first threads of a file; messages without any words are left out."""
    with file.open(encoding="utf-8") as lines:
        return list(islice(_threads(lines), limit))


def _threads(lines: Iterator[str]) -> Iterator[Thread]:
    for number, line in enumerate(lines, 1):
        try:
            thread = _thread(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise BadRecord(f"line {number} is not a thread: {error!r}") from error
        if thread:
            yield thread


def _thread(row: dict[str, Any]) -> Thread | None:
    said = [Said(str(each["author"]), clean(each["text"])) for each in row["messages"]]
    spoken = [each for each in said if each.text]
    if not spoken:
        return None
    score = row["messages"][0].get("score")
    return Thread(str(row["title"]), spoken[0], tuple(spoken[1:]), score)
