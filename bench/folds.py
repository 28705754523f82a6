"""`python -m bench.folds FILE.jsonl`: whether the constants of the summaries are a lucky choice.

Each is moved a step either way; the best of all variants on four fifths of the threads is scored on
the fifth that is left, five times.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import sqrt
from pathlib import Path
from statistics import mean, stdev
from types import ModuleType

from rouge_score.rouge_scorer import RougeScorer  # type: ignore[import-untyped]
from tqdm import tqdm  # type: ignore[import-untyped]

from bench.summaries import Record, ours, plain_sentences, written
from bot.reading.summarize import choose, thread

MEASURES = ("rouge1", "rouge2", "rougeLsum")
FOLDS = 5
STEPS: tuple[tuple[ModuleType, str, tuple[float, float]], ...] = (
    (choose, "_TELLING", (0.3, 0.5)),
    (choose, "_LENGTH", (0.4, 0.6)),
    (choose, "_AGAIN_SPEAKER", (0.5, 0.75)),
    (choose, "_AGAIN_MESSAGE", (0.1, 0.4)),
    (choose, "_AGAIN_STRETCH", (0.5, 0.8)),
    (thread, "_LATER_SENTENCE", (0.3, 0.8)),
    (thread, "_LATER_MESSAGE", (0.05, 0.15)),
    (thread, "_FLUENT", (4, 8)),
    (thread, "_ON_TOPIC", (1.0, 2.0)),
    (thread, "_LEANING", (0.7, 0.9)),
)
Scores = list[tuple[float, ...]]


@contextmanager
def moved(module: ModuleType, name: str, value: float) -> Iterator[None]:
    """A constant as another value, for a while."""
    before = getattr(module, name)
    setattr(module, name, value)
    yield
    setattr(module, name, before)


class Judge:
    """Scores each thread's summary against a person's."""

    def __init__(self, records: Sequence[Record], words: int) -> None:
        self._records = records
        self._words = words
        self._scorer = RougeScorer(MEASURES, use_stemmer=True)

    def scores(self) -> Scores:
        """The measures times 100, thread by thread."""
        return [self._score(record) for record in self._records]

    def _score(self, record: Record) -> tuple[float, ...]:
        right = "\n".join(plain_sentences(record.summary))
        found = self._scorer.score(right, written(ours(record, self._words)))
        return tuple(100 * found[measure].fmeasure for measure in MEASURES)


def variants(judge: Judge) -> dict[str, Scores]:
    """All scores, as it is and with each constant moved."""
    found = {"as it is": judge.scores()}
    steps = [(module, name, value) for module, name, values in STEPS for value in values]
    for module, name, value in tqdm(steps, unit="variant", leave=False):
        with moved(module, name, value):
            found[f"{name.strip('_').lower()} {value}"] = judge.scores()
    return found


def means(scores: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """By measure."""
    return tuple(mean(score[at] for score in scores) for at in range(len(MEASURES)))


def cross_validated(found: dict[str, Scores]) -> tuple[float, ...]:
    """What the choice on four fifths is worth on the fifth."""
    order = list(range(len(found["as it is"])))
    random.Random(7).shuffle(order)
    left: Scores = []
    for fold in (order[at::FOLDS] for at in range(FOLDS)):
        rest = sorted(set(order) - set(fold))
        best = max(found, key=lambda name: sum(means([found[name][at] for at in rest])))
        left += [found[best][at] for at in fold]
    return means(left)


def _line(name: str, values: Sequence[float]) -> str:
    return f"{name:24}" + "".join(f"{value:>11.2f}" for value in values)


def main(arguments: Sequence[str] | None = None) -> int:
    """Always 0: a table informs, only tests judge."""
    parser = argparse.ArgumentParser(prog="python -m bench.folds", description=__doc__)
    parser.add_argument("file", type=Path, help="threads with summaries, one JSON object a line")
    parser.add_argument("--words", type=int, default=70, help="words to quote (default: 70)")
    options = parser.parse_args(arguments)
    lines = options.file.read_text(encoding="utf-8").split("\n")
    found = variants(Judge([Record.parse(line) for line in lines if line.strip()], options.words))
    print(f"{'':24}" + "".join(f"{measure:>11}" for measure in MEASURES))
    for name, scores in found.items():
        print(_line(name, means(scores)))
    now = found["as it is"]
    wide = [1.96 * stdev(s[at] for s in now) / sqrt(len(now)) for at in range(len(MEASURES))]
    print(_line("95 % interval, ±", wide))
    print(_line("cross-validated", cross_validated(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
