"""Form → the JSON that the page shows, and what the platform itself checks on submission. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.fitting import ELLIPSIS, cut
from adapters.playground.render import Json
from bot.messages import Field, Form
from bot.results import Choices


@dataclass(frozen=True, slots=True)
class FormLimits:
    """The stricter of a Slack modal and a Discord modal, in characters or pieces."""

    title: int = 24  # Slack
    submit: int = 24  # Slack
    intro: int = 2_000
    fields: int = 5  # Discord
    label: int = 45  # Discord
    hint: int = 100  # Discord
    text: int = 3_000  # Slack
    options: int = 25  # Discord
    option: int = 75  # Slack
    value: int = 100  # Discord


FORM_LIMITS = FormLimits()


def render_form(form: Form) -> Json:
    """What the page needs to draw the form, within every limit."""
    kept, left_out = form.fields[: FORM_LIMITS.fields], len(form.fields) - FORM_LIMITS.fields
    note = f"\n+{left_out} more fields" if left_out > 0 else ""
    return {
        "title": cut(form.title.strip(), FORM_LIMITS.title) or ELLIPSIS,
        "intro": (cut(form.intro, FORM_LIMITS.intro - len(note)) + note).strip(),
        "submit": cut(form.submit.strip(), FORM_LIMITS.submit) or "Send",
        "fields": [_field(field) for field in kept],
    }


def _field(field: Field) -> Json:
    limit = max(1, min(field.limit, FORM_LIMITS.text))
    options = _options(tuple(option for option in field.options if option.strip()))
    return {
        "name": field.name,
        "label": cut(field.label.strip(), FORM_LIMITS.label) or ELLIPSIS,
        "kind": "line" if field.kind == "choice" and not options else field.kind,
        "required": field.required,
        "value": cut(field.value, limit),
        "hint": cut(field.hint, FORM_LIMITS.hint),
        "limit": limit,
        "options": options,
    }


def _options(options: tuple[str, ...]) -> list[str]:
    """What can be chosen; a list that is too long ends in a choice that says so."""
    if len(options) > FORM_LIMITS.options:
        kept = options[: FORM_LIMITS.options - 1]
        options = (*kept, f"+{len(options) - len(kept)} more")
    return [cut(option, FORM_LIMITS.option) for option in options]


def render_choices(choices: Choices) -> list[list[str]]:
    """Completions as [value, label]; more than 25 are for further typing to narrow down."""
    fitting = [pair for pair in choices.options if len(pair[0]) <= FORM_LIMITS.value]
    return [
        [value, cut(label, FORM_LIMITS.option)] for value, label in fitting[: FORM_LIMITS.options]
    ]


def refused(form: Json, values: Mapping[str, str]) -> dict[str, str]:
    """What the platform does not let through, by field name: a sentence each."""
    found = ((field["name"], _refusal(field, values[field["name"]])) for field in form["fields"])
    return {name: sentence for name, sentence in found if sentence}


def _refusal(field: Json, value: str) -> str:
    if field["required"] and not value:
        return "Please fill this in."
    if len(value) > field["limit"]:
        return f"Please use at most {field['limit']:,} characters; these are {len(value):,}."
    if field["kind"] == "choice" and value and value not in field["options"]:
        return "Please choose one of the list."
    return ""
