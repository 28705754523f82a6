"""`soundingboard export`: the whole board as JSON Lines or CSV."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bot.cli.parts import opened
from bot.cli.progress import Progress
from bot.config import Config
from bot.errors import StorageError
from bot.transfer.records import header, to_line
from storage.transfer.outward import exported

NOTICE_EVERY = 500


async def export(config: Config, _folder: Path, options: argparse.Namespace) -> int:
    """Write every record, as they were at one moment; 1 when nobody reads on."""
    rows, progress = 0, Progress("Exporting:")
    try:
        async with opened(config) as database:
            with _output(options.out) as out:
                out.write(header(options.format).encode())
                async for kind, values in exported(database):
                    out.write(to_line(options.format, kind, values).encode())
                    rows += 1
                    if rows % NOTICE_EVERY == 0:
                        progress.at(rows)
                out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    progress.clear()
    if options.out:
        print(f"Exported {rows:,} rows to {options.out}.", file=sys.stderr)
    return 0


@contextmanager
def _output(file: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that only its owner may read and that appears when it is whole."""
    if file is None:
        yield sys.stdout.buffer
        return
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        with open(part, "xb", opener=_private) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except OSError as error:
        raise StorageError(f"{file} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
