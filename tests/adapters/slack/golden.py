"""Whole payloads kept in files, and what a reader on Slack gets of a payload."""

import json
import os
from pathlib import Path
from typing import Any

from adapters.slack.text import message_text, read_text
from tests.slack.blockkit import message_problems, view_problems

Json = dict[str, Any]
FILES = Path(__file__).parents[2] / "golden" / "slack"


def compare(name: str, payload: Json) -> None:
    """With the file of that name, and Slack takes it; GOLDEN=write writes it."""
    assert (view_problems if "type" in payload else message_problems)(payload) == []
    file = FILES / f"{name}.json"
    if os.environ.get("GOLDEN") == "write":
        text = json.dumps(payload, ensure_ascii=False, indent=2)
        file.write_text(text + "\n", encoding="utf-8")
    assert payload == json.loads(file.read_text(encoding="utf-8"))


def shown(payload: Json) -> str:
    """The words in the blocks, without buttons."""
    return read_text(message_text({"blocks": payload["blocks"]}), {})
