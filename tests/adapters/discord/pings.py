"""Of everything that was sent: it pings exactly the accounts that it names itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from tests.adapters.discord.golden import pieces
from tests.discord.drawn import drawn
from tests.discord.world import ApiCall

Json = dict[str, Any]
OURS = {"text", "bold", "code", "link", "address", "user", "channel"}
"""What our own nodes are drawn as; markup of any other kind would be somebody's text."""


def assert_only_ours(calls: Iterable[ApiCall]) -> None:
    """Whom a message may ping are those it mentions, and nothing in it is drawn but our nodes."""
    for call in calls:
        for message in _messages(call.body):
            found = pieces(message)
            assert {piece.kind for piece in found} <= OURS, (call.route, found)
            named = [one.text for one in drawn(message["content"]) if one.kind == "user"]
            allowed = {"parse": [], "users": list(dict.fromkeys(named))}
            assert message["allowed_mentions"] == allowed, (call.route, named)


def _messages(body: object) -> Iterator[Json]:
    """A message, or the one that answers an interaction; what only defers is none."""
    if isinstance(body, dict):
        data = body.get("data") or {}
        yield from (one for one in (body, data) if "content" in one or "embeds" in one)
