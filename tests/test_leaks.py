"""The watch on the log watches."""

import logging
import subprocess
import sys
from pathlib import Path

import structlog

from tests.leaks import LogWatch
from tests.process import ROOT

LEAKING = """
import structlog

def test_it_logs_what_somebody_wrote():
    structlog.get_logger().warning("kept", title="A beach in Zanzibar")
"""


def test_a_marked_word_in_the_log_is_noticed_and_whose_test_it_was() -> None:
    watch = LogWatch()
    watch.follow("the test")
    structlog.get_logger().info("kept", title="A beach in Zanzibar")
    structlog.get_logger().info("kept", title="Dark mode")
    assert len(watch.lines) == 2
    (leak,) = watch.leaks
    assert leak.startswith("the test: {")


def test_what_a_library_logs_is_told_without_its_words() -> None:
    watch = LogWatch()
    watch.follow("the test")
    try:
        raise ValueError("zanzibar")
    except ValueError:
        logging.getLogger("some.library").exception("cannot parse %s", "zanzibar")
    logging.getLogger("some.library").warning("cannot parse zanzibar")
    logging.getLogger("some.library").info("not told at all")
    assert watch.leaks == []
    first, second = watch.lines
    assert '"logger": "some.library"' in first
    assert "ValueError" in first
    assert '"where": "test_leaks.' in second


def test_a_leak_fails_the_run_although_every_test_passed(tmp_path: Path) -> None:
    (tmp_path / "test_leaking.py").write_text(LEAKING)
    command = "-m", "pytest", "-p", "tests.conftest", "-c", ROOT / "pyproject.toml", tmp_path
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *command, "-p", "no:cacheprovider"], cwd=ROOT, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert "1 passed" in ran.stdout
    assert "people's words or a token in the log" in ran.stdout
    assert ran.returncode == 1
