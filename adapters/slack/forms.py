"""Form → a Slack modal, and completions → the options of its select. Pure.

A field's `block_id` is its name, by which errors are shown at it; its value is at `value` in it.
"""

from collections.abc import Sequence
from typing import Any

from adapters.fitting import cut
from adapters.slack.limits import LIMITS
from adapters.slack.render import plain_text
from bot.messages import Field, Form
from bot.reading.clean import harmless, one_line
from bot.results import Choices

Json = dict[str, Any]

VALUE = "value"
"""The `action_id` of every field's element."""


def render_form(form: Form, metadata: str) -> Json:
    """The modal, within every limit; `metadata` comes back when it is sent."""
    kept, left_out = form.fields[: LIMITS.form_fields], len(form.fields) - LIMITS.form_fields
    note = f"\n+{left_out} more fields" if left_out > 0 else ""
    intro = (cut(harmless(form.intro).strip(), LIMITS.intro - len(note)) + note).strip()
    return {
        "type": "modal",
        "callback_id": str(form.action),
        "private_metadata": metadata,
        "title": plain_text(form.title, LIMITS.view_title),
        "submit": plain_text(form.submit, LIMITS.submit),
        "close": plain_text("Cancel", LIMITS.submit),
        "blocks": [*([_intro(intro)] if intro else []), *map(_field, kept)],
    }


def render_options(choices: Choices) -> list[Json]:
    """Completions; more than 100 are for further typing to narrow down."""
    fitting = {value: label for value, label in choices.options if _is_value(value)}
    return [_option(label, value) for value, label in list(fitting.items())[: LIMITS.options]]


def _intro(text: str) -> Json:
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _field(field: Field) -> Json:
    return {
        "type": "input",
        "block_id": field.name,
        "label": plain_text(field.label, LIMITS.label),
        "element": {"action_id": VALUE} | _element(field) | _hint(field),
        "optional": not field.required,
    }


def _hint(field: Field) -> Json:
    return {"placeholder": plain_text(field.hint, LIMITS.hint)} if one_line(field.hint) else {}


def _element(field: Field) -> Json:
    options = _options(field.options)
    match field.kind:
        case "choice" if options:
            return {"type": "static_select", "options": options} | _chosen(field.value, options)
        case "ideas":
            known = [_option(field.value, field.value)] if _is_value(field.value) else []
            select = {"type": "external_select", "min_query_length": 1}
            return select | _chosen(field.value, known)
        case _:
            return _typed(field)


def _typed(field: Field) -> Json:
    limit = max(1, min(field.limit, LIMITS.typed))
    value = cut(field.value, limit)
    return {
        "type": "plain_text_input",
        "multiline": field.kind == "text",
        "max_length": limit,
    } | ({"initial_value": value} if value.strip() else {})


def _options(options: Sequence[str]) -> list[Json]:
    """What can be chosen; a list that is too long, or holds what is, ends by saying so."""
    offered = [option for option in dict.fromkeys(options) if option.strip()]
    kept = [option for option in offered if _is_value(option)][: LIMITS.options]
    if len(kept) < len(offered):
        kept = kept[: LIMITS.options - 1]
        kept.append(f"+{len(offered) - len(kept)} more")
    return [_option(option, option) for option in kept]


def _option(label: str, value: str) -> Json:
    return {"text": plain_text(label, LIMITS.option), "value": value}


def _chosen(value: str, options: Sequence[Json]) -> Json:
    found = [option for option in options if option["value"] == value]
    return {"initial_option": found[0]} if found else {}


def _is_value(text: str) -> bool:
    """What is too long comes back cut, as another choice than the one shown."""
    return bool(text.strip()) and len(text) <= LIMITS.option_value
