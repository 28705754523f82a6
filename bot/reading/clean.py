"""People's text made fit to keep: what it says is not touched."""

import re
import unicodedata

from bot.reading.summarize.talk import is_small_talk

_CONTROLS = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]"
)
_VOICED = re.compile("[\u3040-\u30ff][\u3099\u309a]")
"""Kana that its mark makes another letter: no accent."""
_BLANKS = re.compile(r"[ \t\u00a0]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")


def harmless(text: str) -> str:
    """The text without control and direction-spoofing characters; lines and blanks stay."""
    return _CONTROLS.sub("", text)


def clean(text: str) -> str:
    """Normalised and harmless; at most one empty line."""
    kept = harmless(unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    lines = (_BLANKS.sub(" ", line).strip() for line in kept.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def folded(text: str) -> str:
    """Lower case and without accents: what two spellings of a word have in common."""
    if text.isascii():  # nothing to take apart: a tenth of the time
        return text.lower()
    voiced = _VOICED.sub(_joined, unicodedata.normalize("NFKD", text))
    spread = voiced.casefold().replace("ı", "i")  # Turkish: the capital of both is an I elsewhere
    return "".join(c for c in spread if not unicodedata.category(c).startswith("M"))


def _joined(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", found[0])


def letters(text: str) -> int:
    """How many letters and digits of any script it holds; emoji and punctuation are none."""
    return sum(unicodedata.category(c)[0] in "LN" for c in text)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word where one is near, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    whole = cut[:space] if space > limit * 2 // 3 else cut
    while (whole and unicodedata.combining(whole[-1])) or whole.endswith(("\u200d", "\ufe0f")):
        whole = whole[:-1]
    return whole.rstrip() + "…"


def title_of(text: str, limit: int) -> str:
    """A title for a longer message: its first sentence, or the first that is more than a greeting,
    shortened."""
    said = [s for s in _SENTENCE_END.split(clean(text)) if letters(s) > 1] or [clean(text)]
    first = next((s for s in said if not is_small_talk(one_line(s))), said[0])
    return shorten(one_line(first).rstrip(".。 "), limit)
