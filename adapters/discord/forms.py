"""Form → a Discord modal, and completions → the choices of an autocomplete. Pure.

A field's `custom_id` is its name. Every field stands in a Label, since inputs in rows are
deprecated (docs.discord.com/developers/components/reference#label). A modal has a button *Submit*
of its own, and nothing in it completes what is typed: a field for an idea takes its number.
"""

from adapters.discord.buttons import label
from adapters.discord.limits import LIMITS, Json
from adapters.discord.text import escape
from adapters.fitting import cut, cut_before
from bot.messages import Field, Form
from bot.reading.clean import harmless, one_line
from bot.results import Choices

_SELECT, _INPUT, _DISPLAY, _LABEL = 3, 4, 10, 18
_LINE, _TEXT = 1, 2
IDEA_HINT = "The number of an idea, such as 12"


def render_modal(form: Form, custom_id: str) -> Json:
    """The modal, within every limit; `custom_id` comes back when it is sent."""
    return {
        "title": label(form.title, LIMITS.form_title),
        "custom_id": custom_id,
        "components": _components(form),
    }


def render_choices(choices: Choices) -> list[Json]:
    """Completions; more than 25 are for further typing to narrow down."""
    named: dict[str, str] = {}
    for value, text in choices.options:
        if value.strip() and len(value) <= LIMITS.choice:
            named.setdefault(label(text, LIMITS.choice), value)
    return [{"name": name, "value": named[name]} for name in list(named)[: LIMITS.choices]]


def _components(form: Form) -> list[Json]:
    """Words and fields, five in all: beside five fields, the words stand below the first label."""
    intro, most = harmless(form.intro).strip(), LIMITS.form_fields
    if len(form.fields) > most:
        note = f"+{len(form.fields) - most + 1} more fields"
        return [_said(intro, note), *map(_field, form.fields[: most - 1])]
    shown = [_field(field) for field in form.fields]
    if intro and len(shown) < most:
        return [_said(intro), *shown]
    if intro:
        shown[0]["description"] = label(intro, LIMITS.hint)
    return shown


def _said(text: str, note: str = "") -> Json:
    words = cut_before(escape, text, LIMITS.intro - len(note) - 1)
    return {"type": _DISPLAY, "content": "\n".join(part for part in (words, note) if part)}


def _field(field: Field) -> Json:
    element = {"custom_id": field.name, "required": field.required} | _element(field)
    return {"type": _LABEL, "label": label(field.label, LIMITS.label), "component": element}


def _element(field: Field) -> Json:
    hint = IDEA_HINT if field.kind == "ideas" else one_line(field.hint)
    placeholder = {"placeholder": label(hint, LIMITS.hint)} if hint else {}
    options = _options(field) if field.kind == "choice" else []
    if options:
        return {"type": _SELECT, "options": options} | placeholder
    return _typed(field) | placeholder


def _typed(field: Field) -> Json:
    limit = max(1, min(field.limit, LIMITS.typed))
    value = cut(field.value, limit)
    return {
        "type": _INPUT,
        "style": _TEXT if field.kind == "text" else _LINE,
        "max_length": limit,
    } | ({"value": value} if value.strip() else {})


def _options(field: Field) -> list[Json]:
    """What can be chosen; a list that is too long, or holds what is, ends by saying so."""
    offered = [option for option in dict.fromkeys(field.options) if option.strip()]
    kept = [option for option in offered if len(option) <= LIMITS.option][: LIMITS.options]
    if len(kept) < len(offered):
        kept = kept[: LIMITS.options - 1]
        kept.append(f"+{len(offered) - len(kept)} more")
    return [_option(option, chosen=option == field.value) for option in kept]


def _option(text: str, *, chosen: bool) -> Json:
    option: Json = {"label": label(text, LIMITS.option), "value": text}
    return option | ({"default": True} if chosen else {})
