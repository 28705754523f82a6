"""Which ideas say the same: words to look for, and an order of what was found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.ideas import Idea, Wording
from bot.reading.clean import folded

WORDS_LIMIT = 40
_WORD = re.compile(r"[^\W_]+")
_OFFERED_SCORE = 0.34
_TITLE_WEIGHT = 3
_COMMON = frozenset(
    "about add all also and any are but can could does for from get has have how into its just "
    "let like make more need not now one our out please should some that the their them then "
    "there they this too use want was way when will with would you your".split()
)


@dataclass(frozen=True, slots=True)
class Match:
    """An idea and how alike it is, 0 to 1."""

    idea: Idea
    score: float


def words_of(text: str) -> tuple[str, ...]:
    """Distinct words in order, folded: lower case, no accents, none of one letter."""
    words = (w for w in _WORD.findall(folded(text)) if len(w) > 1 or not w.isascii())
    return tuple(dict.fromkeys(words))[:WORDS_LIMIT]


def similar(wording: Wording, candidates: Sequence[Idea], limit: int = 3) -> list[Match]:
    """Those alike enough to be worth a person's time, best first."""
    mine = _weights(wording)
    matches = [Match(idea, _overlap(mine, _weights(idea.wording))) for idea in candidates]
    near = [match for match in matches if match.score >= _OFFERED_SCORE]
    return sorted(near, key=lambda match: (-match.score, match.idea.number))[:limit]


def _weights(wording: Wording) -> dict[str, int]:
    body = dict.fromkeys(_stems(f"{wording.body} {wording.job}"), 1)
    return body | dict.fromkeys(_stems(wording.title), _TITLE_WEIGHT)


def _stems(text: str) -> set[str]:
    """Telling words cut to six letters, so that plural and tense fall away."""
    return {word[:6].rstrip("s") or word for word in words_of(text) if word not in _COMMON}


def _overlap(one: dict[str, int], other: dict[str, int]) -> float:
    """Weighted words in both over the lighter side, so that a long text hides nothing."""
    shared = sum(min(one[word], other[word]) for word in one.keys() & other.keys())
    lighter = min(sum(one.values()), sum(other.values()))
    return shared / lighter if lighter else 0.0
