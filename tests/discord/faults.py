"""What is wrong with a payload: where, Discord's code for it, and in words.

docs.discord.com/developers/reference#error-messages: error 50035 carries `errors`, nested as the
payload is, with `_errors` at the places where something is wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong."""

    path: Path
    code: str
    text: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path)) or 'payload'}: {self.text}"


Faults = Iterator[Fault]


def nested(faults: Sequence[Fault]) -> Json:
    """`errors` of a 50035."""
    errors: Json = {}
    for fault in faults:
        place = errors
        for step in fault.path:
            place = place.setdefault(str(step), {})
        place.setdefault("_errors", []).append({"code": fault.code, "message": fault.text})
    return errors


def required(path: Path) -> Fault:
    """Something that must be there is not."""
    return Fault(path, "BASE_TYPE_REQUIRED", "This field is required")


def invalid(path: Path, text: str, code: str = "BASE_TYPE_CHOICES") -> Fault:
    """Something that cannot be there."""
    return Fault(path, code, text)


def text(path: Path, value: object, most: int, *, least: int = 1, needed: bool = True) -> Faults:
    """A text of `least` to `most` characters, as Discord counts them: code points, spaces around
    it apart (from memory: the documentation says characters)."""
    if value is None:
        if needed:
            yield required(path)
    elif not isinstance(value, str):
        yield Fault(path, "BASE_TYPE_STRING", "Must be a string")
    elif not least <= len(value.strip()) <= most:
        if not least:
            said = Fault(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        elif not value.strip():
            said = required(path)
        else:
            words = f"Must be between {least} and {most} in length."
            said = Fault(path, "BASE_TYPE_BAD_LENGTH", words)
        yield said


def number(path: Path, value: object, least: int, most: int) -> Faults:
    """A whole number, if it is there."""
    if value is not None and (not isinstance(value, int) or not least <= value <= most):
        said = f"int value should be between {least} and {most}."
        yield Fault(path, "NUMBER_TYPE_RANGE", said)


def listed(path: Path, value: object, most: int, *, least: int = 0) -> Faults:
    """A list of `least` to `most` things; look at them only if there is nothing here."""
    if not isinstance(value, list):
        yield Fault(path, "BASE_TYPE_LIST", "Must be a list")
    elif not least <= len(value) <= most:
        said = f"Must be between {least} and {most} in length."
        yield Fault(path, "BASE_TYPE_BAD_LENGTH", said)


def unique(path: Path, found: Sequence[tuple[Path, object]], code: str, said: str) -> Faults:
    """Each of these once; `path` is where they all are."""
    seen: set[object] = set()
    for place, value in found:
        if value in seen:
            yield Fault(path + place, code, said)
        seen.add(value)
