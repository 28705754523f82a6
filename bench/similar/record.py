"""Ideas with known duplicates: one a line, as JSON, in the order they came."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.ideas import TEXT_LIMIT, TITLE_LIMIT, Wording
from bot.reading.clean import clean, one_line, shorten

Id = int | str


@dataclass(frozen=True, slots=True)
class Record:
    """An idea; those with the same `cluster` are duplicates of one another."""

    id: Id
    cluster: Id
    wording: Wording

    @classmethod
    def parse(cls, line: str) -> "Record":
        """A line of the file: `id`, `cluster`, `title` and `body`."""
        row: dict[str, Any] = json.loads(line)
        title = shorten(one_line(row["title"]), TITLE_LIMIT)
        return cls(
            row["id"], row["cluster"], Wording(title, shorten(clean(row["body"]), TEXT_LIMIT))
        )


@dataclass(frozen=True, slots=True)
class Ranked:
    """All others for an idea, best first, how alike the best is, what would be offered, and what
    is right."""

    record: Record
    ids: tuple[Id, ...]
    score: float
    offered: tuple[Id, ...]
    right: frozenset[Id]

    @property
    def place(self) -> int | None:
        """Where the first right one stands, from 1 on."""
        return next((n for n, one in enumerate(self.ids, 1) if one in self.right), None)

    def row(self) -> str:
        """A line of the answer."""
        answer = {"id": self.record.id, "ranked": list(self.ids), "offered": list(self.offered)}
        return json.dumps(answer, ensure_ascii=False)


def read(file: Path) -> list[Record]:
    """The ideas of a file."""
    lines = file.read_text(encoding="utf-8").split("\n")  # not at U+2028
    return [Record.parse(line) for line in lines if line.strip()]
