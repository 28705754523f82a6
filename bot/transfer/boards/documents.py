"""JSON that is too large to read at once: the objects of one long list, one after another."""

import io
import json
import re
from collections.abc import Iterator
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from bot.transfer.problems import Unreadable

_BLOCK = 1 << 16
_LARGEST = 1 << 24
_LIST = re.compile(r'\A\s*\[|(?<!\\)"messages"\s*:\s*\[')


def objects(file: IO[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of the list that the file is, or that it has under "messages", numbered."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace")
    try:
        buffer = _begun(text)
        decoder, place = json.JSONDecoder(), 0
        while True:
            buffer = buffer.lstrip(" \t\r\n,")
            if buffer.startswith("]"):
                return
            try:
                item, end = decoder.raw_decode(buffer)
            except (json.JSONDecodeError, RecursionError):
                buffer += _more(text, buffer)
                continue
            buffer, place = buffer[end:], place + 1
            if isinstance(item, dict):
                yield place, item
    finally:
        text.detach()


def _begun(text: io.TextIOWrapper) -> str:
    buffer = ""
    while not (found := _LIST.search(buffer)):
        buffer += _more(text, buffer)
    return buffer[found.end() :]


def _more(text: io.TextIOWrapper, buffer: str) -> str:
    more = text.read(_BLOCK)
    if not more or len(buffer) > _LARGEST:
        raise Unreadable("This is not the JSON that was expected, or it ends in the middle.")
    return more


def member_file(archive: ZipFile, name: str) -> IO[bytes]:
    """A file in an archive, in whichever folder. Unreadable when it is not there."""
    for inside in archive.namelist():
        if inside.rpartition("/")[2] == name:
            try:
                return archive.open(inside)
            except (BadZipFile, RuntimeError, NotImplementedError) as error:
                raise Unreadable(f"{name} in this archive cannot be read: {error}.") from None
    raise Unreadable(f"This archive has no {name}. Does it come from that board?")
