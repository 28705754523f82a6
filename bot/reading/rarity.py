"""How much a word says about an idea, from how many ideas hold it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from math import log

from bot.reading.meanings import MEANING, SAME
from bot.reading.words import COMMON, letters_of, stem

SELDOM = 0.0005
"""The share of ideas taken to hold a word of which none is known."""
_COMMON_WEIGHT = 1.5
_MEANING_WEIGHT = 0.7


class Weights(dict[str, float]):
    """Weights of what is known; all else is the rarest."""

    def __init__(self, known: Mapping[str, float], rarest: float) -> None:
        super().__init__(known)
        self._rarest = rarest

    def __missing__(self, key: str) -> float:
        return self._rarest

    def of(self, keys: Iterable[str]) -> Iterator[float]:
        """The weight of each."""
        return map(self.get, keys, repeat(self._rarest))


class Rarity:
    """The weights of words, their meanings and their letters on one board.

    Made from the number of ideas and the share of them that hold a word; a word that is not among
    them is rare.
    """

    def __init__(self, ideas: int = 0, words: Iterable[tuple[str, float]] = ()) -> None:
        self._ideas = ideas
        shares: dict[str, float] = {}
        lacking: dict[str, float] = {}
        for word, share in words:
            for key in keys_of([word]):
                shares[key] = min(1.0, shares.get(key, 0.0) + share)
            for three in set(letters_of([word])):
                lacking[three] = lacking.get(three, 1.0) * (1 - min(1.0, share))
        self.known: Mapping[str, float] = shares
        """The share of ideas that hold a word of this stem, or of this meaning."""
        self.words = self._weights(shares)
        """The weights of stems and meanings."""
        self.words |= {name: weight * _MEANING_WEIGHT for name, weight in self._of(SAME).items()}
        self.words |= {k: min(w, _COMMON_WEIGHT) for k, w in self._of(_COMMON).items()}
        self.letters = self._weights({three: 1 - none for three, none in lacking.items()})
        """The weights of three letters."""

    def share(self, key: str) -> float:
        """The share of ideas for any stem or meaning: a guess where it is not known."""
        return self.known.get(key, SELDOM)

    def rareness(self, key: str) -> float:
        """Nothing for what every idea holds."""
        return self._weight(self.share(key)) - 1

    def _weights(self, shares: Mapping[str, float]) -> Weights:
        known = {key: self._weight(share) for key, share in shares.items()}
        return Weights(known, self._weight(SELDOM))

    def _of(self, keys: Iterable[str]) -> dict[str, float]:
        return {key: self.words[key] for key in keys}

    def _weight(self, share: float) -> float:
        return 1 + log((self._ideas + 1) / (share * self._ideas + 0.5))


def keys_of(words: Iterable[str]) -> list[str]:
    """The stems of words, and the meanings of those that have one."""
    stems = [stem(word) if word[-1] == "s" else word for word in words]
    return stems + list(filter(None, map(MEANING.get, stems)))


_COMMON = frozenset(keys_of(COMMON))
"""With the meanings of common words, which tell no more."""
