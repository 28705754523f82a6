"""What may never stand in a sentence a model wrote: whatever could ping, lead away or be obeyed."""

import re
import unicodedata

_JOINERS = "\u200c\u200d"
"""Persian, Indic scripts and emoji need them."""
_SEEN = frozenset(_JOINERS + "\n\t")
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*:\s*/\s*/|\bwww\s*\.|\b(?:javascript|mailto|tel):", re.IGNORECASE
)
_MENTION = re.compile(r"@|<\s*[!#/a-z]|&lt;|(?:^|[\s(])#[a-z_-]", re.IGNORECASE)
_MARKUP = re.compile(r"\]\s*\(|```|[{}|]|\*\*|__|\\")
_COMMAND = re.compile(r"(?:^|[\s\"“'(])/[a-z][\w-]*(?![\w/])|^\s*(?:[$%>!]|sudo\b)", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:system|assistant|user|developer|instructions?)\s*:"
    r"|\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier"
    r"|instructions?|rules|prompts?)\b"
    r"|\bas an? (?:ai|language model)\b|\bsystem prompt\b",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"\b[^\W_][\w-]*[.。]([^\W\d_]{2,24})\b")
_FILES = frozenset(
    "css csv doc docx gif htm html ini jpeg jpg js json lock log lua pdf png ppt pptx sql svg toml "
    "tsv txt xls xlsx xml yaml yml".split()
)
"""Endings of files that are no ending of an address."""


_UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))
_SELECTORS = range(0xE0100, 0xE01F0)


def visible(text: str) -> str:
    """Text without characters that do not show: what somebody hides in it says nothing."""
    return "".join(c for c in text if c in _SEEN or not _is_unseen(c))


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN or ord(character) in _SELECTORS


def is_plain(text: str) -> bool:
    """Whether it is prose alone: no address, mention, markup, command, or word to the model."""
    bare = unicodedata.normalize("NFKC", "".join(c for c in text if c not in _JOINERS))
    if any(found.search(bare) for found in (_ADDRESS, _MENTION, _MARKUP, _COMMAND, _ROLE)):
        return False
    return all(ending[1].casefold() in _FILES for ending in _DOMAIN.finditer(bare))
