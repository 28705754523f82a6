"""A modal as its person fills it in: what their own client checks, and what it sends.

docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure.
"""

from collections.abc import Mapping
from typing import Any

from tests.discord.components import CHECK, DISPLAY, INPUT, RADIO, ROW
from tests.discord.screen import Modal

Json = dict[str, Any]
Filled = str | bool | list[str]
"""What stands in a field: a text, a choice, several, or a tick."""


def filled(modal: Modal, values: Mapping[str, Filled]) -> dict[str, Filled]:
    """By `custom_id`: what was typed (fields named by `custom_id` or label), else what the app had
    put there."""
    names = {label: name for name, label in modal.labels.items()}
    typed = {names.get(name, name): value for name, value in values.items()}
    assert typed.keys() <= modal.fields.keys(), f"no such field: {typed.keys()}"
    return {name: typed.get(name, _initial(field)) for name, field in modal.fields.items()}


def mistakes(modal: Modal, values: Mapping[str, Filled]) -> list[str]:
    """What the person's client does not send."""
    found = []
    for name, field in modal.fields.items():
        value = values[name]
        if not value:
            if field.get("required", True) and field["type"] != CHECK:
                found.append(f"{name}: This field is required")
        elif field["type"] == INPUT and isinstance(value, str):
            least, most = field.get("min_length") or 0, field.get("max_length") or 4_000
            if not least <= len(value) <= most:
                found.append(f"{name}: Must be between {least} and {most} in length.")
    return found


def submitted(modal: Modal, values: Mapping[str, Filled]) -> Json:
    """`data` of the interaction."""
    components = [_component(component, values) for component in modal.content["components"]]
    return {"custom_id": modal.custom_id, "components": components}


def _component(component: Json, values: Mapping[str, Filled]) -> Json:
    shown: Json = {"type": component["type"], "id": component.get("id", 1)}
    if component["type"] == DISPLAY:
        return shown
    if component["type"] == ROW:
        return shown | {"components": [_field(one, values) for one in component["components"]]}
    return shown | {"component": _field(component["component"], values)}


def _field(field: Json, values: Mapping[str, Filled]) -> Json:
    kind, value = field["type"], values[field["custom_id"]]
    shown: Json = {"type": kind, "id": field.get("id", 2), "custom_id": field["custom_id"]}
    if kind in (INPUT, CHECK):
        return shown | {"value": value}
    if kind == RADIO:
        return shown | {"value": value or None}
    several = value if isinstance(value, list) else [value] if value else []
    return shown | {"values": several}


def _initial(field: Json) -> Filled:
    if field["type"] == INPUT:
        return str(field.get("value") or "")
    if field["type"] == CHECK:
        return bool(field.get("default"))
    chosen = [one["value"] for one in field.get("options", ()) if one.get("default")]
    return str(chosen[0]) if field["type"] == RADIO and chosen else chosen
