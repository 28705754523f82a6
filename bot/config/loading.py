"""From a file to the tree, with every problem at once."""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.config.checks import check
from bot.config.tree import Config
from bot.config.values import Context
from bot.config.wording import key, sentence
from bot.errors import ConfigError

_Document = dict[str, Any]


def load(path: Path, env: Mapping[str, str]) -> Config:
    """The configuration in a file; relative SQLite files are looked for beside it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError((f"{path}: it cannot be read ({error.strerror}).",)) from error
    except UnicodeDecodeError as error:
        raise ConfigError((f"{path}: it is not text in UTF-8.",)) from error
    return parse(text, env, path.parent)


def parse(text: str, env: Mapping[str, str], base: Path) -> Config:
    """The configuration in a text; `base` is the folder of relative SQLite files."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError((f"The file is not TOML yet: {error}.",)) from error
    return _read(document, env, base)


def playground_config(folder: Path) -> Config:
    """The embedded community: all it needs, with no account and no file; data goes to `folder`."""
    playground = {
        "platform": "playground",
        "listen": ["general", "ideas"],
        "board": "ideas",
        "moderators": ["mo"],
        "product_team": ["pia"],
    }
    document = {
        "connections": {"playground": playground},
        "product": {"inbox": "playground/product-inbox"},
        "digest": {"to": ["playground/product-inbox"]},
        "capture": {"areas": ["Editor", "Mobile", "Billing", "Integrations"]},
    }
    return _read(document, {}, folder)


def _read(document: _Document, env: Mapping[str, str], base: Path) -> Config:
    connections = document.get("connections")
    names = frozenset(connections if isinstance(connections, dict) else ())
    context = Context(env, base, names)
    problems: dict[str, str] = {}
    config = _validate({"storage": {}} | document, context, problems)
    for where, words in check(config, names):
        problems.setdefault(key(where), words)
    if problems:
        raise ConfigError(tuple(f"{name}: {words}" for name, words in problems.items()))
    return config


def _validate(document: _Document, context: Context, problems: dict[str, str]) -> Config:
    """The tree without the keys that have problems, so that what is left can be checked too."""
    try:
        return Config.model_validate(document, context=context)
    except ValidationError as invalid:
        rest = deepcopy(document)
        for error in invalid.errors():
            problems.setdefault(key(_where(error)), sentence(error))
            _remove(rest, error)
    return _validate(rest, context, problems)


def _where(error: ErrorDetails) -> tuple[str | int, ...]:
    return tuple(part for part in error["loc"] if part != "[key]")


def _remove(document: _Document, error: ErrorDetails) -> None:
    """Remove a bad key, the table that lacks one, or the whole list around either."""
    path = _where(error)[: -1 if error["type"] == "missing" else None]
    first_item = next((i for i, part in enumerate(path) if isinstance(part, int)), None)
    *parents, last = path[:first_item]
    table: Any = document
    for part in parents:
        table = table.get(part, {})
    table.pop(last, None)
