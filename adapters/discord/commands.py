"""The commands and menus that the bot offers, as Discord registers them. Pure.

docs.discord.com/developers/interactions/application-commands
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from adapters.discord.buttons import label
from adapters.discord.limits import LIMITS, Json
from bot.ports import Menu, MenuItem

_TYPED, _ON_MESSAGE = 1, 3
_STRING = 3


@dataclass(frozen=True, slots=True)
class Option:
    """Something to type after a command. `chosen`: one of the words that the command's usage has
    in brackets; `completes`: ideas are offered while typing."""

    name: str
    text: str
    required: bool = False
    chosen: bool = False
    completes: bool = False


OPTIONS: Mapping[str, tuple[Option, ...]] = {
    "suggest": (Option("title", "What you would like, in a few words"),),
    "ideas": (
        Option(
            "find",
            "Words, a number, or: top, new, mine, following, waiting",
            completes=True,
        ),
    ),
    "summarize": (
        Option("link", "The link of a message in the thread", required=True),
        Option("length", "How long the summary may be", chosen=True),
    ),
    "sounding": (
        Option("what", "What you would like to see or do", chosen=True),
        Option("code", "With link: the code you were shown on another platform"),
    ),
}
"""What each command takes. What is typed reaches the bot as one text, in this order."""


def commands(menu: Menu) -> list[Json]:
    """All of them, for a bulk overwrite."""
    return [*map(_command, menu.commands), *map(_menu, menu.shortcuts[: LIMITS.menus])]


def _command(item: MenuItem) -> Json:
    options = [_option(item, option) for option in OPTIONS.get(item.name, ())]
    return {
        "type": _TYPED,
        "name": item.name,
        "description": label(item.help, LIMITS.description),
        "options": options,
    }


def _menu(item: MenuItem) -> Json:
    return {"type": _ON_MESSAGE, "name": label(item.help, LIMITS.command)}


def _option(item: MenuItem, option: Option) -> Json:
    shown: Json = {
        "type": _STRING,
        "name": option.name,
        "description": label(option.text, LIMITS.description),
        "required": option.required,
    }
    if option.chosen:
        shown["choices"] = [{"name": word, "value": word} for word in _words(item.usage)]
    return shown | ({"autocomplete": True} if option.completes else {})


def _words(usage: str) -> Iterator[str]:
    """`line`, `paragraph` and `full` of `LINK [line | paragraph | full]`."""
    for group in re.findall(r"\[(.*?)\]", usage):
        yield from (word.strip() for word in group.split("|"))
