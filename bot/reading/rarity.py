"""How much a word says about an idea, from how many ideas hold it."""

from collections.abc import Iterable, Mapping
from math import log

from bot.reading.meanings import MEANING
from bot.reading.words import COMMON, letters_of, stem

SELDOM = 0.0005
"""The share of ideas taken to hold a word of which none is known."""
_KEPT = 20_000
_COMMON_WEIGHT = 1.5
_MEANING_WEIGHT = 0.7
_COMMON = frozenset(map(stem, COMMON))
Weighted = tuple[tuple[str, float], ...]


class Rarity:
    """The weights of words, their meanings and their letters on one board.

    Made from the number of ideas and the share of them that hold a word; a word that is not among
    them is rare.
    """

    def __init__(self, ideas: int = 0, words: Iterable[tuple[str, float]] = ()) -> None:
        self._ideas = ideas
        self._shares: dict[str, float] = {}
        self._letters: dict[str, float] = {}
        self._parts: dict[str, Weighted] = {}
        for word, share in words:
            self._add(word, share)
        self.rarest = self._weight(SELDOM)
        self.letters: Mapping[str, float] = {
            three: self._weight(1 - absent) for three, absent in self._letters.items()
        }
        """The weights of letters in threes; `rarest` for others."""

    def _add(self, word: str, share: float) -> None:
        for key in keys_of(word):
            self._shares[key] = min(1.0, self._shares.get(key, 0.0) + share)
        for three in set(letters_of(word)):
            self._letters[three] = self._letters.get(three, 1.0) * (1 - min(share, 1.0))

    def share(self, key: str) -> float:
        """Of the ideas that hold a word with this stem, or with this meaning."""
        return self._shares.get(key, SELDOM)

    def rareness(self, key: str) -> float:
        """Nothing for what every idea holds."""
        return self._weight(self.share(key)) - 1

    @property
    def known(self) -> Mapping[str, float]:
        """The shares of all that are remembered."""
        return self._shares

    def parts(self, word: str) -> Weighted:
        """The stem of a word and its meaning, if it has one, with their weights."""
        found = self._parts.get(word)
        if found is None:
            if len(self._parts) >= _KEPT:
                self._parts.clear()
            found = self._parts[word] = tuple((key, self._told(key)) for key in keys_of(word))
        return found

    def _told(self, key: str) -> float:
        weight = self._weight(self.share(key))
        if key in _COMMON:
            return min(weight, _COMMON_WEIGHT)
        return weight * _MEANING_WEIGHT if key.startswith("=") else weight

    def _weight(self, share: float) -> float:
        return 1 + log((self._ideas + 1) / (share * self._ideas + 0.5))


def keys_of(word: str) -> tuple[str, ...]:
    """Its stem, and its meaning if it has one."""
    stemmed = stem(word)
    meaning = MEANING.get(stemmed)
    return (stemmed, meaning) if meaning else (stemmed,)
