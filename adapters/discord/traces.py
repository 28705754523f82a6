"""Finding what an earlier attempt has sent after all.

Discord tells a nonce in its answer to the post, and in the gateway's event of that moment; of a
message that is fetched later it is lost. So ours is known by what it shows: the same buttons below
the same titles, whose counts may have changed since, or else the same words.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from discord.utils import time_snowflake

from adapters.discord.community import Community
from adapters.discord.reading import PAGE, page
from adapters.memory import Memory

Json = Mapping[str, Any]
CLOCKS_APART = timedelta(minutes=1)
"""How far Discord's clock may be from ours."""
_PAGES = 5
"""A busy channel has more messages than are looked through."""
_DAY = 24 * 60 * 60.0


class Traces:
    """What one login has sent."""

    def __init__(self, community: Community, monotonic: Callable[[], float]) -> None:
        self._at = community
        self._sent = Memory[str](_DAY, monotonic)

    def sent(self, message: str, nonce: str) -> None:
        """Discord took it: no other is found in its place."""
        self._sent.keep(message, nonce)

    async def find(self, channel: str, nonce: str, body: Json, since: datetime) -> str | None:
        """The id of the message that was sent with this nonce, or that shows the same as `body`."""
        after = str(time_snowflake(since - CLOCKS_APART))
        for _ in range(_PAGES):
            found = await page(self._at, channel, after)
            for message in found:
                if self._may_be(message, nonce, body):
                    return str(message["id"])
            if len(found) < PAGE:
                break
            after = str(found[-1]["id"])
        return None

    def _may_be(self, message: Json, nonce: str, body: Json) -> bool:
        if str(message["author"]["id"]) != self._at.bot:
            return False
        known = self._sent.get(str(message["id"]))
        return known == nonce if known else shows(message, body)


def shows(message: Json, body: Json) -> bool:
    """Whether a message shows what we would send, as far as it stays the same."""
    if _actions(body):
        return _actions(message) == _actions(body) and _titles(message) == _titles(body)
    return not _actions(message) and [*_words(message)] == [*_words(body)]


def _actions(message: Json) -> list[str]:
    rows = message.get("components") or ()
    return [str(one.get("custom_id")) for row in rows for one in row.get("components") or ()]


def _titles(message: Json) -> list[str]:
    return [str(embed.get("title") or "").strip() for embed in message.get("embeds") or ()]


def _words(message: Json) -> Iterator[str]:
    yield str(message.get("content") or "").strip()
    for embed in message.get("embeds") or ():
        yield str(embed.get("title") or "").strip()
        yield str(embed.get("description") or "").strip()
        for field in embed.get("fields") or ():
            yield str(field["value"]).strip()
