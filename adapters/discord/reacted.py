"""Who gave a reaction, by the message as Discord shows it."""

from collections.abc import Mapping
from typing import Any

from adapters.discord.calls import call
from adapters.discord.community import Community
from adapters.discord.emoji import emoji_of
from adapters.discord.limits import Json
from bot.refs import Emoji

_REACTIONS = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}"
_PAGE = 100
_NORMAL, _SUPER = 0, 1
"""Kinds of reactions, which are told apart
(docs.discord.com/developers/resources/message#get-reactions)."""


async def who_reacted(at: Community, message: Mapping[str, Any], wanted: Emoji) -> list[Json]:
    """The people who gave an emoji, in any skin tone, normal or super; somebody with two of these
    comes twice."""
    found: list[Json] = []
    for given in message.get("reactions") or ():
        emoji = given["emoji"]
        if emoji_of(emoji) == wanted:
            raw = f"{emoji['name']}:{emoji['id']}" if emoji.get("id") else emoji["name"]
            found += await _who(at, message, str(raw), _NORMAL)
            if (given.get("count_details") or {}).get("burst"):
                found += await _who(at, message, str(raw), _SUPER)
    return [user for user in found if not user.get("bot")]


async def _who(at: Community, message: Mapping[str, Any], emoji: str, kind: int) -> list[Json]:
    found: list[Json] = []
    while True:
        after = {"after": str(found[-1]["id"])} if found else {}
        page: list[Json] = await call(
            at.client,
            "GET",
            _REACTIONS,
            params={"limit": _PAGE, "type": kind, **after},
            channel_id=str(message["channel_id"]),
            message_id=str(message["id"]),
            emoji=emoji,
        )
        found += page
        if len(page) < _PAGE:
            return found
