"""Words as they are stored, looked up and compared."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, pairwise

from bot.reading.clean import folded

_LONGEST = 64
_WORD = re.compile(rf"[^\W_]{{1,{_LONGEST}}}")
_BLANKS = {ord(sign): " " for sign in map(chr, range(128)) if not sign.isalnum()}
# "user's" is "user", "we'll" is "we", "don't" is "dont", as many write it.
_CONTRACTED = re.compile(r"(?<=[^\W\d_])'(?:(?=t\b)|(?:s|d|m|re|ve|ll)\b)")
# Thai, Lao, Burmese, Khmer, kana and Han put no spaces between words.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\U00020000-\U0003ffff]+"
)
COMMON = frozenset(
    "a about add after all also an and any are arent as at be because been being but by can cant "
    "could couldnt did didnt do does doesnt dont each for from get had hadnt has hasnt have "
    "havent he her here his how i if in into is isnt it its just let like make me more most my "
    "need no not now of off on once one only or other our out over own please same she should "
    "shouldnt so some such than that the their them then there these they this those to too up us "
    "use very want was wasnt way we were werent what when where which while who will with wont "
    "would wouldnt you your".split()
)
"""English words that tell nothing, however few ideas there are to see it by."""


def words_in(text: str) -> list[str]:
    """Lower case and without accents, at most 64 letters each, English ones without what an
    apostrophe adds; what is written without spaces, in pairs of letters."""
    plain = folded(text.replace("’", "'"))
    if "'" in plain:
        plain = _CONTRACTED.sub("", plain)
    if plain.isascii():  # a third of the time
        words = plain.translate(_BLANKS).split()
        if max(map(len, words), default=0) <= _LONGEST:
            return words
    return _WORD.findall(_UNSPACED.sub(_in_pairs, plain))


def _in_pairs(found: re.Match[str]) -> str:
    run = found[0]
    return f" {' '.join(map(''.join, pairwise(run))) or run} "


@lru_cache(maxsize=5_000)
def stem(word: str) -> str:
    """A word without its plural."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word


def forms(stemmed: str) -> tuple[str, ...]:
    """The words that have this stem."""
    if len(stemmed) < 3:
        return (stemmed,)
    plurals = (f"{stemmed}s", f"{stemmed[:-1]}ies") if stemmed.endswith("y") else (f"{stemmed}s",)
    return (stemmed, *(word for word in plurals if stem(word) == stemmed))


def is_slip(one: str, other: str) -> bool:
    """Whether one letter is missing, too many, another, or has changed places with the next."""
    if abs(len(one) - len(other)) > 1:
        return False
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])


def letters_of(words: Iterable[str]) -> Iterator[str]:
    """Their letters in threes, the spaces around each word included."""
    return chain.from_iterable(map(_threes, words))


@lru_cache(maxsize=5_000)
def _threes(word: str) -> tuple[str, ...]:
    spaced = f" {word} "
    return tuple(spaced[at : at + 3] for at in range(len(word)))
