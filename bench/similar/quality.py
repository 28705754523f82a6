"""How well they are ranked, and how often an offer is right."""

from collections.abc import Iterable, Sequence
from random import Random
from statistics import mean

from bench.similar.record import Id, Ranked

FOLDS = 5
_WANTED_PRECISION = 0.6
_THRESHOLDS = [n / 100 for n in range(20, 90)]


def heading() -> str:
    """The names of the columns."""
    return _line("", "hit@1", "hit@5", "hit@10", "recall@5", "MRR")


def ranking(name: str, ranked: Iterable[Ranked]) -> str:
    """A row: over those with a duplicate among the others."""
    known = [one for one in ranked if one.right]
    if not known:
        return _line(name, *["-"] * 5)
    hits = [among(known, first) for first in (1, 5, 10)]
    recall = mean(len(one.right & set(one.ids[:5])) / len(one.right) for one in known)
    return _line(name, *(f"{value:.3f}" for value in (*hits, recall, reciprocal(known))))


def among(ranked: Sequence[Ranked], first: int) -> float:
    """How many have a right one among the first so many."""
    return mean([one.place is not None and one.place <= first for one in ranked] or [0])


def reciprocal(ranked: Sequence[Ranked]) -> float:
    """The mean reciprocal rank of the first right one."""
    return mean([1 / one.place if one.place else 0.0 for one in ranked] or [0.0])


def offers(ranked: Sequence[Ranked]) -> str:
    """What would be offered, and how much of it is right."""
    offered = [one for one in ranked if one.offered]
    known = [one for one in ranked if one.right]
    if not offered or not known:
        return "Nothing would be offered."
    shown = sum(len(one.offered) for one in offered)
    first = mean(one.offered[0] in one.right for one in offered)
    every = sum(len(one.right.intersection(one.offered)) for one in offered) / shown
    found = mean(bool(one.right.intersection(one.offered)) for one in known)
    return (
        f"Offered: {shown} ideas to {len(offered)} of {len(ranked)}. Precision {first:.3f} of the"
        f" first, {every:.3f} of all shown; recall {found:.3f} of {len(known)} with a duplicate."
    )


def cross_validated(ranked: Sequence[Ranked]) -> str:
    """The spread over parts of the record, and a threshold chosen on four parts for the fifth."""
    parts = by_cluster(ranked)
    known = [[one for one in part if one.right] for part in parts]
    hits = [among(part, 5) for part in known if part]
    places = [reciprocal(part) for part in known if part]
    if not hits:
        return "No idea has a duplicate."
    right = told = 0
    chosen = []
    for number, part in enumerate(parts):
        others = [one for other in parts[:number] + parts[number + 1 :] for one in other]
        chosen.append(threshold := _threshold(others))
        sure = [one for one in part if one.score >= threshold]
        told += len(sure)
        right += sum(one.ids[0] in one.right for one in sure)
    return (
        f"{FOLDS} parts by cluster: hit@5 {min(hits):.2f} to {max(hits):.2f}, MRR {min(places):.2f}"
        f" to {max(places):.2f}. A threshold chosen on four parts for precision"
        f" {_WANTED_PRECISION:g} ({min(chosen):.2f} to {max(chosen):.2f}) is right on the fifth in"
        f" {right} of {told}."
    )


def by_cluster(ranked: Sequence[Ranked]) -> list[list[Ranked]]:
    """Five parts, always the same; duplicates of one another are in one of them."""
    clusters: list[Id] = list(dict.fromkeys(one.record.cluster for one in ranked))
    Random(1).shuffle(clusters)
    part_of = {cluster: number % FOLDS for number, cluster in enumerate(clusters)}
    return [[one for one in ranked if part_of[one.record.cluster] == n] for n in range(FOLDS)]


def _threshold(ranked: Sequence[Ranked]) -> float:
    """The lowest at which so many first offers are right."""
    for threshold in _THRESHOLDS:
        sure = [one for one in ranked if one.score >= threshold]
        if sure and mean(one.ids[0] in one.right for one in sure) >= _WANTED_PRECISION:
            return threshold
    return 1.0


def _line(name: str, *cells: str) -> str:
    return f"{name:34}" + "".join(f"{cell:>10}" for cell in cells)
