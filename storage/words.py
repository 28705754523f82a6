"""Which words the board's ideas hold, and which of an idea's are worth looking for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.ideas import Wording
from bot.reading.meanings import SAME
from bot.reading.rarity import Rarity, keys_of
from bot.reading.similar import told
from bot.reading.words import COMMON, forms, is_slip, stem, words_in

REMEMBERED = 0.001
"""The share of ideas that must hold a word for it to be remembered."""
_A_FEW_MORE = 20
_MOST_MATCHES = 1_000
_FEWEST_MATCHES = 100
_MOST_SHARE = 0.3
_MOST_OF_ONE = 300
_MOST_SOUGHT = 32
_MOST_TYPED = 6
_MOST_TOLD = 4
_MEANING = 0.5
_SHORTEST_BEGINNING = 3
_SHORTEST_MISSPELT = 5


@dataclass(frozen=True, slots=True)
class Sought:
    """Any of these words, or what begins so; what an idea is worth that holds one."""

    words: tuple[str, ...]
    worth: float
    beginning: bool = False


class KnownWords:
    """Which words many ideas hold, kept in memory: a search never counts a word.

    Learned at the start, and again whenever the ideas stored or found have grown by a tenth.
    """

    def __init__(self) -> None:
        self.rarity = Rarity()
        self.newest = 0
        """The newest idea's number that was heard of: about how many there are, or fewer."""
        self._learned = 0

    def learn(self, newest: int, shares: Iterable[tuple[str, float]]) -> None:
        """Replace what is known: the newest idea's number, and (word, share of ideas) pairs."""
        self._learned = self.newest = newest
        self.rarity = Rarity(newest, shares)

    def stored(self, number: int) -> None:
        """Take notice of an idea."""
        self.newest = max(self.newest, number)

    @property
    def outdated(self) -> bool:
        """Whether it is time to learn again."""
        return self.newest > 1.1 * self._learned + _A_FEW_MORE

    def sought(self, wording: Wording) -> list[Sought]:
        """The words that tell most and are found in few enough ideas; only common ones if there
        are no others.

        A title alone may be typed just now: its last word may go on, others may be misspelt.
        """
        worths = self._worths(wording)
        found: list[Sought] = []
        left = min(max(_MOST_SHARE * self._learned, _FEWEST_MATCHES), _MOST_MATCHES)
        for key in sorted(worths, key=lambda key: (-worths[key], key))[:_MOST_SOUGHT]:
            matches = self.rarity.share(key) * self._learned
            if matches <= min(left, _MOST_OF_ONE) or not found:
                found.append(Sought(_words_of(key), worths[key]))
                left -= matches
        if not (wording.body or wording.job or wording.obstacle):
            found += self._typed(words_in(wording.title)[-_MOST_TYPED:], left)
        return found

    def _worths(self, wording: Wording) -> dict[str, float]:
        words = told(wording)
        telling = [word for word in words if word not in COMMON] or words
        said = Counter(keys_of(telling))
        worths = {
            key: min(count, _MOST_TOLD) * self.rarity.rareness(key) ** 2
            for key, count in said.items()
        }
        return {key: worth * (_MEANING if key in SAME else 1) for key, worth in worths.items()}

    def _typed(self, words: list[str], left: float) -> list[Sought]:
        known = [key for key in self.rarity.known if key not in SAME]
        found = [
            Sought(tuple(form for one in known if is_slip(word, one) for form in forms(one)), worth)
            for word, worth in ((stem(word), self.rarity.rareness(stem(word))) for word in words)
            if len(word) >= _SHORTEST_MISSPELT and word not in self.rarity.known
        ]
        last = words[-1] if words else ""
        share = sum(self.rarity.share(key) for key in known if key.startswith(last))
        if len(last) >= _SHORTEST_BEGINNING and share * self._learned <= left:
            found.append(Sought((last,), self.rarity.rareness(stem(last)), beginning=True))
        return [one for one in found if one.words]


def _words_of(key: str) -> tuple[str, ...]:
    return tuple(form for stemmed in SAME.get(key, (key,)) for form in forms(stemmed))
