"""What a long command says while it runs: on standard error, and only to somebody watching."""

import sys


class Progress:
    """A line that counts up on a terminal; nothing elsewhere."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._watched = sys.stderr.isatty()

    def at(self, rows: int) -> None:
        """So many rows by now."""
        if self._watched:
            print(f"\r{self._what} {rows:,} rows…", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Make room for another line."""
        if self._watched:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
