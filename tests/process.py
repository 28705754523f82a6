"""The bot as a process of its own, as an operator starts it, and a way to wait for it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self, TypeVar

Found = TypeVar("Found")
ROOT = Path(__file__).parent.parent
PATIENCE = 30.0
"""Seconds until a test that waits for something fails."""
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\?token=\S+")


def until(what: Callable[[], Found], patience: float = PATIENCE) -> Found:
    """The first answer that is not empty; asked again and again, for so many seconds."""
    deadline = time.monotonic() + patience
    while not (found := what()):
        assert time.monotonic() < deadline, f"still waiting for {what}"
        time.sleep(0.02)
    return found


class Process:
    """`python -m COMMAND` in a folder; killed at the end of its `with`, if need be."""

    def __init__(self, folder: Path, *command: str, **environment: str) -> None:
        self._log = folder / f"log{len([*folder.glob('log*')])}.txt"
        with self._log.open("w") as log:
            self._child = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", *command],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.kill()
        self._child.wait()

    @property
    def log(self) -> str:
        """What it has printed so far."""
        return self._log.read_text()

    @property
    def address(self) -> str:
        """The page it prints at its start."""
        found = until(lambda: _ADDRESS.search(self.log) or self._ended())
        assert isinstance(found, re.Match), self.log
        return found[0]

    def _ended(self) -> bool:
        return self._child.poll() is not None

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._child.send_signal(number)

    def wait(self) -> int:
        """Its exit code, once it has ended; minus the signal that killed it."""
        return self._child.wait(PATIENCE)

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        self.signal(signal.SIGTERM)
        return self.wait()
