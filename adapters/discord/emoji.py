"""Discord's emoji: a sign, or a server's own with a name and an id. Pure.

docs.discord.com/developers/resources/emoji: of a reaction, `name` is the sign itself or the
custom emoji's name, which is null once that was deleted.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.refs import Emoji, emoji

_CUSTOM = re.compile(":([A-Za-z0-9_]{2,32}):")


def emoji_of(payload: Mapping[str, Any]) -> Emoji:
    """The emoji of a reaction: 👍, or `:name:` for a server's own; one that was deleted is its
    id."""
    name, number = payload.get("name"), payload.get("id")
    return emoji(f":{name or number}:" if number else str(name or ""))


def reaction(sign: Emoji, custom: Mapping[str, str]) -> str:
    """What the address of a reaction takes: the sign, or `name:id` of one of a server's own, which
    `custom` has by name; a name that it lacks stays as it is, and Discord knows it not."""
    from emoji import demojize, emojize  # a table of its own, read when first needed

    own = _CUSTOM.fullmatch(sign)
    if own is None:  # whole again: Discord knows ❤ only with its variation selector
        return emojize(demojize(sign))
    names = {name.lower(): name for name in custom}
    name = names.get(own[1].lower(), own[1])
    return f"{name}:{custom[name]}" if name in custom else sign
