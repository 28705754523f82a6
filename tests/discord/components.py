"""What Discord refuses in the components of messages; for those of modals see `modal_rules`
(docs.discord.com/developers/components/reference).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.discord.faults import (
    Fault,
    Faults,
    Path,
    invalid,
    listed,
    number,
    required,
    text,
    unique,
)

Json = dict[str, Any]
Check = Callable[[Path, Json], Faults]

ROW, BUTTON, SELECT, INPUT, SECTION, DISPLAY, THUMBNAIL = 1, 2, 3, 4, 9, 10, 11
GALLERY, FILE, SEPARATOR, CONTAINER, LABEL, UPLOAD, RADIO, CHECKS, CHECK = (
    12, 13, 14, 17, 18, 19, 21, 22, 23,
)  # fmt: skip
SELECTS = (3, 5, 6, 7, 8)
TOTAL = 40
DISPLAYED = 4_000
"""Components V2: components in all, nested ones counted; characters over all text displays."""


def legacy_faults(components: list[Json]) -> Faults:
    """Rows of buttons or a select: five at most."""
    yield from listed(("components",), components, 5)
    for at, row in enumerate(components):
        path: Path = ("components", at)
        if row.get("type") != ROW:
            said = f'Value of field "type" must be one of ({ROW},).'
            yield invalid((*path, "type"), said)
        else:
            yield from _row(path, row)
    yield from unique_ids(components)


def layout_faults(components: list[Json]) -> Faults:
    """Components V2: anything that is for messages, at most 40 in all."""
    everything = [component for _, component in walk(components)]
    if len(everything) > TOTAL:
        yield Fault(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
                    f"The maximum number of components in a message is {TOTAL}.")  # fmt: skip
    words = sum(len(one.get("content", "")) for one in everything if one.get("type") == DISPLAY)
    if words > DISPLAYED:
        yield Fault(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
                    f"The text of all components is more than {DISPLAYED}.")  # fmt: skip
    for at, component in enumerate(components):
        yield from piece(("components", at), component, _LAYOUT)
    yield from unique_ids(components)


def walk(components: list[Json], path: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Every component, those inside others too, with where it is."""
    for at, component in enumerate(components):
        here = (*path, at)
        yield here, component
        yield from walk(component.get("components", []), (*here, "components"))
        for part in ("accessory", "component"):
            if isinstance(component.get(part), dict):
                inner = component[part]
                yield (*here, part), inner


def unique_ids(components: list[Json]) -> Faults:
    found = [
        ((*path, "custom_id"), one["custom_id"])
        for path, one in walk(components)
        if "custom_id" in one
    ]
    code, said = "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
    yield from unique(("components",), found, code, said)


def piece(path: Path, component: Json, known: Mapping[int, Check]) -> Faults:
    check = known.get(component.get("type", 0))
    if check is None:
        said = f'Value of field "type" must be one of {tuple(known)}.'
        yield invalid((*path, "type"), said)
    else:
        yield from check(path, component)


def _row(path: Path, row: Json) -> Faults:
    children = row.get("components")
    faults = list(listed((*path, "components"), children, 5, least=1))
    yield from faults
    if faults or not isinstance(children, list):
        return
    if len(children) > 1 and any(one.get("type") in SELECTS for one in children):
        yield invalid(
            (*path, "components"), "A select is alone in its row.", "BASE_TYPE_BAD_LENGTH"
        )
    for at, child in enumerate(children):
        yield from piece((*path, "components", at), child, _IN_ROW)


def _button(path: Path, button: Json) -> Faults:
    style = button.get("style")
    if style not in (1, 2, 3, 4, 5, 6):
        yield invalid((*path, "style"), "Value must be one of (1, 2, 3, 4, 5, 6).")
    yield from text((*path, "label"), button.get("label"), 80, needed=False)
    if style == 5:
        yield from text((*path, "url"), button.get("url"), 512)
        yield from _url((*path, "url"), button.get("url", ""), ("http", "https", "discord"))
        if "custom_id" in button:
            yield invalid((*path, "custom_id"), "A custom id and url cannot both be specified.",
                          "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE")  # fmt: skip
    elif style != 6:
        yield from text((*path, "custom_id"), button.get("custom_id"), 100)
        if "url" in button:
            yield invalid((*path, "url"), "Only link buttons have a url.",
                          "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE")  # fmt: skip
    if style != 6 and not button.get("label") and not button.get("emoji"):
        yield Fault(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or emoji is needed.")


def _url(path: Path, url: object, schemes: tuple[str, ...]) -> Faults:
    if url and str(url).partition("://")[0] not in schemes:
        said = f'Scheme "{str(url).partition(":")[0]}" is not supported. Scheme must be one of '
        yield Fault(path, "URL_TYPE_INVALID_SCHEME", f"{said}{schemes}.")


def select_faults(path: Path, select: Json) -> Faults:
    yield from text((*path, "custom_id"), select.get("custom_id"), 100)
    yield from text((*path, "placeholder"), select.get("placeholder"), 150, least=0, needed=False)
    yield from number((*path, "min_values"), select.get("min_values"), 0, 25)
    yield from number((*path, "max_values"), select.get("max_values"), 1, 25)
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield invalid((*path, "min_values"), "min_values cannot be more than max_values.")
    if select.get("type") == SELECT:
        yield from option_faults(path, select, 1, 25)
        yield from _chosen(path, select, most)


def _chosen(path: Path, select: Json, most: int) -> Faults:
    """More options than may be chosen are not chosen from the start."""
    options = select.get("options") or []
    if sum(bool(option.get("default")) for option in options) > most:
        said = "The number of default options is more than max_values."
        yield invalid((*path, "options"), said)


def option_faults(path: Path, component: Json, least: int, most: int) -> Faults:
    options = component.get("options")
    faults = list(listed((*path, "options"), options, most, least=least))
    yield from faults
    if faults or not isinstance(options, list):
        return
    for at, option in enumerate(options):
        here = (*path, "options", at)
        yield from text((*here, "label"), option.get("label"), 100)
        yield from text((*here, "value"), option.get("value"), 100)
        yield from text((*here, "description"), option.get("description"), 100, needed=False)
    values: list[tuple[Path, object]] = [
        ((at, "value"), option.get("value")) for at, option in enumerate(options)
    ]
    said = "The specified option value is already used"
    yield from unique((*path, "options"), values, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", said)


def display_faults(path: Path, display: Json) -> Faults:
    yield from text((*path, "content"), display.get("content"), DISPLAYED)


def _section(path: Path, section: Json) -> Faults:
    texts = section.get("components")
    yield from listed((*path, "components"), texts, 3, least=1)
    for at, one in enumerate(texts or []):
        yield from piece((*path, "components", at), one, {DISPLAY: display_faults})
    accessory = section.get("accessory")
    if not isinstance(accessory, dict):
        yield required((*path, "accessory"))
    else:
        known: Mapping[int, Check] = {BUTTON: _button, THUMBNAIL: _media}
        yield from piece((*path, "accessory"), accessory, known)


def _container(path: Path, container: Json) -> Faults:
    children = container.get("components")
    yield from listed((*path, "components"), children, TOTAL, least=1)
    yield from number((*path, "accent_color"), container.get("accent_color"), 0, 0xFFFFFF)
    inside = {kind: check for kind, check in _LAYOUT.items() if kind != CONTAINER}
    for at, child in enumerate(children or []):
        yield from piece((*path, "components", at), child, inside)


def _gallery(path: Path, gallery: Json) -> Faults:
    items = gallery.get("items")
    yield from listed((*path, "items"), items, 10, least=1)
    for at, item in enumerate(items or []):
        yield from _media((*path, "items", at), item)


def _media(path: Path, component: Json) -> Faults:
    part = "file" if component.get("type") == FILE else "media"
    media = component.get(part)
    if not isinstance(media, dict) or not media.get("url"):
        yield required((*path, part, "url"))
    else:
        yield from _url((*path, part, "url"), media["url"], ("http", "https", "attachment"))
    yield from text((*path, "description"), component.get("description"), 1_024, needed=False)


def _separator(path: Path, separator: Json) -> Faults:
    yield from number((*path, "spacing"), separator.get("spacing"), 1, 2)


_IN_ROW: Mapping[int, Check] = {BUTTON: _button} | dict.fromkeys(SELECTS, select_faults)
_LAYOUT: Mapping[int, Check] = {
    ROW: _row,
    SECTION: _section,
    DISPLAY: display_faults,
    GALLERY: _gallery,
    FILE: _media,
    SEPARATOR: _separator,
    CONTAINER: _container,
}
