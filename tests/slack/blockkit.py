"""What Slack refuses in a message, a view or options, written from its documentation.

It knows nothing of our renderer. Pieces we never send (tables, videos …) are refused like unknown
ones. Limits: docs.slack.dev/reference/block-kit, /reference/views and slack_sdk's models.
"""

import json
from collections.abc import Callable, Sequence

from tests.slack.elements import (
    SELECTS,
    Json,
    Problems,
    element_problems,
    image_problems,
    limited,
    options_problems,
    plain_problems,
    text_problems,
    twice,
    unknown_keys,
)
from tests.slack.richtext import rich_text_problems

TEXT = 4_000
"""`chat.update` refuses more (`msg_too_long`); as others measured it, in UTF-8 bytes."""
ALL_BLOCKS = 13_200
"""`msg_blocks_too_long`: undocumented, measured at github.com/slackapi/bolt-js/issues/2509 and
/2867; the measurements agree on the length of the blocks as JSON, not on that of their texts."""
BLOCK_ID = len('"block_id":"aBcDe",')
"""Slack adds an id to a block that has none."""
VIEW_BYTES = 250_000
_VIEW_KEYS = {
    "modal": {"type", "title", "submit", "close", "blocks", "callback_id", "private_metadata"}
    | {"clear_on_close", "notify_on_close", "external_id", "submit_disabled"},
    "home": {"type", "blocks", "callback_id", "private_metadata", "external_id"},
}


def message_problems(payload: Json) -> list[str]:
    """What is wrong with the `text` and `blocks` of a message."""
    return list(_message(payload))


def view_problems(view: Json) -> list[str]:
    """What is wrong with a modal or a home tab."""
    return list(_view(view))


def option_problems(options: Sequence[Json]) -> list[str]:
    """What is wrong with the options that answer a `block_suggestion`; there may be none."""
    return list(options_problems("the answer", options, least=0))


def _message(payload: Json) -> Problems:
    text, blocks = payload.get("text"), payload.get("blocks", [])
    if not isinstance(text, str) or not text.strip():
        yield "a message needs text, for notifications and screen readers"
    elif _bytes(text) > TEXT:
        yield f"text: longer than {TEXT:,} (msg_too_long)"
    yield from _blocks(blocks, 50, least=0)
    if len(_json(blocks)) + BLOCK_ID * len(blocks) > ALL_BLOCKS:
        yield f"blocks: more than {ALL_BLOCKS:,} characters in all (msg_blocks_too_long)"


def _view(view: Json) -> Problems:
    kind, blocks = view.get("type", ""), view.get("blocks", [])
    if kind not in _VIEW_KEYS:
        yield f"view: unknown type {kind!r}"
        return
    yield from unknown_keys("view", view, _VIEW_KEYS[kind])
    yield from _blocks(blocks, 100, least=1)
    yield from limited("view private_metadata", view.get("private_metadata", ""), 3_000, least=0)
    yield from limited("view callback_id", view.get("callback_id", ""), 255, least=0)
    if _bytes(_json(view)) > VIEW_BYTES:
        yield "view: larger than 250 kB (view_too_large)"
    if kind == "modal":
        yield from plain_problems("view title", view.get("title"), 24)
        for part in ("submit", "close"):
            if part in view:
                yield from plain_problems(f"view {part}", view[part], 24)
        if "submit" not in view and any(block.get("type") == "input" for block in blocks):
            yield "view: input blocks need a submit"


def _blocks(blocks: Sequence[Json], most: int, *, least: int) -> Problems:
    if not least <= len(blocks) <= most:
        yield f"blocks: {len(blocks)} of {least} to {most}"
    yield from twice("block_id", [block["block_id"] for block in blocks if "block_id" in block])
    ids = [
        (block.get("block_id") if block.get("type") == "input" else "", element["action_id"])
        for block in blocks
        for element in _interactive(block)
        if "action_id" in element
    ]
    yield from twice("action_id", ids)
    for number, block in enumerate(blocks):
        yield from (f"block {number}: {problem}" for problem in _block(block))


def _interactive(block: Json) -> list[Json]:
    """The elements that an interaction names by their `action_id`."""
    candidates = [*block.get("elements", ()), block.get("element"), block.get("accessory")]
    return [element for element in candidates if isinstance(element, dict)]


def _block(block: Json) -> Problems:
    kind = block.get("type", "")
    check = _BLOCKS.get(kind)
    if check is None:
        yield f"unknown type {kind!r}"
        return
    if "block_id" in block:
        yield from limited("block_id", block["block_id"], 255)
    yield from (f"{kind}: {problem}" for problem in check(block))


def _section(block: Json) -> Problems:
    yield from unknown_keys("section", block, {"text", "fields", "accessory", "expand"})
    if "text" not in block and not block.get("fields"):
        yield "needs text or fields"
    if "text" in block:
        yield from text_problems("text", block["text"], 3_000)
    if len(block.get("fields", ())) > 10:
        yield "more than 10 fields"
    for field in block.get("fields", ()):
        yield from text_problems("field", field, 2_000)
    if "accessory" in block:
        yield from element_problems(block["accessory"], {"button", "image", *SELECTS})


def _header(block: Json) -> Problems:
    yield from unknown_keys("header", block, {"text"})
    yield from plain_problems("text", block.get("text"), 150)


def _divider(block: Json) -> Problems:
    yield from unknown_keys("divider", block, set())


def _actions(block: Json) -> Problems:
    yield from unknown_keys("actions", block, {"elements"})
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 25:
        yield f"{len(elements)} elements of 1 to 25"
    for element in elements:
        yield from element_problems(element, {"button", *SELECTS})


def _context(block: Json) -> Problems:
    yield from unknown_keys("context", block, {"elements"})
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 10:
        yield f"{len(elements)} elements of 1 to 10"
    for element in elements:
        if element.get("type") == "image":
            yield from image_problems(element)
        else:
            yield from text_problems("element", element, 2_000)


def _input(block: Json) -> Problems:
    keys = {"label", "element", "hint", "optional", "dispatch_action"}
    yield from unknown_keys("input", block, keys)
    yield from plain_problems("label", block.get("label"), 2_000)
    if "hint" in block:
        yield from plain_problems("hint", block["hint"], 2_000)
    yield from element_problems(block.get("element", {}), {"plain_text_input", *SELECTS})


def _rich_text(block: Json) -> Problems:
    yield from unknown_keys("rich_text", block, {"elements"})
    yield from rich_text_problems(block.get("elements", []))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


_BLOCKS: dict[str, Callable[[Json], Problems]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "actions": _actions,
    "context": _context,
    "image": image_problems,
    "input": _input,
    "rich_text": _rich_text,
}
