"""Slack's names for emoji, and back.

Most of them are the usual ones, which the package `emoji` knows; a name that neither it nor the
table below knows stays what it is, `:name:`, as does a workspace's own.
"""

import re
from functools import lru_cache

from bot.refs import Emoji, emoji

_FLAG = re.compile(r"flag-([a-z])([a-z])")
_FLAG_SIGN = re.compile("[🇦-🇿]{2}")
_A = ord("🇦") - ord("a")

_OTHERS = {
    "beetle": "🪲",
    "egg": "🥚",
    "email": "✉️",
    "large_brown_circle": "🟤",
    "large_green_circle": "🟢",
    "large_orange_circle": "🟠",
    "large_purple_circle": "🟣",
    "large_yellow_circle": "🟡",
    "octagonal_sign": "🛑",
    "satellite": "🛰️",
    "snowman": "☃️",
    "umbrella": "☂️",
}
"""Where Slack means another sign by a name than others do, or has a name of its own that somebody
may well react with. https://github.com/iamcal/emoji-data has them all."""


def emoji_named(name: str) -> Emoji:
    """The emoji of a reaction: `thumbsup::skin-tone-3` is 👍, a workspace's own is `:name:`."""
    known = name.partition("::")[0].strip(":").lower()
    return emoji(sign_of(f":{known}:"))


def name_of(sign: Emoji) -> str:
    """What `reactions.add` calls an emoji; one that nobody knows stays as it is."""
    from emoji import demojize  # a table of its own, read when first needed

    if _FLAG_SIGN.fullmatch(sign):
        return "flag-" + "".join(chr(ord(letter) - _A) for letter in sign)
    return demojize(sign, language="alias").strip(":")


@lru_cache(maxsize=2_048)
def sign_of(code: str) -> str:
    """What `:tada:`, as Slack writes it in a text, stands for: 🎉; a workspace's own stay codes."""
    from emoji import emojize

    name = code[1:].partition(":")[0]
    if name in _OTHERS:
        return _OTHERS[name]
    if flag := _FLAG.fullmatch(name):
        return "".join(chr(ord(letter) + _A) for letter in flag.groups())
    return emojize(f":{name}:", language="alias") if name else code
