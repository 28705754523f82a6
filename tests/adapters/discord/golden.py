"""Whole payloads kept in files, and what a reader on Discord gets of a payload."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.discord.drawn import Piece, drawn
from tests.discord.validator import message_problems, modal_problems

Json = dict[str, Any]
FILES = Path(__file__).parents[2] / "golden" / "discord"


def compare(name: str, payload: Json) -> None:
    """With the file of that name, and Discord takes it; GOLDEN=write writes it."""
    assert (modal_problems if "title" in payload else message_problems)(payload) == []
    file = FILES / f"{name}.json"
    if os.environ.get("GOLDEN") == "write":
        text = json.dumps(payload, ensure_ascii=False, indent=2)
        file.write_text(text + "\n", encoding="utf-8")
    assert payload == json.loads(file.read_text(encoding="utf-8"))


def marked(payload: Json) -> Iterator[str]:
    """Every text of a message that Discord reads as markup."""
    yield payload["content"]
    for embed in payload["embeds"]:
        yield embed.get("title", "")
        yield embed.get("description", "")
        for field in embed.get("fields", ()):
            yield from (field["name"], field["value"])


def pieces(payload: Json) -> list[Piece]:
    """What is drawn of all of them."""
    return [piece for text in marked(payload) for piece in drawn(text)]


def shown(payload: Json) -> str:
    """The words of a message, without buttons; a footer is read as it is."""
    texts = ["".join(piece.text for piece in drawn(text)) for text in marked(payload)]
    texts += [embed["footer"]["text"] for embed in payload["embeds"] if "footer" in embed]
    return "\n".join(text for text in texts if text)
