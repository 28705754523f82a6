"""Which ideas say the same: how alike two are, by their words and by their letters."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import hypot, log1p
from operator import mul

from bot.ideas import Idea, Wording
from bot.reading.rarity import Rarity, Weights, keys_of
from bot.reading.words import COMMON, letters_of, words_in

OFFERED = 3
OFFERED_SCORE = 0.48
"""Alike enough to be worth a person's time: better none than three wrong ones."""
_TITLE_WEIGHT = 3
_REST_WORDS = 150
_LETTERS_ALONE = 0.3
_READ_CLOSELY = 10
_Vector = tuple[Collection[str], list[float], float]
"""Keys, what each weighs, and the length of it."""


@dataclass(frozen=True, slots=True)
class Match:
    """An idea and how alike it is, 0 to 1."""

    idea: Idea
    score: float


def told(wording: Wording) -> list[str]:
    """Its words, those of the title three times."""
    rest = words_in(f"{wording.body}\n{wording.job}\n{wording.obstacle}")
    return words_in(wording.title) * _TITLE_WEIGHT + rest[:_REST_WORDS]


def is_telling(wording: Wording) -> bool:
    """Whether it holds a word that does not stand in every other text."""
    return not COMMON.issuperset(told(wording))


class Likeness:
    """How alike others are to one wording, by what is rare on this board."""

    def __init__(self, wording: Wording, rarity: Rarity) -> None:
        self._rarity = rarity
        words = told(wording)
        self._words = _Direction(self._by_words(words))
        self._letters = _Direction(self._by_letters(words))

    def ranked(self, others: Sequence[tuple[int, Wording]]) -> list[tuple[int, float]]:
        """The numbers of others with their scores, 0 to 1, best first; among equals the oldest.

        Those that share most words are read closely, by their letters too: that is dear.
        """
        by_words = []
        for number, wording in others:
            words = told(wording)
            by_words.append((self._words.cosine(self._by_words(words)), number, words))
        by_words.sort(key=lambda one: (-one[0], one[1]))
        scores = [
            (self._closely(score, words) if place < _READ_CLOSELY else score / 2, number)
            for place, (score, number, words) in enumerate(by_words)
        ]
        return [(number, score) for score, number in sorted(scores, key=lambda s: (-s[0], s[1]))]

    def _closely(self, score: float, words: list[str]) -> float:
        letters = self._letters.cosine(self._by_letters(words))
        # Two short titles share many letters by the words that stand in every title.
        return (score + min(letters, max(2 * score, _LETTERS_ALONE))) / 2

    def _by_words(self, words: list[str]) -> _Vector:
        counts = Counter(keys_of(words))
        return _vector(counts, counts.values(), self._rarity.words)

    def _by_letters(self, words: list[str]) -> _Vector:
        counts = Counter(letters_of(words))
        return _vector(counts, map(log1p, counts.values()), self._rarity.letters)


class _Direction:
    """Where one vector points, for many to be compared with."""

    def __init__(self, vector: _Vector) -> None:
        keys, weights, self._length = vector
        self._weights = dict(zip(keys, weights, strict=True))

    def cosine(self, other: _Vector) -> float:
        """Rounded, for a sum of floats depends a little on the order of the words."""
        keys, weights, length = other
        common: float = sum(map(mul, weights, map(self._weights.get, keys, repeat(0.0))))
        return min(1.0, round(common / (self._length * length), 9)) if common else 0.0


def _vector(keys: Collection[str], times: Iterable[float], weights: Weights) -> _Vector:
    """In maps, for this is done forty times before somebody gets an answer."""
    weighed = list(map(mul, times, weights.of(keys)))
    return keys, weighed, hypot(*weighed)
