"""A model's answer as what we asked for: by schema or not, in a fence or after its thoughts."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.summaries import Part

_THOUGHTS = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_LONGEST = 100_000
"""Characters of an answer that are looked at."""
_MOST = 60
"""Sentences of an answer that are looked at."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence as the model put it, before anything of it was checked."""

    part: Part
    text: str
    cites: tuple[int, ...]


def claims(answer: str) -> list[Claim] | None:
    """The sentences of an answer, those of the right form; None when it has no such list."""
    found = _object(answer)
    listed = found.get("sentences") if found else None
    if not isinstance(listed, list):
        return None
    made = (_claim(one) for one in listed[:_MOST] if isinstance(one, dict))
    return [claim for claim in made if claim]


def title(answer: str) -> str | None:
    """The title of an answer; None when it has none."""
    found = _object(answer)
    text = found.get("title") if found else None
    return text if isinstance(text, str) else None


def _claim(told: dict[str, Any]) -> Claim | None:
    text, cites = told.get("text"), told.get("cites")
    if not isinstance(text, str) or not isinstance(cites, list):
        return None
    if not all(isinstance(cite, int) and not isinstance(cite, bool) for cite in cites):
        return None
    try:
        part = Part(str(told.get("part")))
    except ValueError:
        part = Part.POINT
    return Claim(Part.POINT if part is Part.LINK else part, text, tuple(dict.fromkeys(cites)))


def _object(answer: str) -> dict[str, Any] | None:
    """The first JSON object in it that stands whole."""
    plain = _THOUGHTS.sub("", answer[:_LONGEST])
    for start in _starts(plain):
        try:
            found, _ = json.JSONDecoder().raw_decode(plain, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    return None


def _starts(text: str, most: int = 5) -> Iterator[int]:
    """Where an object may begin, the first few places."""
    at = text.find("{")
    while at >= 0 and most:
        yield at
        at, most = text.find("{", at + 1), most - 1
