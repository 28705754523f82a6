"""Whether a sentence says the opposite of what it is about, as far as words of denial tell."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.reading.clean import letters
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
_ANSWER = re.compile(
    r"^\W*(?:no|nope|nein|nee|nej|nei|non|não|нет|ні|nie|όχι|لا|לא|không)\s*[,，،]\s*",
    re.IGNORECASE,
)
"""It denies what was said before, not what follows: "No, it is slow"."""
_CLAUSE_END = re.compile(r"[;:；：()—–]\s*|\s-\s")
_COMMA = re.compile(r"[,，、]\s*")
_NEAR, _PART_NEAR = 2 / 3, 1
"""Of what the nearest clause shares: so near are other clauses, and parts of one, too."""
_LEAST_PART = 12
"""Letters of a part that says something by itself."""


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    terms: Terms
    near: float


def turned(sentence: str, telling: Terms, texts: Iterable[str]) -> bool:
    """Whether a clause of it denies what the clauses nearest to it deny in none of the texts, or
    the other way round. `telling` are the words of it that count."""
    said = [[*_clauses(text)] for text in texts]
    return any(_is_turned(clause, telling & terms_of(clause), said) for clause in _split(sentence))


def denies(text: str) -> bool:
    """Whether a word of denial stands in it."""
    return _DENIAL.search(_ANSWER.sub("", text)) is not None


def _is_turned(clause: str, terms: Terms, said: Sequence[Sequence[_Clause]]) -> bool:
    denied = {denies(near) for clauses in said for near in _nearest(terms, clauses)}
    return bool(denied) and denies(clause) not in denied


def _nearest(terms: Terms, clauses: Sequence[_Clause]) -> Iterator[str]:
    most = max((len(terms & clause.terms) for clause in clauses), default=0)
    return (one.text for one in clauses if len(terms & one.terms) >= max(1, one.near * most))


def _clauses(text: str) -> Iterator[_Clause]:
    """Clauses, and their parts between commas: "too slow, because it does not cache" says two
    things."""
    for clause in (clause for sentence in sentences(text) for clause in _split(sentence)):
        yield _Clause(clause, terms_of(clause), _NEAR)
        parts = _COMMA.split(clause)
        for part in parts if len(parts) > 1 else ():
            if letters(part) >= _LEAST_PART:
                yield _Clause(part, terms_of(part), _PART_NEAR)


def _split(sentence: str) -> Iterator[str]:
    return (clause for clause in _CLAUSE_END.split(sentence) if clause)
