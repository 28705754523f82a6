"""Problems in plain words: the key in TOML's dotted form, and how to mend it."""

import json
import re
from collections.abc import Sequence
from typing import Any, get_args

from pydantic_core import ErrorDetails

from bot.config.tree import Config, Section
from bot.config.values import did_you_mean

_SENTENCES = {
    "missing": "this key is needed. Please add it.",
    "string_type": "write it as text, in quotes.",
    "string_too_short": "this is empty. Fill it in, or remove the line.",
    "int_type": "write a whole number, without quotes.",
    "bool_type": "write true or false, without quotes.",
    "float_type": "write a number, without quotes.",
    "tuple_type": 'write a list, such as ["first", "second"].',
    "greater_than": "write a number above {gt}.",
    "greater_than_equal": "write {ge} or more.",
    "less_than_equal": "write {le} or less.",
    "literal_error": "write one of: {expected}.",
    "enum": "write one of: {expected}.",
    "model_type": "this is a table of keys: write it as [{key}].",
    "dict_type": "this is a table of keys: write it as [{key}].",
    "value_error": "{error}",
}


def key(where: Sequence[str | int]) -> str:
    """The dotted key TOML would use; list items are counted from 0: `product.routes[0].area`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{_quoted(part)}" for part in where)
    return "".join(parts).removeprefix(".")


def sentence(error: ErrorDetails) -> str:
    """What is wrong and how to mend it; never the value, which may be a secret."""
    where = error["loc"]
    if error["type"] == "extra_forbidden":
        return _unknown(str(where[-1]), _section(where[:-1]))
    template = _SENTENCES.get(error["type"], error["msg"])
    return template.format(key=key(where), **error.get("ctx", {}))


def _unknown(name: str, section: type[Section]) -> str:
    known = list(section.model_fields)
    mend = did_you_mean(name, known) or f" Known here: {', '.join(known)}."
    return f"there is no such key.{mend}"


def _section(where: Sequence[str | int]) -> type[Section]:
    section: type[Section] = Config
    for part in where:
        if isinstance(part, str) and part in section.model_fields:
            section = _inside(section.model_fields[part].annotation) or section
    return section


def _inside(annotation: Any) -> type[Section] | None:  # noqa: ANN401  # annotations have no type
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    return next(filter(None, map(_inside, get_args(annotation))), None)


def _quoted(part: str) -> str:
    return part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else json.dumps(part, ensure_ascii=False)
