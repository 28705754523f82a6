"""Which ideas say the same: how alike two are, by their words and by their letters."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, log1p

from bot.ideas import Idea, Wording
from bot.reading.rarity import Rarity
from bot.reading.words import COMMON, letters_of, words_in

OFFERED = 3
OFFERED_SCORE = 0.34
"""Alike enough to be worth a person's time: better none than three wrong ones."""
_TITLE_WEIGHT = 3
_REST_WORDS = 150
_READ_CLOSELY = 12
Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Match:
    """An idea and how alike it is, 0 to 1."""

    idea: Idea
    score: float


def told(wording: Wording) -> dict[str, int]:
    """Its words and how often they are said; one in the title counts for three."""
    rest = words_in(f"{wording.body}\n{wording.job}\n{wording.obstacle}")[:_REST_WORDS]
    counts = Counter(rest)
    for word in words_in(wording.title):
        counts[word] += _TITLE_WEIGHT
    return counts


def is_telling(wording: Wording) -> bool:
    """Whether it holds a word that does not stand in every other text."""
    return not COMMON.issuperset(told(wording))


class Likeness:
    """How alike others are to one wording, by what is rare on this board."""

    def __init__(self, wording: Wording, rarity: Rarity) -> None:
        self._rarity = rarity
        counts = told(wording)
        self._words, self._words_length = self._by_words(counts)
        self._letters, self._letters_length = self._by_letters(counts)

    def ranked(self, others: Sequence[tuple[int, Wording]]) -> list[tuple[int, float]]:
        """The numbers of others with their scores, 0 to 1, best first; among equals the oldest.

        Those that share most words are read closely, by their letters too: that is dear.
        """
        by_words = []
        for number, wording in others:
            counts = told(wording)
            by_words.append((round(self._alike_in_words(counts), 9), number, counts))
        by_words.sort(key=lambda one: (-one[0], one[1]))
        closely, rest = by_words[:_READ_CLOSELY], by_words[_READ_CLOSELY:]
        scores = [(n, (score + self._alike_in_letters(counts)) / 2) for score, n, counts in closely]
        scores += [(n, score / 2) for score, n, _ in rest]
        # A sum of floats depends a little on its order, and that on the order of the words.
        rounded = ((number, min(1.0, round(score, 9))) for number, score in scores)
        return sorted(rounded, key=lambda one: (-one[1], one[0]))

    def _alike_in_words(self, counts: dict[str, int]) -> float:
        other, length = self._by_words(counts)
        return _cosine(self._words, other, self._words_length * length)

    def _alike_in_letters(self, counts: dict[str, int]) -> float:
        other, length = self._by_letters(counts)
        return _cosine(self._letters, other, self._letters_length * length)

    def _by_words(self, counts: dict[str, int]) -> tuple[Vector, float]:
        vector: Vector = {}
        parts = self._rarity.parts
        for word, count in counts.items():
            for key, weight in parts(word):
                vector[key] = vector.get(key, 0.0) + count * weight
        return vector, hypot(*vector.values())

    def _by_letters(self, counts: dict[str, int]) -> tuple[Vector, float]:
        seen: dict[str, int] = {}
        for word, count in counts.items():
            for three in letters_of(word):
                seen[three] = seen.get(three, 0) + count
        weights, rarest = self._rarity.letters, self._rarity.rarest
        vector = {t: log1p(count) * weights.get(t, rarest) for t, count in seen.items()}
        return vector, hypot(*vector.values())


def _cosine(one: Vector, other: Vector, lengths: float) -> float:
    shared = one.keys() & other.keys()
    return sum(one[key] * other[key] for key in shared) / lengths if shared else 0.0
