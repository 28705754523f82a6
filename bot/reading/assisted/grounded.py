"""What of a model's sentences holds: each cites messages there are, and says only what they say.

Pure and deterministic; a sentence that fails is dropped, never mended.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.events import ReadMessage
from bot.reading.assisted.answers import Claim
from bot.reading.assisted.negation import turned
from bot.reading.assisted.screen import is_plain, visible
from bot.reading.clean import letters, one_line
from bot.reading.summarize.terms import COMMON, CONNECTING, Terms, terms_of
from bot.summaries import Citation, Part, Statement

SENTENCE_LIMIT = 320
"""Characters; nobody needs a longer sentence."""
_MOST_CITES = 8
_SUPPORTED = 0.5
"""Of a sentence's telling words: so many stand in what it cites. `docs/summaries.md` has the
measurement."""
_NOUNS_CAPITAL = 0.15
"""Where more of the words within sentences begin with a capital, a capital is no name (German)."""

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_QUOTED = re.compile(
    r"[“„«»\"”‟]([^“„«»\"”‟]{2,}?)[”“»«\"]|‘([^‘']{8,})'|「([^」]+)」|『([^』]+)』"
)
_CAPITAL = re.compile(r"(?<![.!?:…]\s)(?<!^)(?<![\w'’-])[^\W\d_][\w'’-]*")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True, slots=True)
class _Source:
    """What the cited messages say, and the words of their authors' names."""

    text: str
    terms: Terms
    numbers: frozenset[str]
    words: frozenset[str]
    authors: frozenset[str]

    @classmethod
    def of(cls, messages: Sequence[ReadMessage]) -> "_Source":
        """The sources together."""
        text = _folded("\n".join(visible(message.text) for message in messages))
        people = _folded(" ".join(visible(message.author_name) for message in messages))
        return cls(text, terms_of(text), _numbers(text), _stems(text), _stems(people))


@dataclass(frozen=True, slots=True)
class _Thread:
    """Whose words it is made of, and whether they are English."""

    people: frozenset[str]
    english: bool

    @classmethod
    def of(cls, messages: Collection[ReadMessage]) -> "_Thread":
        """Of all its messages, the cited ones and the others."""
        people = _folded(" ".join(visible(message.author_name) for message in messages))
        words = _folded(" ".join(visible(message.text) for message in messages))
        return cls(_stems(people), _is_english(_stems(words)))


def grounded(claims: Iterable[Claim], messages: Mapping[int, ReadMessage]) -> tuple[Statement, ...]:
    """The claims that hold, as statements, in the order of their parts; each is told once."""
    thread = _Thread.of(messages.values())
    held: dict[str, Statement] = {}
    for claim in claims:
        statement = _statement(claim, messages, thread)
        if statement is not None:
            held.setdefault(statement.text.casefold(), statement)
    order = {part: place for place, part in enumerate(Part)}
    return tuple(sorted(held.values(), key=lambda statement: order[statement.part]))


def grounded_title(text: str, source: str, limit: int) -> str:
    """A title that says only what its source says; nothing if it says more, or is too long."""
    title = one_line(visible(text)).rstrip(".。 ")
    if not 3 <= len(title) <= limit or not is_plain(title) or letters(title) < 3:
        return ""
    said = _folded(visible(source))
    found = _Source(said, terms_of(said), _numbers(said), _stems(said), frozenset())
    thread = _Thread(frozenset(), _is_english(found.words))
    return title if _says_only(title, found, thread) else ""


def _statement(
    claim: Claim, messages: Mapping[int, ReadMessage], thread: _Thread
) -> Statement | None:
    text = one_line(visible(claim.text))
    if not claim.cites or len(claim.cites) > _MOST_CITES or len(text) > SENTENCE_LIMIT:
        return None
    if any(cite not in messages for cite in claim.cites) or letters(text) < 3:
        return None
    cited = [messages[cite] for cite in claim.cites]
    if not is_plain(text) or not _says_only(text, _Source.of(cited), thread):
        return None
    if turned(text, _telling(_folded(text), thread.people), [visible(m.text) for m in cited]):
        return None
    citations = tuple(Citation(m.ref, m.author, m.author_name, m.permalink) for m in cited)
    return _both_sides(Statement(claim.part, text, citations))


def _both_sides(statement: Statement) -> Statement:
    """Who disagrees is at least two: one person's view is a point."""
    sides = {citation.author for citation in statement.citations}
    alone = statement.part is Part.DISAGREEMENT and len(sides) < 2
    return replace(statement, part=Part.POINT) if alone else statement


def _says_only(text: str, source: _Source, thread: _Thread) -> bool:
    """Its numbers, names, quotations and most of its telling words stand in the source."""
    plain = _folded(text)
    if not _numbers(plain) <= source.numbers:
        return False
    if not all(quoted in source.text for quoted in _quotations(plain)):
        return False
    if not _names_hold(plain, source, thread):
        return False
    return _shared(plain, source, thread.people) >= _SUPPORTED


def support(text: str, messages: Sequence[ReadMessage]) -> float:
    """The share of a sentence's telling words that stand in these messages."""
    return _shared(_folded(text), _Source.of(messages), _Thread.of(messages).people)


def _telling(text: str, people: frozenset[str]) -> Terms:
    """What it is framed with and people's names tell nothing."""
    return terms_of(text) - _FRAME - people


def _shared(text: str, source: _Source, people: frozenset[str]) -> float:
    telling = _telling(text, people)
    return len(telling & source.terms) / len(telling) if telling else 0.0


def _folded(text: str) -> str:
    """One form for what looks the same; case stays, blanks are one space."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").split())


def _numbers(text: str) -> frozenset[str]:
    """Numbers in their digits' values, whatever the script."""
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    return frozenset(_NUMBER.findall(digits))


def _quotations(text: str) -> list[str]:
    found = ("".join(groups).strip(" .,!?") for groups in _QUOTED.findall(text))
    return [quoted for quoted in found if quoted]


def _stems(text: str) -> frozenset[str]:
    """Every word, cut so that cases and plurals fall away."""
    return frozenset(_stem(word) for word in _WORD.findall(text))


def _stem(word: str) -> str:
    plain = word.casefold().removesuffix("'s")
    return plain[:6].rstrip("s") or plain


def _is_english(words: frozenset[str]) -> bool:
    return len(words & _ENGLISH) > _ENGLISH_SHARE * len(words)


def _names_hold(text: str, source: _Source, thread: _Thread) -> bool:
    """Whoever the sentence begins with wrote a cited message; other names stand in one, or are its
    author's. In English, where we know the words a summary is framed with, a sentence begins with
    one of them or with a word of the messages."""
    people = thread.people
    known = source.words | source.authors
    within = _capitals(text)
    begins = _WORD.match(text.lstrip("“\"«„‘'("))
    first = frozenset((_stem(begins[0]),)) if begins and begins[0][0].isupper() else frozenset()
    if first & people and not first <= source.authors:
        return False
    if len(_capitals(source.text)) > _NOUNS_CAPITAL * len(source.words):
        return within & people <= known
    return within <= known and (first <= known | _FRAME or not thread.english)


def _capitals(text: str) -> frozenset[str]:
    """The stems of words within sentences that begin with a capital."""
    words = _CAPITAL.findall(text)
    return frozenset(_stem(word) for word in words if word[0].isupper() and word not in _I)


_ENGLISH = frozenset(_stem(word) for word in COMMON if len(word) > 2)
_ENGLISH_SHARE = 0.1
"""Of all words of a thread: English ones have 13 % and more, those of ten other languages at most
7 %."""
_I = frozenset(("I", "I'm", "I'd", "I'll", "I've"))
_FRAME = frozenset(
    _stem(word)
    for word in (
        *COMMON,
        *CONNECTING,
        *"add adds agree agrees argue argues ask asks believe believes both claim claims consider "
        "considers customers describe describes disagree disagrees discuss discusses everybody "
        "everyone explain explains feel feels find finds group hold holds instead join joins "
        "member members mention mentions note notes offer offers open opposes participants people "
        "person prefer prefers propose proposes proposal question questions raise raises reply "
        "replies report reports say says several someone somebody state states suggest suggests "
        "support supports team think thinks thread three two users want wants wish wishes".split(),
    )
)
"""What a summary is framed with: neither names nor what a sentence tells."""
