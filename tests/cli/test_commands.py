"""`soundingboard` as operators meet it: exit codes, and sentences instead of tracebacks."""

import re
import signal
import socket
from pathlib import Path

import pytest

from tests.crash.visitor import Visitor
from tests.process import Process

SLACK = """
[connections.community]
platform = "slack"
bot_token = "$COMMUNITY_BOT_TOKEN"
app_token = "$COMMUNITY_APP_TOKEN"
"""
TOKENS = {"COMMUNITY_BOT_TOKEN": "xoxb-made-up", "COMMUNITY_APP_TOKEN": "xapp-made-up"}
BROKEN = """
timezone = "Europe/Berln"
[connections.community]
platform = "discord"
[capture]
emoji = "👍"
"""


def ended(folder: Path, *command: str, **environment: str) -> tuple[int, str]:
    """The exit code and what was said: at most a few lines, and never a traceback."""
    with Process(folder, "bot", *command, **environment) as process:
        code = process.wait()
    assert "Traceback" not in process.log
    return code, process.log


def test_audit_tells_the_story_of_an_idea_without_peoples_words(folder: Path) -> None:
    code, said = ended(folder, "audit", "1")
    assert code == 0
    title, *story = said.splitlines()
    assert title == "#1 Dark mode"
    assert [re.sub(r"^  2026-11-02 \d\d:\d\d  ", "", line) for line in story] == [
        "Ana: suggested",
        "Ben: voted button",
        "Mo: blocked author",
    ]


def test_audit_of_an_unknown_idea_says_so(folder: Path) -> None:
    assert ended(folder, "audit", "99") == (1, "There is no idea #99.\n")


@pytest.mark.parametrize("number", ["first", "0", "-1", "1.5", "9" * 30])
def test_what_is_no_number_of_an_idea_is_refused(folder: Path, number: str) -> None:
    code, said = ended(folder, "audit", number)
    assert code == 2
    assert "is not the number of an idea" in said or "usage" in said


def test_unblock_lets_the_author_suggest_again_once(folder: Path) -> None:
    assert ended(folder, "unblock", "1") == (0, "Ana may suggest ideas again.\n")
    assert ended(folder, "unblock", "1") == (1, "Ana was not blocked.\n")
    assert ended(folder, "audit", "1")[1].endswith("the bot: unblocked author\n")


def test_unblock_of_an_unknown_idea_says_so(folder: Path) -> None:
    assert ended(folder, "unblock", "99") == (1, "There is no idea #99 with an author.\n")


def test_every_problem_of_a_configuration_is_printed_at_once(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text(BROKEN, encoding="utf-8")
    code, said = ended(tmp_path, "--config", "broken.toml", "run")
    assert code == 2
    assert 'timezone: "Europe/Berln" is not a time zone. Did you mean "Europe/Berlin"?' in said
    assert 'connections.community.token: discord needs it. Write "$COMMUNITY_TOKEN" here' in said
    assert "voting.emoji: 👍 already means capture.emoji." in said


def test_a_configuration_that_is_not_there_is_named(tmp_path: Path) -> None:
    code, said = ended(tmp_path, "--config", "nowhere.toml", "run")
    assert (code, said.count("\n")) == (2, 1)
    assert "nowhere.toml: it cannot be read (No such file or directory)." in said


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "soundingboard-data").write_text("a file is in the way")
    code, said = ended(tmp_path, "run", "--port", "0")
    assert code == 2
    assert "soundingboard-data: it cannot be made (File exists)." in said


def test_a_port_in_use_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = ended(tmp_path, "run", "--port", str(port))
    assert (code, said.count("\n")) == (2, 1)
    assert f"port {port} is in use" in said
    assert "soundingboard run --port 8788" in said


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_run_stops_in_order_and_starts_again(tmp_path: Path, stop: signal.Signals) -> None:
    for _ in range(2):
        with Process(tmp_path, "bot", "run", "--port", "0") as process:
            Visitor(process.address)
            process.signal(stop)
            assert process.wait() == 0, process.log


def test_no_command_shows_how_to_use_it(tmp_path: Path) -> None:
    code, said = ended(tmp_path)
    assert code == 2
    assert said.startswith("usage: soundingboard")
