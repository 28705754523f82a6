"""What Discord refuses in a modal (docs.discord.com/developers/components/reference#label,
/interactions/receiving-and-responding#interaction-response-object-modal).
"""

from collections.abc import Mapping
from typing import Any

from tests.discord.components import (
    CHECK,
    CHECKS,
    DISPLAY,
    INPUT,
    LABEL,
    RADIO,
    ROW,
    SELECTS,
    UPLOAD,
    Check,
    display_faults,
    option_faults,
    piece,
    select_faults,
    unique_ids,
)
from tests.discord.faults import Faults, Path, invalid, listed, number, required, text

Json = dict[str, Any]


def modal_faults(modal: Json) -> Faults:
    """A form: title, name, one to five labels, text displays or (deprecated) rows."""
    yield from text(("title",), modal.get("title"), 45)
    yield from text(("custom_id",), modal.get("custom_id"), 100)
    components = modal.get("components")
    faults = list(listed(("components",), components, 5, least=1))
    yield from faults
    if faults or not isinstance(components, list):
        return
    for at, component in enumerate(components):
        yield from piece(("components", at), component, _MODAL)
    yield from unique_ids(components)


def _label(path: Path, label: Json) -> Faults:
    yield from text((*path, "label"), label.get("label"), 45)
    yield from text((*path, "description"), label.get("description"), 100, least=0, needed=False)
    inner = label.get("component")
    if not isinstance(inner, dict):
        yield required((*path, "component"))
        return
    if inner.get("label"):
        said = "The label of an input in a Label is the Label's."
        yield invalid((*path, "component", "label"), said)
    yield from piece((*path, "component"), inner, _IN_LABEL)


def _old_row(path: Path, row: Json) -> Faults:
    """A text input in an action row: deprecated, and one per row, with a label of its own."""
    inputs = row.get("components")
    yield from listed((*path, "components"), inputs, 1, least=1)
    for at, one in enumerate(inputs or []):
        here = (*path, "components", at)
        yield from piece(here, one, {INPUT: _input})
        yield from text((*here, "label"), one.get("label"), 45)


def _input(path: Path, field: Json) -> Faults:
    yield from text((*path, "custom_id"), field.get("custom_id"), 100)
    if field.get("style") not in (1, 2):
        yield invalid((*path, "style"), "Value must be one of (1, 2).")
    yield from number((*path, "min_length"), field.get("min_length"), 0, 4_000)
    yield from number((*path, "max_length"), field.get("max_length"), 1, 4_000)
    most = field.get("max_length") or 4_000
    yield from text((*path, "value"), field.get("value"), most, least=0, needed=False)
    yield from text((*path, "placeholder"), field.get("placeholder"), 100, least=0, needed=False)


def _modal_select(path: Path, select: Json) -> Faults:
    yield from select_faults(path, select)
    if select.get("disabled"):
        yield invalid((*path, "disabled"), "Modals cannot have disabled components.")
    if select.get("required", True) and select.get("min_values") == 0:
        yield invalid((*path, "min_values"), "A required select needs at least one value.")


def _upload(path: Path, field: Json) -> Faults:
    yield from text((*path, "custom_id"), field.get("custom_id"), 100)
    yield from number((*path, "max_values"), field.get("max_values"), 1, 10)


def _group(least: int) -> Check:
    def check(path: Path, group: Json) -> Faults:
        yield from text((*path, "custom_id"), group.get("custom_id"), 100)
        yield from option_faults(path, group, least, 10)

    return check


def _check(path: Path, field: Json) -> Faults:
    yield from text((*path, "custom_id"), field.get("custom_id"), 100)


_IN_LABEL: Mapping[int, Check] = dict.fromkeys(SELECTS, _modal_select) | {
    INPUT: _input,
    UPLOAD: _upload,
    RADIO: _group(2),
    CHECKS: _group(1),
    CHECK: _check,
}
_MODAL: Mapping[int, Check] = {LABEL: _label, DISPLAY: display_faults, ROW: _old_row}
