"""`python -m bench.similar.folds FILE.jsonl`: whether the constants are a lucky choice.

Each is moved a step either way, and the meanings are taken away; the best of all variants on four
fifths of the ideas is scored on the fifth that is left, five times.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from unittest.mock import patch

from tqdm import tqdm  # type: ignore[import-untyped]

from bench.similar.quality import among, by_cluster, reciprocal
from bench.similar.ranking import Ranking
from bench.similar.record import Ranked, Record, read
from bot.reading import rarity, similar
from bot.reading.meanings import MEANING
from storage import words
from storage.database import open_database

STEPS: tuple[tuple[ModuleType, str, tuple[float, float]], ...] = (
    (similar, "_TITLE_WEIGHT", (2, 4)),
    (similar, "_REST_WORDS", (100, 200)),
    (similar, "_READ_CLOSELY", (5, 20)),
    (similar, "_LETTERS_ALONE", (0.15, 0.5)),
    (rarity, "_COMMON_WEIGHT", (1.0, 2.5)),
    (rarity, "_MEANING_WEIGHT", (0.5, 1.0)),
    (rarity, "SELDOM", (0.00025, 0.001)),
    (words, "_MOST_TOLD", (2, 8)),
    (words, "_MEANING", (0.25, 0.75)),
    (words, "_MOST_SOUGHT", (24, 48)),
    (words, "_MOST_SHARE", (0.2, 0.45)),
)
Variants = dict[str, AbstractContextManager[object]]


def variants() -> Variants:
    """As it is, with each constant moved, and without the meanings."""
    found: Variants = {"as it is": nullcontext()}
    for module, name, values in STEPS:
        for value in values:
            moved = patch.object(module, name, value)
            found[f"{name.strip('_').lower().replace('_', ' ')} {value}"] = moved
    found["no meanings"] = patch.dict(MEANING, clear=True)
    return found


async def ranked(records: Sequence[Record]) -> dict[str, list[Ranked]]:
    """Those with a duplicate, by every variant, on SQLite."""
    with TemporaryDirectory(prefix="similar-") as folder:
        database = await open_database(f"sqlite+aiosqlite:///{folder}/soundingboard.sqlite")
        ranking = Ranking(database, records)
        await ranking.arrive()
        found = {}
        for name, moved in tqdm(variants().items(), unit="variant", leave=False):
            with moved:
                found[name] = await ranking.known_pairs()
        await database.close()
    return found


def cross_validated(found: dict[str, list[Ranked]]) -> list[Ranked]:
    """What the choice on four fifths, by their mean reciprocal rank, finds in the fifth."""
    parts = {name: by_cluster(all_of) for name, all_of in found.items()}
    left: list[Ranked] = []
    for number in range(len(parts["as it is"])):
        rest = {
            name: [one for other in split[:number] + split[number + 1 :] for one in other]
            for name, split in parts.items()
        }
        best = max(rest, key=lambda name: reciprocal(rest[name]))
        left += parts[best][number]
    return left


def main(arguments: Sequence[str] | None = None) -> int:
    """Always 0: a table informs, only tests judge."""
    parser = argparse.ArgumentParser(prog="python -m bench.similar.folds", description=__doc__)
    parser.add_argument("file", type=Path, help="ideas with known duplicates, a JSON object a line")
    found = asyncio.run(ranked(read(parser.parse_args(arguments).file)))
    print(f"{'':24}{'hit@5':>10}{'MRR':>10}")
    for name, all_of in (found | {"cross-validated": cross_validated(found)}).items():
        print(f"{name:24}{among(all_of, 5):>10.3f}{reciprocal(all_of):>10.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
