"""The boards we can read, by the names `--from` takes."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from bot.transfer.boards import canny, fider, quackback, suggester, suggestions_bot
from bot.transfer.boards.board import Item, Source
from bot.transfer.problems import Problem

BOARDS: dict[str, Callable[[BinaryIO, Source], Iterator[Item | Problem]]] = {
    "fider": fider.read,
    "canny": canny.read,
    "quackback": quackback.read,
    "suggestions-bot": suggestions_bot.read,
    "suggester": suggester.read,
}
"""Each reads its file several times, from the beginning."""
