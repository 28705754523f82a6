"""Messages of a Discord channel: as DiscordChatExporter or Discord's own API writes them.

https://docs.discord.com/developers/resources/message
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO

from bot.refs import AccountRef
from bot.transfer.boards.board import Item, Post, Source, items
from bot.transfer.boards.cleaning import MOST_VOTES
from bot.transfer.boards.documents import objects
from bot.transfer.problems import Problem

Message = dict[str, Any]
Read = Callable[[Source, int, Message, Message], Post | None]
"""Source, place, the message and its embed → the post, if it is one; ValueError for a bad one."""


def suggestions(read: Read, file: BinaryIO, source: Source) -> Iterator[Item | Problem]:
    """Everything in a file; messages that are no suggestions are passed over."""
    return items(partial(_posts, read, file, source), source.realm)


def _posts(read: Read, file: BinaryIO, source: Source) -> Iterator[Post | Problem]:
    file.seek(0)
    for place, message in objects(file):
        for embed in (one for one in _list(message, "embeds") if isinstance(one, dict)):
            try:
                post = read(source, place, message, embed)
            except ValueError as error:
                yield Problem(place, f"This suggestion {error}.")
            else:
                if post:
                    yield post


def text(of: Any, *path: str) -> str:  # noqa: ANN401 - foreign JSON
    """A text deep in a message, empty when it is not there."""
    for key in path:
        of = of.get(key) if isinstance(of, dict) else None
    return str(of) if isinstance(of, str | int) else ""


def fields(embed: Message) -> dict[str, str]:
    """The fields of an embed by name."""
    named = (one for one in _list(embed, "fields") if isinstance(one, dict))
    return {text(one, "name"): text(one, "value") for one in named}


def first_reaction(message: Message) -> tuple[tuple[tuple[AccountRef, str], ...], int]:
    """Who gave the first reaction, which is the bot's sign for yes; or how many, less the bot.

    Discord keeps reactions in the order of their first use. Only some exports name the people;
    they are accounts of Discord, so that each has one vote here too.
    """
    reaction = next((one for one in _list(message, "reactions") if isinstance(one, dict)), {})
    people = [one for one in _list(reaction, "users") if isinstance(one, dict) and text(one, "id")]
    if people:
        voters = [person for person in people if not (person.get("isBot") or person.get("bot"))]
        return tuple((_account(one), _name(one)) for one in voters), 0
    count = reaction.get("count")
    return (), max(0, count - 1) if isinstance(count, int) and count <= MOST_VOTES else 0


def _account(person: Message) -> AccountRef:
    return AccountRef("discord", text(person, "id"))


def _name(person: Message) -> str:
    names = (text(person, key) for key in ("nickname", "global_name", "name", "username"))
    return next((name for name in names if name), "")


def _list(of: Message, key: str) -> list[Any]:
    found = of.get(key)
    return found if isinstance(found, list) else []
