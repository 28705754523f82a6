"""A model's answer as what we asked for: by schema or not, in a fence or after its thoughts."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.summaries import Part

_THOUGHTS_BEGIN = re.compile(r"<think(?:ing)?>", re.IGNORECASE)
_THOUGHTS_END = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
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
    listed = _found(answer, "sentences")
    if not isinstance(listed, list):
        return None
    made = (_claim(one) for one in listed[:_MOST] if isinstance(one, dict))
    return [claim for claim in made if claim]


def title(answer: str) -> str | None:
    """The title of an answer; None when it has none."""
    text = _found(answer, "title")
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


def _found(answer: str, name: str) -> object:
    """What the first whole JSON object with such a name has there; None when there is none."""
    plain = _said(answer[:_LONGEST])
    for start in _starts(plain):
        try:
            found, _ = json.JSONDecoder().raw_decode(plain, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and name in found:
            return found[name]
    return None


def _said(answer: str) -> str:
    """Without what was thought before; some servers leave out where that begins."""
    if answer.lstrip("\ufeff \n").startswith("{"):
        return answer
    said = _THOUGHTS_END.split(answer)[-1]
    return _THOUGHTS_BEGIN.split(said)[0]


def _starts(text: str, most: int = 5) -> Iterator[int]:
    """Where an object may begin, the first few places."""
    at = text.find("{")
    while at >= 0 and most:
        yield at
        at, most = text.find("{", at + 1), most - 1
