"""What Slack refuses in the parts of a block: elements, options, text objects."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Json = dict[str, Any]
Problems = Iterator[str]

SELECTS = {"static_select", "external_select"}


def image_problems(block: Json) -> Problems:
    """An image, as a block or as an element."""
    yield from unknown_keys("image", block, {"alt_text", "image_url", "slack_file", "title"})
    yield from limited("alt_text", block.get("alt_text"), 2_000)
    if ("image_url" in block) == ("slack_file" in block):
        yield "needs image_url or slack_file"
    if "image_url" in block:
        yield from limited("image_url", block["image_url"], 3_000)
    if "title" in block:
        yield from plain_problems("title", block["title"], 2_000)


def element_problems(element: Json, allowed: set[str]) -> Problems:
    """An element of one of the allowed types."""
    kind = element.get("type", "")
    if kind not in allowed:
        yield f"no place for an element {kind!r}"
        return
    if kind != "image":
        yield from limited(f"{kind} action_id", element.get("action_id"), 255)
    if "placeholder" in element:
        yield from plain_problems(f"{kind} placeholder", element["placeholder"], 150)
    yield from (f"{kind}: {problem}" for problem in _ELEMENTS[kind](element))


def _button(button: Json) -> Problems:
    yield from unknown_keys(
        "button", button, {"action_id", "text", "value", "url", "style", "accessibility_label"}
    )
    yield from plain_problems("text", button.get("text"), 75)
    yield from limited("value", button.get("value", ""), 2_000, least=0)
    yield from limited("url", button.get("url", ""), 3_000, least=0)
    if button.get("style", "primary") not in {"primary", "danger"}:
        yield "unknown style"


def _typed(field: Json) -> Problems:
    keys = {"action_id", "placeholder", "initial_value", "multiline", "min_length", "max_length"}
    yield from unknown_keys("plain_text_input", field, {*keys, "focus_on_load"})
    most = field.get("max_length", 3_000)
    if not 1 <= most <= 3_000:
        yield "max_length outside 1 to 3,000"
    if not 0 <= field.get("min_length", 0) <= most:
        yield "min_length outside 0 to max_length"
    yield from limited("initial_value", field.get("initial_value", ""), most, least=0)


def _static(select: Json) -> Problems:
    keys = {"action_id", "placeholder", "options", "initial_option", "focus_on_load"}
    yield from unknown_keys("static_select", select, keys)
    options = select.get("options", [])
    yield from options_problems("options", options, least=1)
    if "initial_option" in select and select["initial_option"] not in options:
        yield "initial_option is none of the options"


def _external(select: Json) -> Problems:
    keys = {"action_id", "placeholder", "initial_option", "min_query_length", "focus_on_load"}
    yield from unknown_keys("external_select", select, keys)
    if "initial_option" in select:
        yield from options_problems("initial_option", [select["initial_option"]], least=1)
    if not isinstance(select.get("min_query_length", 3), int):
        yield "min_query_length is no number"


def options_problems(what: str, options: Sequence[Json], *, least: int) -> Problems:
    """The options of a select."""
    if not least <= len(options) <= 100:
        yield f"{what}: {len(options)} of {least} to 100 options"
    for option in options:
        yield from unknown_keys("option", option, {"text", "value", "description"}, typed=False)
        yield from plain_problems(f"{what}: an option's text", option.get("text"), 75)
        yield from limited(f"{what}: an option's value", option.get("value"), 150)
        if "description" in option:
            yield from plain_problems(f"{what}: an option's description", option["description"], 75)
    yield from twice("option value", [option.get("value") for option in options])


def plain_problems(what: str, text: object, most: int) -> Problems:
    """A text object that must be `plain_text`."""
    if isinstance(text, dict) and text.get("type") == "mrkdwn":
        yield f"{what}: must be plain_text"
    yield from text_problems(what, text, most)


def text_problems(what: str, text: object, most: int) -> Problems:
    """A text object of either kind."""
    if not isinstance(text, dict) or text.get("type") not in {"plain_text", "mrkdwn"}:
        yield f"{what}: is no text object"
        return
    only = "emoji" if text["type"] == "plain_text" else "verbatim"
    yield from unknown_keys(what, text, {"text", only})
    yield from limited(what, text.get("text"), most)


def limited(what: str, text: object, most: int, *, least: int = 1) -> Problems:
    """A blank text counts as empty: Slack trims some texts before it looks."""
    if not isinstance(text, str):
        yield f"{what}: is missing"
    elif len(text.strip()) < least:
        yield f"{what}: must be more than 0 characters"
    elif len(text) > most:
        yield f"{what}: longer than {most:,}"


def unknown_keys(what: str, thing: Json, known: set[str], *, typed: bool = True) -> Problems:
    """Slack refuses keys it does not know ("invalid additional property")."""
    for key in thing.keys() - known - ({"type", "block_id"} if typed else set()):
        yield f"{what}: unknown key {key!r}"


def twice(what: str, ids: Sequence[object]) -> Problems:
    """Ids that must differ."""
    for one, count in Counter(ids).items():
        if count > 1:
            yield f"{what} {one!r} is there {count} times"


_ELEMENTS: dict[str, Callable[[Json], Problems]] = {
    "button": _button,
    "image": image_problems,
    "plain_text_input": _typed,
    "static_select": _static,
    "external_select": _external,
}
