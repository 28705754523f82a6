"""What Discord refuses in application commands and in an autocomplete's choices
(docs.discord.com/developers/interactions/application-commands).
"""

import re
from collections.abc import Sequence
from typing import Any

from tests.discord.faults import Fault, Faults, Path, invalid, listed, text, unique

Json = dict[str, Any]
TYPED, ON_USER, ON_MESSAGE = 1, 2, 3
MOST = {TYPED: 100, ON_USER: 15, ON_MESSAGE: 15}
"""Commands of each type, global ones and each guild's; 15 instead of 5 since 2026-03-03."""
IN_ALL = 8_000
"""Characters of names, descriptions and values of one command."""
_NAME = re.compile(r"^[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}$")
_GROUP, _SUB = 2, 1
_STRING = 3


def command_faults(command: Json) -> Faults:
    """One command."""
    kind = command.get("type") or TYPED
    if kind not in MOST:
        yield invalid(("type",), "Value must be one of (1, 2, 3).")
    elif kind == TYPED:
        yield from _named((), command)
        yield from text(("description",), command.get("description"), 100)
        yield from _options((), command.get("options") or [], depth=0)
    else:
        yield from text(("name",), command.get("name"), 32)
        for key in ("description", "options"):
            if command.get(key):
                said = "Context menu commands cannot have it."
                yield Fault((key,), "APPLICATION_COMMAND_CONTEXT_MENU_NO_" + key.upper(), said)
    if _length(command) > IN_ALL:
        said = f"The command is more than {IN_ALL} characters in all."
        yield Fault((), "APPLICATION_COMMAND_TOO_LARGE", said)


def list_faults(commands: Sequence[Json]) -> Faults:
    """Commands registered together."""
    for at, command in enumerate(commands):
        for fault in command_faults(command):
            yield Fault((at, *fault.path), fault.code, fault.text)
    for kind, most in MOST.items():
        if sum((one.get("type") or TYPED) == kind for one in commands) > most:
            said = f"Maximum number of application commands reached ({most})."
            yield Fault((), "APPLICATION_COMMANDS_MAX", said)
    names: list[tuple[Path, object]] = [
        ((at, "name"), (one.get("type") or TYPED, one.get("name")))
        for at, one in enumerate(commands)
    ]
    said = "Application command names must be unique"
    yield from unique((), names, "APPLICATION_COMMANDS_DUPLICATE_NAME", said)


def choice_faults(choices: object, kind: int = _STRING, path: Path = ("choices",)) -> Faults:
    """Choices of an option, or those that answer an autocomplete; there may be none."""
    faults = list(listed(path, choices, 25))
    yield from faults
    if faults or not isinstance(choices, list):
        return
    for at, choice in enumerate(choices):
        yield from text((*path, at, "name"), choice.get("name"), 100)
        value = choice.get("value")
        if kind == _STRING:
            yield from text((*path, at, "value"), value, 100, least=0)
        elif not isinstance(value, int | float):
            yield invalid((*path, at, "value"), "Must be a number.", "NUMBER_TYPE_COERCE")
    names: list[tuple[Path, object]] = [
        ((at, "name"), choice.get("name")) for at, choice in enumerate(choices)
    ]
    said = "Option choice names must be unique"
    yield from unique(path, names, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE", said)


def _named(path: Path, thing: Json) -> Faults:
    name = thing.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
        code = "APPLICATION_COMMAND_INVALID_NAME"
        yield Fault((*path, "name"), code, "Command name is invalid")


def _options(path: Path, options: list[Json], depth: int) -> Faults:
    yield from listed((*path, "options"), options, 25)
    optional = False
    for at, option in enumerate(options):
        here = (*path, "options", at)
        yield from _option(here, option, depth)
        if option.get("required") and optional:
            code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
            yield Fault(here, code, "Required options must be placed before non-required options")
        optional = optional or not option.get("required")
    names: list[tuple[Path, object]] = [
        ((at, "name"), option.get("name")) for at, option in enumerate(options)
    ]
    code = "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE"
    yield from unique((*path, "options"), names, code, "Option names must be unique")


def _option(path: Path, option: Json, depth: int) -> Faults:
    kind = option.get("type")
    yield from _named(path, option)
    yield from text((*path, "description"), option.get("description"), 100)
    if kind not in range(1, 12):
        yield invalid((*path, "type"), "Value must be one of 1 to 11.")
    elif kind in (_SUB, _GROUP):
        if depth > 1 or (depth == 1 and kind == _GROUP):
            code = "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"
            yield Fault((*path, "type"), code, "Sub-command option type is invalid")
        yield from _options(path, option.get("options") or [], depth + 1)
    if option.get("choices"):
        yield from choice_faults(option["choices"], kind or 0, (*path, "choices"))
        if option.get("autocomplete"):
            said = "Choices and autocomplete cannot be used together"
            code = "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE"
            yield Fault((*path, "autocomplete"), code, said)


def _length(thing: Json) -> int:
    own = len(str(thing.get("name") or "")) + len(str(thing.get("description") or ""))
    own += sum(
        len(str(choice.get("name", ""))) + len(str(choice.get("value", "")))
        for choice in thing.get("choices") or ()
    )
    return own + sum(_length(option) for option in thing.get("options") or ())
