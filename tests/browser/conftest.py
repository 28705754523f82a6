"""A playground of its own for each test, and a browser that notices every complaint."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitor import Visitor
from tests.process import Process

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    program = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    assert program, "Please install Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    """The playground as `make run` starts it, on any free port."""
    with Process(tmp_path, "bot", "run", "--port", "0") as process:
        yield process


@pytest.fixture
def visitor(browser: Browser, process: Process) -> Iterator[Visitor]:
    """Somebody at the page, who has seen nothing wrong with it in the end."""
    visitor = Visitor(browser)
    visitor.open(process.address)
    yield visitor
    visitor.leave()
    assert not visitor.complaints
