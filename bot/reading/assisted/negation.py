"""Whether a sentence says the opposite of what it is about, as far as words of denial tell."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.reading.summarize.sentences import sentences
from bot.reading.summarize.terms import Terms, terms_of

_WORDS = (
    # English
    r"not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t|(?:do|does|did|is|was"
    r"|wo|ca)nt"
    # German, Dutch, Scandinavian
    r"|nicht|kein\w{0,2}|nie|niemals|niemand\w{0,2}|nichts|ohne|weder|niet|geen|nooit|niets|zonder"
    r"|inte|aldrig|inget|ingen|inga|ikke|aldri|uden|uten"
    # French, Spanish, Portuguese, Italian
    r"|ne|n['’]\w+|pas|jamais|aucune?|sans|rien|ni|nunca|ning[uú]n[oa]?|nada|nadie|sin|tampoco"
    r"|não|nenhuma?|ninguém|sem|nem|non|nessun[oa]?|niente|senza"
    # Slavic, Greek, Turkish
    r"|не|нет|ни|ні|немає|никогда|ніколи|никто|ничего|без|nigdy|nikt|bez|není|nikdy"
    r"|δεν|μη|όχι|ποτέ|χωρίς|değil|yok"
    # Semitic and Persian, Hindi, Vietnamese, Indonesian
    r"|لا|ليس|لم|لن|بدون|لیست|نیست|לא|אין|בלי|नहीं|मत|बिना|không|chưa|tidak|bukan|tanpa"
)
_DENIAL = re.compile(
    rf"(?<![\w'’])(?:{_WORDS})(?!\w)|[不没沒无無未]|ない|なく|なし|ません|않|못|없|아니|ไม่",
    re.IGNORECASE,
)


_Clause = tuple[Terms, str]
_CLAUSE_END = re.compile(r"[;:；：()—–]\s*|\s-\s")
_NEAR = 2 / 3
"""Of what the nearest clause shares: so near are others, too."""
_LEAST = 2
"""Telling words: a clause with fewer may stand for anything."""


def turned(sentence: str, telling: Terms, texts: Iterable[str]) -> bool:
    """Whether a clause of it denies what the clauses nearest to it deny in none of the texts, or
    the other way round. `telling` are the words of it that count."""
    said = [[(terms_of(clause), clause) for clause in _clauses(text)] for text in texts]
    return any(_is_turned(clause, telling & terms_of(clause), said) for clause in _split(sentence))


def denies(text: str) -> bool:
    """Whether a word of denial stands in it."""
    return _DENIAL.search(text) is not None


def _is_turned(clause: str, terms: Terms, said: Sequence[Sequence[_Clause]]) -> bool:
    denied = {denies(near) for clauses in said for near in _nearest(terms, clauses)}
    return len(terms) >= _LEAST and bool(denied) and denies(clause) not in denied


def _nearest(terms: Terms, clauses: Sequence[_Clause]) -> Iterator[str]:
    most = max((len(terms & others) for others, _ in clauses), default=0)
    return (one for others, one in clauses if len(terms & others) >= max(1, _NEAR * most))


def _clauses(text: str) -> Iterator[str]:
    for sentence in sentences(text):
        yield from _split(sentence)


def _split(sentence: str) -> Iterator[str]:
    return (clause for clause in _CLAUSE_END.split(sentence) if clause)
