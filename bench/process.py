"""`soundingboard run` as a process of its own, and a page that looks at it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

CODE = Path(__file__).parent.parent
_CONFIG = """\
[web]
port = 0
[connections.playground]
platform = "playground"
listen = ["general", "ideas"]
board = "ideas"
moderators = ["mo"]
product_team = ["pia"]
[product]
inbox = "playground/product-inbox"
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A browser's view of a running playground."""

    process: int
    entrance: str
    browser: OpenerDirector

    @property
    def url(self) -> str:
        """The address without the way in."""
        return self.entrance.partition("/?")[0]

    def status(self) -> str:
        """What Linux knows of the process."""
        return Path(f"/proc/{self.process}/status").read_text()

    def see(self) -> None:
        """Come in, and load the page and what stands on it."""
        for address in (self.entrance, f"{self.url}/api/state"):
            with self.browser.open(address) as response:
                response.read()

    def ask(self, command: str) -> None:
        """A slash command by Ana."""
        body = {"person": "ana", "channel": "general", "text": command}
        headers = {"Content-Type": "application/json", "Origin": self.url}
        asked = Request(f"{self.url}/api/command", json.dumps(body).encode(), headers)  # noqa: S310
        with self.browser.open(asked) as response:
            response.read()


@contextmanager
def served(folder: Path) -> Iterator[Page]:
    """The bot with its files in a folder, as soon as it has said where its page is."""
    config = folder / "config.toml"
    config.write_text(_CONFIG)
    command = [sys.executable, "-m", "bot", "--config", str(config), "run"]
    with subprocess.Popen(command, cwd=CODE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            said = process.stdout.readline() if process.stdout else ""
            browser = build_opener(HTTPCookieProcessor(CookieJar()))
            yield Page(process.pid, said.split()[-1], browser)
        finally:
            process.terminate()
