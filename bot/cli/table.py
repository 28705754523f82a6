"""A table on a terminal."""

from collections.abc import Sequence


def show(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows in columns as wide as they need to be; the first row is the heading."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
