"""What Slack refuses inside a `rich_text` block.

docs.slack.dev/reference/block-kit/blocks/rich-text-block. Empty pieces are refused with "must be
more than 0 characters" (github.com/NousResearch/hermes-agent/pull/59621, live rejections).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

Json = dict[str, Any]

_STYLES = {"bold", "italic", "strike", "code", "underline"}
_PIECES = {
    "text": {"text"},
    "link": {"url", "text", "unsafe"},
    "user": {"user_id"},
    "channel": {"channel_id"},
    "usergroup": {"usergroup_id"},
    "broadcast": {"range"},
    "emoji": {"name", "unicode", "skin_tone"},
}
_IDS = {"user_id": "[UW]", "channel_id": "[CGD]", "usergroup_id": "S"}


def rich_text_problems(elements: Sequence[Json]) -> Iterator[str]:
    """What is wrong with the elements of a block: sections, quotes, preformatted text and lists."""
    if not elements:
        yield "rich_text without elements"
    for element in elements:
        kind, inner = element.get("type"), element.get("elements", [])
        if not inner:
            yield f"{kind} without elements"
        if kind == "rich_text_list":
            if element.get("style") not in {"bullet", "ordered"}:
                yield "a list without a style"
            yield from rich_text_problems(inner)
        elif kind in {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}:
            for piece in inner:
                yield from _piece(piece)
        else:
            yield f"unknown rich text {kind!r}"


def _piece(piece: Json) -> Iterator[str]:
    kind = piece.get("type", "")
    if kind not in _PIECES:
        yield f"unknown piece {kind!r}"
        return
    for key in piece.keys() - _PIECES[kind] - {"type", "style"}:
        yield f"{kind}: unknown key {key!r}"
    style = piece.get("style", {})
    if not style.keys() <= _STYLES or not all(isinstance(on, bool) for on in style.values()):
        yield f"{kind}: unknown style"
    if kind == "text" or "text" in piece:
        yield from _present(piece, "text")
    if kind == "link" and not re.match(r"(https?://|mailto:)\S+$", piece.get("url", "")):
        yield "link: leads nowhere"
    if kind == "broadcast" and piece.get("range") not in {"here", "channel", "everyone"}:
        yield "broadcast: unknown range"
    if kind == "emoji":
        yield from _present(piece, "name")
    for key, prefix in _IDS.items():
        if key in _PIECES[kind] and not re.fullmatch(prefix + "[A-Z0-9]+", piece.get(key, "")):
            yield f"{kind}: no {key}"


def _present(piece: Json, key: str) -> Iterator[str]:
    if not isinstance(piece.get(key), str) or not piece[key]:
        yield f"{piece['type']}: {key} must be more than 0 characters"
