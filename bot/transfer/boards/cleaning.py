"""Another board's cells as we keep them."""

import re
from datetime import UTC, datetime
from hashlib import sha256

from bot.ideas import TEXT_LIMIT, TITLE_LIMIT, Wording
from bot.reading.clean import clean, one_line, shorten, title_of
from bot.transfer.fields import storable

MOST_VOTES = 10_000


def wording(title: str, body: str, area: str = "") -> Wording:
    """Title and text; what is too long for a title is told in the text. ValueError without one."""
    short, text = one_line(storable(title)), clean(storable(body))
    if not short:
        raise ValueError("has no title")
    if len(short) > TITLE_LIMIT:
        text = f"{short}\n\n{text}".rstrip()
    return Wording(shorten(short, TITLE_LIMIT), shorten(text, TEXT_LIMIT), area=area)


def said(text: str) -> Wording:
    """The wording of an idea that is one text without a title. ValueError for an empty one."""
    whole = clean(storable(text))
    title = title_of(whole, TITLE_LIMIT)
    if not title:
        raise ValueError("has no text")
    return Wording(title, "" if title == whole else shorten(whole, TEXT_LIMIT))


def reply(text: str) -> str:
    """What the team answered."""
    return shorten(clean(storable(text)), TEXT_LIMIT)


def moment(text: str) -> datetime | None:
    """A time, UTC where no zone is given; None for an empty cell, ValueError for another text."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text.strip())
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f'has "{text[:40]}" where a time should be') from None


def count(text: str) -> int:
    """A number of votes; ValueError for what is none, or more than we make up people for."""
    if not text.strip():
        return 0
    if not (text.isascii() and text.strip().isdecimal()) or int(text[:9]) > MOST_VOTES:
        raise ValueError(f'has "{text[:40]}" votes; a number up to {MOST_VOTES:,} is possible')
    return int(text)


def key(*parts: str) -> str:
    """An id fit for our audit: as it is when it is short and plain, else a fingerprint."""
    if len(parts) == 1 and re.fullmatch(r"[A-Za-z0-9_.:-]{1,64}", parts[0]):
        return parts[0]
    return fingerprint("\n".join(parts))


def fingerprint(text: str) -> str:
    """The same for the same text, and not the text: e-mail addresses are not kept."""
    return sha256(text.encode(errors="replace")).hexdigest()[:24]


def person(email: str) -> str:
    """Who an address belongs to."""
    return fingerprint(email.strip().casefold())
