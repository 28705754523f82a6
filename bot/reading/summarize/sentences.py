"""A message's sentences, each a verbatim part of it, and how long they are."""

import re
from collections.abc import Iterator
from unicodedata import category

from bot.reading.summarize.prose import Span, paragraphs

LONGEST = 45
"""Words; a longer sentence is taken apart at its clauses, or else between words."""
_SHORTEST = 8
_LETTERS_PER_WORD = 20
"""No word counts for less than its twentieth letter: a key or an address is not one word."""
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Han: written without spaces between words."""

_MARKS = re.compile(
    "[" + "".join(chr(c) for c in range(0x300, 0x1E00) if category(chr(c))[0] == "M") + "]+"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_END = re.compile(
    r"(?<![.!?…؟۔।॥።])[.!?…؟۔।॥።]++[\"'”’»)\]*_]*+(?=\s)"
    r"|[。！？｡]+[」』”）]*|(?<=\w)\s*[:;]-?[)PD(](?=\s|$)"
)
_NO_END = re.compile(
    r"(?:\b(?:e\.?g|i\.?e|etc|vs|cf|al|mr|mrs|ms|dr|prof|st|nr|fig|sec|approx|incl|inc|ltd|resp"
    r"|z\.b|bzw|ca|usw|d\.h)|\b[^\W\d_])\.$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:；：](?=\s)|[、，；]|\s[-–—]+(?=\s)|,(?=\s+(?:and|but|so|or|which|because|while)\b)"
)


def size(text: str) -> int:
    """Words; two characters count as one where words are not set apart."""
    return max(len(text.split()) + unspaced(text) // 2, len(text) // _LETTERS_PER_WORD)


def unspaced(text: str) -> int:
    """How many of its characters are of a script without spaces."""
    return 0 if text.isascii() else len(_UNSPACED.findall(text))


def without_marks(text: str) -> str:
    """Without vowel signs and accents that are characters of their own: no letters to `re`."""
    return text if text.isascii() else _MARKS.sub("", text)


def sentences(text: str) -> Iterator[str]:
    """In order; whole, unless one is longer than anybody would read."""
    for start, end in paragraphs(text):
        for left, right in _split(text, start, end):
            sentence = text[left:right].strip()
            while _is_too_long(sentence):
                cut = _cut(sentence)
                yield sentence[:cut].strip()
                sentence = sentence[cut:].strip()
            if sentence:
                yield sentence


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    for found in _END.finditer(text, start, end):
        if _ends(text, start, found):
            yield start, found.end()
            start = found.end()
    yield start, end


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    """Dots after abbreviations and initials do not end a sentence, nor does a pause within it."""
    mark = found[0]
    if mark[0] not in ".…":
        return True
    if len(mark) > 1 or mark == "…":
        return not text[found.end() :][:2].strip()[:1].islower()
    return not _NO_END.search(text, max(start, found.end() - 12), found.end())


def _is_too_long(sentence: str) -> bool:
    return len(sentence) > LONGEST * _LETTERS_PER_WORD or size(sentence) > LONGEST


def _cut(sentence: str) -> int:
    """Where to break what is too long: the last clause that fits, else the last word."""
    fitting = _fitting(sentence)
    clauses = [found.end() for found in _CLAUSE.finditer(sentence, 0, fitting)]
    if clauses and size(sentence[: clauses[-1]]) >= _SHORTEST:
        return clauses[-1]
    space = max(sentence.rfind(" ", 1, fitting), sentence.rfind("\n", 1, fitting))
    return space if space > fitting // 2 else fitting


def _fitting(sentence: str) -> int:
    """How many characters make `LONGEST` words, by halving."""
    low, high = 1, min(len(sentence), LONGEST * _LETTERS_PER_WORD)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(sentence[:middle]) <= LONGEST else (low, middle - 1)
    return low
