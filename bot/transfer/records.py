"""Our own records as lines of JSON or CSV, and back."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from bot.transfer import cells
from bot.transfer.fields import Field, Scalar, Value, storable, to_scalar, to_text, words
from bot.transfer.kinds import BY_NAME, COLUMNS, Kind, Values
from bot.transfer.problems import Problem, Unreadable

Format = Literal["json", "csv"]


@dataclass(frozen=True, slots=True)
class Record:
    """A record that was read, with the line it begins in."""

    line: int
    kind: Kind
    values: Values

    @property
    def identity(self) -> tuple[Value, ...]:
        """Which one of its kind it is."""
        return tuple(self.values[field] for field in self.kind.identity)


def header(form: Format) -> str:
    """What a file begins with."""
    return cells.to_line(COLUMNS) if form == "csv" else ""


def to_line(form: Format, kind: Kind, values: Values) -> str:
    """A record with its line end."""
    if form == "csv":
        named = {"kind": kind.name, **{key: to_text(value) for key, value in values.items()}}
        return cells.to_line(named.get(column, "") for column in COLUMNS)
    row = {"kind": kind.name, **{key: to_scalar(value) for key, value in values.items()}}
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def records(lines: Iterable[bytes]) -> Iterator[Record | Problem]:
    """The records of a file, whichever form it has. Unreadable when it is none of ours."""
    rest = iter(lines)
    first = next(rest, b"")
    whole = chain([first], rest)
    is_json = first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    rows = _json_rows(whole) if is_json else _csv_rows(whole)
    return (row if isinstance(row, Problem) else _record(*row) for row in rows)


def _json_rows(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, str | None]] | Problem]:
    for number, line in enumerate(lines, 1):
        text = line.removeprefix(b"\xef\xbb\xbf").strip()
        if text:
            yield _json_row(number, text)


def _json_row(number: int, text: bytes) -> tuple[int, dict[str, str | None]] | Problem:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        return Problem(number, "this is not JSON.")
    if not isinstance(row, dict):
        return Problem(number, 'this is not a record: it should begin with {"kind":.')
    for key, value in row.items():
        if not isinstance(value, str | int | None):
            return Problem(number, f"{key} should be text, a number, true, false or null.")
    return number, {key: _as_text(value) for key, value in row.items()}


def _as_text(value: Scalar) -> str | None:
    return None if value is None else to_text(value)


def _csv_rows(lines: Iterable[bytes]) -> Iterator[tuple[int, Mapping[str, str | None]] | Problem]:
    rows = cells.tables(lines)
    try:
        for row in rows:
            if not isinstance(row, Problem) and "kind" not in row[1]:
                raise Unreadable(
                    'This file is no export of Sounding Board: it has no column "kind". If it '
                    "comes from another board, say which with --from."
                )
            yield row
    except Unreadable:
        raise
    except ValueError as error:
        raise Unreadable(str(error)) from None


def _record(line: int, row: Mapping[str, str | None]) -> Record | Problem:
    kind = BY_NAME.get(row.get("kind") or "")
    if kind is None:
        return Problem(line, f'there is no kind of record called "{row.get("kind") or ""}".')
    known = {"kind", *(field.name for field in kind.fields)}
    if extra := next((key for key, cell in row.items() if cell and key not in known), ""):
        return Problem(line, f"{_a(kind)} has no {extra}.")
    values: dict[str, Value] = {}
    wrong = ""
    for field in kind.kept:
        try:
            values[field.name] = _value(field, row.get(field.name))
        except ValueError as error:
            wrong = wrong or f"the {field.name} of {_a(kind)} {error}."
    if not wrong and (broken := kind.rule(values)):
        wrong = f"{_a(kind)} {broken}."
    return Problem(line, wrong, spoilt(kind, values)) if wrong else Record(line, kind, values)


def _value(field: Field, text: str | None) -> Value:
    text = storable(text or "")
    if text or (field.read is words and not field.optional):
        return field.read(text)
    if field.optional:
        return None
    raise ValueError("is missing")


def spoilt(kind: Kind, values: Values) -> tuple[str, int] | None:
    """The kind and number of a row that others may point at."""
    number = values.get(kind.identity[0])
    return (kind.name, number) if len(kind.identity) == 1 and isinstance(number, int) else None


def _a(kind: Kind) -> str:
    return f"{'an' if kind.name[0] in 'aei' else 'a'} {kind.name}"
