"""`python -m bench.grounding FILE.jsonl`: how many sentences of people's own summaries would hold.

Against the three messages nearest to each, and against another thread's, where none should.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.summaries import Record, plain_sentences
from bot.events import ReadMessage
from bot.reading.assisted.answers import Claim
from bot.reading.assisted.grounded import grounded, support
from bot.reading.assisted.negation import denies
from bot.reading.summarize.sentences import sentences
from bot.reading.summarize.terms import terms_of
from bot.summaries import Part

SHARES = (1 / 3, 1 / 2, 2 / 3)
NEAREST = 3
_WORDS_TURNED = range(6, 31)
_AFFIRMED = re.compile(
    r"\b(is|are|was|were|can|could|should|would|will|must|may|does|do|did|has|have)\b"
    r"(?! not|n['’]t)"
)
_DENIED = re.compile(r"\b(?:not|never) |n['’]t\b")
APART = 37
"""Records between a summary and the thread it is not about."""


def nearest(sentence: str, messages: Sequence[ReadMessage]) -> list[ReadMessage]:
    """Those that share most of its telling words."""
    terms = terms_of(sentence)
    return sorted(messages, key=lambda message: -len(terms_of(message.text) & terms))[:NEAREST]


def _holds(sentence: str, cited: Sequence[ReadMessage]) -> bool:
    numbered = dict(enumerate(cited, 1))
    return bool(grounded([Claim(Part.POINT, sentence, tuple(numbered))], numbered))


def _turned(records: Sequence[Record]) -> Iterator[tuple[str, ReadMessage]]:
    """People's own sentences that hold as they are, with a "not" put in or taken out."""
    for message in (message for record in records for message in record.messages):
        for said in sentences(message.text):
            plain = " ".join(said.split())
            if len(plain.split()) not in _WORDS_TURNED or not _holds(plain, [message]):
                continue
            if (without := _DENIED.sub("", plain, count=1)) != plain:
                yield without, message
            elif not denies(plain) and (opposite := _AFFIRMED.sub(r"\1 not", plain, 1)) != plain:
                yield opposite, message


def main(arguments: Sequence[str] | None = None) -> int:
    """Always 0: a table informs, only tests judge."""
    parser = argparse.ArgumentParser(prog="python -m bench.grounding", description=__doc__)
    parser.add_argument("file", type=Path, help="threads with summaries, one JSON object a line")
    lines = parser.parse_args(arguments).file.read_text(encoding="utf-8").split("\n")
    records = [Record.parse(line) for line in lines if line.strip()]
    own, foreign = [], []
    for at, record in enumerate(records):
        other = records[(at + APART) % len(records)].messages
        for sentence in plain_sentences(record.summary):
            own.append((sentence, nearest(sentence, record.messages)))
            foreign.append((sentence, nearest(sentence, other)))
    print(f"{len(own):,} sentences{'':14}{'own thread':>12}{'another':>12}")
    for share in SHARES:
        kept = [_percent([support(*pair) >= share for pair in pairs]) for pairs in (own, foreign)]
        print(f"{share:.0%} of the telling words{kept[0]:>15}{kept[1]:>12}")
    kept = [_percent([_holds(*pair) for pair in pairs]) for pairs in (own, foreign)]
    print(f"all that is asked of a model{kept[0]:>12}{kept[1]:>12}")
    turned = list(_turned(records))
    kept = [_percent([_holds(sentence, [message]) for sentence, message in turned])]
    print(f'{len(turned):,} of people\'s own sentences, with a "not" more or less: {kept[0]} hold')
    return 0


def _percent(answers: Sequence[bool]) -> str:
    return f"{sum(answers) / max(1, len(answers)):.0%}"


if __name__ == "__main__":
    sys.exit(main())
