"""Ideas in a made-up language: few words in most of them, most words in few, as people write."""

from itertools import accumulate, islice, product
from random import Random

from bot.ideas import Wording

WORDS = 30_000
_SYLLABLES = [c + v for c, v in product("bdfgklmnprstvz", "aeiou")]
_RANK_SHIFT = 2.7
"""Zipf–Mandelbrot: the word of rank r is as frequent as 1 / (r + 2.7)."""


class Language:
    """A seeded vocabulary, and texts in it. Another `voice` says other things in the same words."""

    def __init__(self, seed: int = 1, voice: int = 0) -> None:
        longer = ("".join(parts) for parts in product(_SYLLABLES, repeat=3))
        words = list(islice(longer, 10 * WORDS))
        self._words = Random(seed).sample(words, WORDS)
        self._weights = list(accumulate(1 / (rank + _RANK_SHIFT) for rank in range(WORDS)))
        self._random = Random(f"{seed} {voice}")

    def text(self, least: int, most: int) -> str:
        """A sentence of so many words."""
        count = self._random.randint(least, most)
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=count))

    def wording(self) -> Wording:
        """An idea: a title of 4 to 9 words, 20 to 60 words of details, and what it is for."""
        return Wording(self.text(4, 9), self.text(20, 60), self.text(5, 12))
