"""`python -m bench.summaries FILE.jsonl`: thread summaries beside those that people wrote."""

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean, median
from time import perf_counter
from typing import Any

from rouge_score.rouge_scorer import RougeScorer  # type: ignore[import-untyped]
from tqdm import tqdm  # type: ignore[import-untyped]

from bench.table import seconds
from bot.events import ReadMessage
from bot.reading.summarize import summarize
from bot.refs import AccountRef, MessageRef, ThreadRef
from bot.summaries import Part, Quote

MEASURES = ("rouge1", "rouge2", "rougeL", "rougeLsum")
LEAD = 3
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_THREAD = ThreadRef("bench", "bench", "0")
_START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Record:
    """A thread with the summary a person wrote."""

    id: str
    messages: tuple[ReadMessage, ...]
    summary: str

    @classmethod
    def parse(cls, line: str) -> "Record":
        """A line of the file: `id`, `messages` with `author` and `text`, `summary`."""
        row: dict[str, Any] = json.loads(line)
        messages = (_message(at, **message) for at, message in enumerate(row["messages"]))
        return cls(row["id"], tuple(messages), row["summary"])


def _message(at: int, author: str, text: str, **_: object) -> ReadMessage:
    return ReadMessage(
        ref=MessageRef("bench", "bench", str(at)),
        thread=_THREAD,
        author=AccountRef("bench", author or "nobody"),
        author_name=author,
        text=text,
        permalink="",
        posted_at=_START + timedelta(minutes=at),
        private=False,
    )


def ours(record: Record, words: int) -> list[Quote]:
    """The product's quotes without the links, in the order they were said."""
    made = summarize(_THREAD, record.messages, words=words)
    quotes = [quote for quote in made.quotes if quote.part is not Part.LINK] if made else []
    return sorted(quotes, key=lambda quote: int(quote.message.message))


def written(quotes: Sequence[Quote]) -> str:
    """A line for each, its author's name before the first of a message."""
    lines = []
    for at, quote in enumerate(quotes):
        goes_on = at > 0 and quotes[at - 1].message == quote.message
        lines.append(("" if goes_on else f"{quote.author_name}: ") + " ".join(quote.text.split()))
    return "\n".join(lines)


def lead(record: Record, words: int) -> str:
    """The thread's first sentences."""
    return _cut(
        [s for message in record.messages for s in plain_sentences(message.text)][:LEAD], words
    )


def first_sentences(record: Record, words: int) -> str:
    """The first sentence of each message, with its speaker."""
    said = [(m.author_name, plain_sentences(m.text)) for m in record.messages]
    return _cut([f"{author}: {plain[0]}" for author, plain in said if plain], words)


def plain_sentences(text: str) -> list[str]:
    """Sentences as a baseline sees them."""
    return [" ".join(s.split()) for s in _SENTENCE_END.split(text) if s.strip()]


def _cut(lines: Sequence[str], words: int) -> str:
    """At most so many words of them."""
    kept = []
    for line in lines:
        kept.append(" ".join(line.split()[:words]))
        words -= len(line.split())
        if words <= 0:
            break
    return "\n".join(kept)


class Judge:
    """ROUGE F1 with stemmed words, each sentence on a line of its own, averaged over records."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._scorer = RougeScorer(MEASURES, use_stemmer=True)
        self._right = ["\n".join(plain_sentences(record.summary)) for record in records]

    def line(self, name: str, texts: Sequence[str]) -> str:
        """A row of the table: the measures times 100, and how many words on average."""
        scores = [self._scorer.score(*pair) for pair in zip(self._right, texts, strict=True)]
        means = (100 * mean(score[measure].fmeasure for score in scores) for measure in MEASURES)
        words = mean(len(text.split()) for text in texts)
        return _line(name, *(f"{value:.1f}" for value in means), f"{words:.0f}")


def _line(name: str, *cells: str) -> str:
    return f"{name:38}" + "".join(f"{cell:>11}" for cell in cells)


def misquoted(record: Record, quotes: Sequence[Quote]) -> list[Quote]:
    """Those whose words do not stand so in their message."""
    texts = {message.ref: message.text for message in record.messages}
    return [quote for quote in quotes if quote.text not in texts[quote.message]]


def row(record: Record, quotes: Sequence[Quote]) -> str:
    """A line of the answer."""
    cited = [{"message": int(q.message.message), "text": q.text} for q in quotes]
    answer = {"id": record.id, "summary": written(quotes), "quotes": cited}
    return json.dumps(answer, ensure_ascii=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every quote is verbatim, 1 when not, 2 when the file cannot be read."""
    options = _parser().parse_args(arguments)
    try:
        lines = options.file.read_text(encoding="utf-8").split("\n")  # not at U+2028
        records = [Record.parse(line) for line in lines if line.strip()]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        print(f"bench.summaries: {options.file}: {problem}", file=sys.stderr)
        return 2
    summaries, took = _summarize(records, options.words)
    if options.out:
        rows = (row(*pair) + "\n" for pair in zip(records, summaries, strict=True))
        options.out.write_text("".join(rows), encoding="utf-8")
    _print(records, summaries, options.words)
    wrong = sum(len(misquoted(*pair)) for pair in zip(records, summaries, strict=True))
    quotes = sum(map(len, summaries))
    print(f"{quotes:,} quotes, {wrong} not verbatim; {seconds(median(took))} a thread (median), ")
    print(f"{seconds(max(took))} the slowest, {max(len(r.messages) for r in records):,} messages")
    return 1 if wrong else 0


def _summarize(records: Sequence[Record], words: int) -> tuple[list[list[Quote]], list[float]]:
    made, took = [], []
    for record in tqdm(records, unit="thread", leave=False):
        start = perf_counter()
        made.append(ours(record, words))
        took.append(perf_counter() - start)
    return made, took


def _print(records: Sequence[Record], summaries: Sequence[Sequence[Quote]], words: int) -> None:
    judge = Judge(records)
    print(_line(f"{len(records)} threads, {words} words", *MEASURES, "words"))
    print(judge.line("ours", [written(quotes) for quotes in summaries]))
    baselines: dict[str, Callable[[Record, int], str]] = {
        f"Lead-{LEAD}": lead,
        "first sentence of each, with speaker": first_sentences,
    }
    for name, baseline in baselines.items():
        print(judge.line(name, [baseline(record, words) for record in records]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.summaries", description=__doc__)
    parser.add_argument("file", type=Path, help="threads with summaries, one JSON object a line")
    parser.add_argument("--words", type=int, default=70, help="words to quote (default: 70)")
    parser.add_argument("--out", type=Path, help="where to write what was made")
    return parser


if __name__ == "__main__":
    sys.exit(main())
