"""Which sentences stand for the thread: much said in few words, by everybody, from all of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush, nlargest

from bot.reading.summarize.spoken import Sentence
from bot.summaries import Part

_TELLING, _LENGTH, _SHORT = 0.4, 0.5, 8
"""Exponents of what a sentence tells and of its words; below so many words it gets no credit."""
_NEW, _SAID = 5, 2
"""What a word is worth at first, and when it has been quoted. Whole: see `weights`."""
_AGAIN_SPEAKER, _AGAIN_MESSAGE, _AGAIN_STRETCH = 0.6, 0.2, 0.6
"""What a sentence is still worth after one by the same speaker, of the same message or stretch."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A sentence, what it is there for, which stretch of the thread it is from, and its worth."""

    sentence: Sentence
    part: Part
    stretch: int
    worth: float


@dataclass(slots=True)
class Choice:
    """What has been chosen, and what that leaves worth saying within so many words."""

    weights: Mapping[str, int]
    words: int
    chosen: list[Candidate] = field(default_factory=list)
    _said: set[str] = field(default_factory=set)
    _times: Counter[tuple[str, int]] = field(default_factory=Counter)

    def fits(self, candidate: Candidate) -> bool:
        """Whether there is room for it."""
        return candidate.sentence.words <= self.words

    def gain(self, candidate: Candidate) -> float:
        """What it adds; never more after another was taken."""
        sentence, said, times = candidate.sentence, self._said, self._times
        told = sum(self.weights[t] * (_SAID if t in said else _NEW) for t in sentence.terms)
        gain: float = (
            candidate.worth
            * told**_TELLING
            / max(sentence.words, _SHORT) ** _LENGTH
            * _AGAIN_SPEAKER ** times["speaker", sentence.speaker]
            * _AGAIN_MESSAGE ** times["message", sentence.message]
            * _AGAIN_STRETCH ** times["stretch", candidate.stretch]
        )
        return gain

    def take(self, candidate: Candidate) -> None:
        """Choose it."""
        sentence = candidate.sentence
        self.chosen.append(candidate)
        self.words -= sentence.words
        self._said |= sentence.terms
        self._times.update(
            (
                ("speaker", sentence.speaker),
                ("message", sentence.message),
                ("stretch", candidate.stretch),
            )
        )


def likely(
    candidates: Sequence[Candidate], weights: Mapping[str, int], most: int
) -> list[Candidate]:
    """Those worth a closer look, in their order."""
    if len(candidates) <= most:
        return list(candidates)
    gain = Choice(weights, 0).gain
    best = nlargest(most, range(len(candidates)), key=lambda at: gain(candidates[at]))
    return [candidates[at] for at in sorted(best)]


def choose(
    candidates: Sequence[Candidate], weights: Mapping[str, int], words: int
) -> list[Candidate]:
    """An opening first, then whatever adds most; the shortest one if nothing fits."""
    choice = Choice(weights, words)
    openings = [c for c in candidates if c.part is Part.OPENING and choice.fits(c)]
    if openings:
        choice.take(max(openings, key=choice.gain))
    _fill(choice, [c for c in candidates if c not in choice.chosen])
    return choice.chosen or [min(candidates, key=lambda c: c.sentence.words)]


def _fill(choice: Choice, candidates: Sequence[Candidate]) -> None:
    """Greedy. A gain only falls, so an old one that beats the others need not be compared."""
    heap = [(-choice.gain(candidate), at) for at, candidate in enumerate(candidates)]
    heapify(heap)
    while heap:
        _, at = heappop(heap)
        candidate = candidates[at]
        if not choice.fits(candidate):
            continue
        gain = choice.gain(candidate)
        if heap and -gain > heap[0][0]:
            heappush(heap, (-gain, at))
        elif gain > 0:
            choice.take(candidate)
