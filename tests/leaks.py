"""Reads all that is logged while the tests run, and remembers where a marked word showed up.

The tests that go through failures have people say "zanzibar"; others have an erased Zoëtrope ask
for a xylophone. Tokens are made up, but begin as real ones do.
"""

import io
import re
import sys

from bot.cli.log import configure

MARKED = re.compile(r"zanzibar|zoëtrope|xylophone|xoxb-\w|xapp-\w|s3cret|sk-secret")


class LogWatch(io.StringIO):
    """A stream for the log: passes everything on, and looks at it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.leaks: list[str] = []
        self._test = ""

    def write(self, text: str) -> int:
        """One line of the log, or its end."""
        if text.strip():
            self.lines.append(text)
        if MARKED.search(text.casefold()):
            self.leaks.append(f"{self._test}: {text.strip()}")
        return sys.stdout.write(text)

    def follow(self, test: str) -> None:
        """Log here from now on, as the bot would, whatever a test has set up."""
        self._test = test
        self.lines.clear()
        configure("json", self)
