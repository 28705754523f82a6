"""CSV as RFC 4180 has it, with cells that no spreadsheet takes for a formula.

A spreadsheet computes a cell that begins with one of these, so it gets an apostrophe before it;
so does one that has apostrophes before it already, which makes taking one away exact.
https://owasp.org/www-community/attacks/CSV_Injection
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from bot.transfer.problems import Problem

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_BOM = b"\xef\xbb\xbf"


def neutral(cell: str) -> str:
    """The cell as text only."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restored(cell: str) -> str:
    """What `neutral` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def to_line(cells: Iterable[str]) -> str:
    """A row with its line end, quoted where it must be."""
    line = io.StringIO()
    csv.writer(line).writerow([neutral(cell) for cell in cells])
    return line.getvalue()


def rows(lines: Iterable[bytes]) -> Iterator[tuple[int, list[str]] | Problem]:
    """The rows of a file with the line each begins in; empty lines are left out.

    A quote that is never closed takes at most 128 KiB with it (`csv.field_size_limit`).
    """
    reader = csv.reader(_decoded(lines), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(line, f"this is not CSV ({error}). Is a quotation mark missing?")
            continue
        if any("\udc80" <= c <= "\udcff" for cell in row for c in cell):
            yield Problem(line, "this is not UTF-8 text.")
        elif row:
            yield line, row


def tables(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, str]] | Problem]:
    """The rows after the header by column, restored. ValueError when there is no header."""
    header: Sequence[str] | None = None
    for row in rows(lines):
        if isinstance(row, Problem):
            if header is None:
                raise ValueError(f"Its first line should name the columns, and {row.text}")
            yield row
        elif header is None:
            header = [cell.strip() for cell in row[1]]
        elif len(row[1]) != len(header):
            had, wanted = len(row[1]), len(header)
            yield Problem(row[0], f"this row has {had} cells; the header has {wanted}.")
        else:
            yield row[0], {key: restored(cell) for key, cell in zip(header, row[1], strict=True)}


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    for index, line in enumerate(lines):
        text = line.removeprefix(_BOM) if index == 0 else line
        yield text.decode(errors="surrogateescape")
