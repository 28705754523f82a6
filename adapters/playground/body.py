"""What the page sent, read with care: whatever is missing or malformed becomes a kind sentence."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from adapters.playground.rules import Refused

_MALFORMED = "The page sent something we could not read. Please reload it."


@dataclass(frozen=True, slots=True)
class Body:
    """The JSON object of a request."""

    values: Mapping[str, object]

    @classmethod
    async def of(cls, request: web.Request) -> "Body":
        """The request's body; Refused when it is no JSON object."""
        if request.content_type != "application/json":
            raise Refused(_MALFORMED)
        try:
            values = json.loads(await request.read())
        except (ValueError, RecursionError):
            raise Refused(_MALFORMED) from None
        if not isinstance(values, dict):
            raise Refused(_MALFORMED)
        return cls(values)

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self.values.get(name)
        if not isinstance(value, str):
            raise Refused(_MALFORMED)
        return clean(value)

    def optional(self, name: str) -> str | None:
        """A text, or None when it is null or missing."""
        return None if self.values.get(name) is None else self.text(name)

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self.values.get(name)
        if not isinstance(value, bool):
            raise Refused(_MALFORMED)
        return value

    def texts(self, name: str) -> dict[str, str]:
        """Texts by name."""
        value = self.values.get(name)
        if not isinstance(value, dict):
            raise Refused(_MALFORMED)
        return {key: Body(value).text(key) for key in value}


def clean(text: str) -> str:
    """Text as a platform hands it on: plain line breaks, no control characters, valid Unicode."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = whole.encode(errors="replace").decode()
    return "".join(c for c in whole if c in "\n\t" or unicodedata.category(c) != "Cc")
