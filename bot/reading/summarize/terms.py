"""What a sentence is about: its telling words, and how much each matters in the thread."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from bot.reading.summarize.prose import URL
from bot.reading.summarize.sentences import UNSPACED, without_marks

Terms = frozenset[str]

_WORD = re.compile(r"[^\W_]+")
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")
_STEM = 6
_FINE = 1000
CONNECTING = frozenset(
    "the a an to is are that of and for with be in der die das den und ist sind zu mit für "
    "dass ein eine le la les des du de et est que pour un une el los las y es para con o os "
    "da do e é não per il che di и в на что это для".split()
)
"""Articles and the like: whoever says something in full uses them, scraps and lists have few."""
COMMON = frozenset(
    "a able about actually after again against all almost already also although always am an "
    "and another any anybody anyone anything are aren around as at away back be because been "
    "before being better between both but by can cannot could couldn did didn do does doesn "
    "doing don done down each either else enough etc even ever every few first for from "
    "further get gets getting go goes going good got had has hasn have haven having he her "
    "here hers him his how however i if in instead into is isn it its itself just know least "
    "less let like ll look lot made make many may maybe me mean might mine more most much "
    "must my need never no nor not nothing now of off ok on once one only or other others our "
    "out over own perhaps please point put quite rather re really right said same say says "
    "see seem seems shall she should since so some somebody someone something still such sure "
    "take than that the their them then there these they thing things think this those though "
    "through to too try two under until up us use used using very want was way we well were "
    "what when where whether which while who whole whose why will with within without won "
    "would yes yet you your yours".split()
)


def terms_of(text: str) -> Terms:
    """Telling words cut to stems; pairs of characters where words are not set apart."""
    plain = (URL.sub(" ", text) if "://" in text or "www" in text else text).casefold()
    if not plain.isascii():
        plain = without_marks(unicodedata.normalize("NFKC", plain))
    found: set[str] = set()
    for word in _WORD.findall(plain):
        if word.isascii() or not (runs := _UNSPACED_RUN.findall(word)):
            if len(word) > 2 and word not in COMMON and not word.isdigit():
                found.add(word[:_STEM].rstrip("s"))
        else:
            found.update(run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1)))
    return frozenset(found)


def fluency(text: str) -> float:
    """The share of connecting words."""
    words = text.casefold().split()
    return sum(word in CONNECTING for word in words) / len(words)


def weights(messages: Sequence[Sequence[Terms]]) -> dict[str, int]:
    """By term: how many messages speak of it, against how common it is in their sentences.

    Whole numbers: their sum is the same in any order, so a summary is too.
    """
    in_messages: Counter[str] = Counter()
    in_sentences: Counter[str] = Counter()
    for message in messages:
        in_messages.update(frozenset().union(*message))
        for terms in message:
            in_sentences.update(terms)
    total = sum(map(len, messages))
    return {
        term: round(_FINE * log(1 + count) * log(1 + total / in_sentences[term]))
        for term, count in in_messages.items()
    }


def names(people: Iterable[str]) -> Terms:
    """The words of people's names: whom a sentence is addressed to is not what it is about."""
    return frozenset().union(*(terms_of(name) for name in people))
