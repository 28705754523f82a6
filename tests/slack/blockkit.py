"""What Slack refuses in a message, a view or options, written from its documentation.

It knows nothing of our renderer. Pieces we never send (tables, videos …) are refused like unknown
ones. Limits: docs.slack.dev/reference/block-kit, /reference/views and slack_sdk's models.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.slack.richtext import rich_text_problems

Json = dict[str, Any]
Problems = Iterator[str]

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
    return list(_options("the answer", options, least=0))


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
    yield from _keys("view", view, _VIEW_KEYS[kind])
    yield from _blocks(blocks, 100, least=1)
    yield from _limited("view private_metadata", view.get("private_metadata", ""), 3_000, least=0)
    yield from _limited("view callback_id", view.get("callback_id", ""), 255, least=0)
    if _bytes(_json(view)) > VIEW_BYTES:
        yield "view: larger than 250 kB (view_too_large)"
    if kind == "modal":
        yield from _plain("view title", view.get("title"), 24)
        for part in ("submit", "close"):
            if part in view:
                yield from _plain(f"view {part}", view[part], 24)
        if "submit" not in view and any(block.get("type") == "input" for block in blocks):
            yield "view: input blocks need a submit"


def _blocks(blocks: Sequence[Json], most: int, *, least: int) -> Problems:
    if not least <= len(blocks) <= most:
        yield f"blocks: {len(blocks)} of {least} to {most}"
    yield from _twice("block_id", [block["block_id"] for block in blocks if "block_id" in block])
    ids = [
        (block.get("block_id") if block.get("type") == "input" else "", element["action_id"])
        for block in blocks
        for element in _interactive(block)
        if "action_id" in element
    ]
    yield from _twice("action_id", ids)
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
        yield from _limited("block_id", block["block_id"], 255)
    yield from (f"{kind}: {problem}" for problem in check(block))


def _section(block: Json) -> Problems:
    yield from _keys("section", block, {"text", "fields", "accessory", "expand"})
    if "text" not in block and not block.get("fields"):
        yield "needs text or fields"
    if "text" in block:
        yield from _text("text", block["text"], 3_000)
    if len(block.get("fields", ())) > 10:
        yield "more than 10 fields"
    for field in block.get("fields", ()):
        yield from _text("field", field, 2_000)
    if "accessory" in block:
        yield from _element(block["accessory"], {"button", "image", *_SELECTS})


def _header(block: Json) -> Problems:
    yield from _keys("header", block, {"text"})
    yield from _plain("text", block.get("text"), 150)


def _divider(block: Json) -> Problems:
    yield from _keys("divider", block, set())


def _actions(block: Json) -> Problems:
    yield from _keys("actions", block, {"elements"})
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 25:
        yield f"{len(elements)} elements of 1 to 25"
    for element in elements:
        yield from _element(element, {"button", *_SELECTS})


def _context(block: Json) -> Problems:
    yield from _keys("context", block, {"elements"})
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 10:
        yield f"{len(elements)} elements of 1 to 10"
    for element in elements:
        if element.get("type") == "image":
            yield from _image(element)
        else:
            yield from _text("element", element, 2_000)


def _image(block: Json) -> Problems:
    yield from _keys("image", block, {"alt_text", "image_url", "slack_file", "title"})
    yield from _limited("alt_text", block.get("alt_text"), 2_000)
    if ("image_url" in block) == ("slack_file" in block):
        yield "needs image_url or slack_file"
    if "image_url" in block:
        yield from _limited("image_url", block["image_url"], 3_000)
    if "title" in block:
        yield from _plain("title", block["title"], 2_000)


def _input(block: Json) -> Problems:
    keys = {"label", "element", "hint", "optional", "dispatch_action"}
    yield from _keys("input", block, keys)
    yield from _plain("label", block.get("label"), 2_000)
    if "hint" in block:
        yield from _plain("hint", block["hint"], 2_000)
    yield from _element(block.get("element", {}), {"plain_text_input", *_SELECTS})


def _rich_text(block: Json) -> Problems:
    yield from _keys("rich_text", block, {"elements"})
    yield from rich_text_problems(block.get("elements", []))


def _element(element: Json, allowed: set[str]) -> Problems:
    kind = element.get("type", "")
    if kind not in allowed:
        yield f"no place for an element {kind!r}"
        return
    if kind != "image":
        yield from _limited(f"{kind} action_id", element.get("action_id"), 255)
    if "placeholder" in element:
        yield from _plain(f"{kind} placeholder", element["placeholder"], 150)
    yield from (f"{kind}: {problem}" for problem in _ELEMENTS[kind](element))


def _button(button: Json) -> Problems:
    yield from _keys(
        "button", button, {"action_id", "text", "value", "url", "style", "accessibility_label"}
    )
    yield from _plain("text", button.get("text"), 75)
    yield from _limited("value", button.get("value", ""), 2_000, least=0)
    yield from _limited("url", button.get("url", ""), 3_000, least=0)
    if button.get("style", "primary") not in {"primary", "danger"}:
        yield "unknown style"


def _typed(field: Json) -> Problems:
    keys = {"action_id", "placeholder", "initial_value", "multiline", "min_length", "max_length"}
    yield from _keys("plain_text_input", field, {*keys, "focus_on_load"})
    most = field.get("max_length", 3_000)
    if not 1 <= most <= 3_000:
        yield "max_length outside 1 to 3,000"
    if not 0 <= field.get("min_length", 0) <= most:
        yield "min_length outside 0 to max_length"
    yield from _limited("initial_value", field.get("initial_value", ""), most, least=0)


def _static(select: Json) -> Problems:
    keys = {"action_id", "placeholder", "options", "initial_option", "focus_on_load"}
    yield from _keys("static_select", select, keys)
    options = select.get("options", [])
    yield from _options("options", options, least=1)
    if "initial_option" in select and select["initial_option"] not in options:
        yield "initial_option is none of the options"


def _external(select: Json) -> Problems:
    keys = {"action_id", "placeholder", "initial_option", "min_query_length", "focus_on_load"}
    yield from _keys("external_select", select, keys)
    if "initial_option" in select:
        yield from _options("initial_option", [select["initial_option"]], least=1)
    if not isinstance(select.get("min_query_length", 3), int):
        yield "min_query_length is no number"


def _options(what: str, options: Sequence[Json], *, least: int) -> Problems:
    if not least <= len(options) <= 100:
        yield f"{what}: {len(options)} of {least} to 100 options"
    for option in options:
        yield from _keys("option", option, {"text", "value", "description"}, typed=False)
        yield from _plain(f"{what}: an option's text", option.get("text"), 75)
        yield from _limited(f"{what}: an option's value", option.get("value"), 150)
        if "description" in option:
            yield from _plain(f"{what}: an option's description", option["description"], 75)
    yield from _twice("option value", [option.get("value") for option in options])


def _plain(what: str, text: object, most: int) -> Problems:
    """A text object that must be `plain_text`."""
    if isinstance(text, dict) and text.get("type") == "mrkdwn":
        yield f"{what}: must be plain_text"
    yield from _text(what, text, most)


def _text(what: str, text: object, most: int) -> Problems:
    if not isinstance(text, dict) or text.get("type") not in {"plain_text", "mrkdwn"}:
        yield f"{what}: is no text object"
        return
    only = "emoji" if text["type"] == "plain_text" else "verbatim"
    yield from _keys(what, text, {"text", only})
    yield from _limited(what, text.get("text"), most)


def _limited(what: str, text: object, most: int, *, least: int = 1) -> Problems:
    """A blank text counts as empty: Slack trims some texts before it looks."""
    if not isinstance(text, str):
        yield f"{what}: is missing"
    elif len(text.strip()) < least:
        yield f"{what}: must be more than 0 characters"
    elif len(text) > most:
        yield f"{what}: longer than {most:,}"


def _keys(what: str, thing: Json, known: set[str], *, typed: bool = True) -> Problems:
    """Slack refuses keys it does not know ("invalid additional property")."""
    for key in thing.keys() - known - ({"type", "block_id"} if typed else set()):
        yield f"{what}: unknown key {key!r}"


def _twice(what: str, ids: Sequence[object]) -> Problems:
    for one, count in Counter(ids).items():
        if count > 1:
            yield f"{what} {one!r} is there {count} times"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


_SELECTS = {"static_select", "external_select"}
_BLOCKS: dict[str, Callable[[Json], Problems]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "actions": _actions,
    "context": _context,
    "image": _image,
    "input": _input,
    "rich_text": _rich_text,
}
_ELEMENTS: dict[str, Callable[[Json], Problems]] = {
    "button": _button,
    "image": _image,
    "plain_text_input": _typed,
    "static_select": _static,
    "external_select": _external,
}
