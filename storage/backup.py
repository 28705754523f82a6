"""A consistent copy of a SQLite database that is in use."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from bot.errors import StorageError


def back_up(url: str, file: Path) -> int:
    """Copy the database as one moment saw it; the size of `file` in bytes. Stops no writer.

    It is copied as it is, not migrated: what one wants before an upgrade. StorageError when the
    file is there already, the database is on PostgreSQL, or it cannot be read.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise StorageError(
            "PostgreSQL has its own way to do this, while everything runs: "
            f"pg_dump --format=custom --file={file} followed by the address of your database. "
            "pg_restore brings it back."
        )
    if file.exists():
        raise StorageError(
            f"{file} is there already. A backup never overwrites: choose a new name."
        )
    part = file.with_name(f"{file.name}.part")
    try:
        _copy(Path(address.database), part)
        part.rename(file)
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise StorageError(f"{file} cannot be made: {reason}.") from error
    finally:
        part.unlink(missing_ok=True)
    return file.stat().st_size


def _copy(database: Path, part: Path) -> None:
    """VACUUM INTO reads in one transaction and takes an empty file as its target.

    https://sqlite.org/lang_vacuum.html
    """
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as source:
        source.execute("PRAGMA busy_timeout=5000")
        source.execute("VACUUM INTO ?", (str(part),))
    with part.open("rb+") as copied:
        os.fsync(copied.fileno())
