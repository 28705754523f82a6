"""A SQLite file beside the bot that uses it, for a look or a change by hand."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def sqlite(file: Path | str) -> Iterator[sqlite3.Connection]:
    """One transaction; `with sqlite3.connect(…)` alone would leave the file open."""
    with closing(sqlite3.connect(file)) as connection, connection:
        yield connection
