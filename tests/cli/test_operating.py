"""A running bot as its supervisor sees it, and the commands of its operator."""

import json
import re
import socket
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.refs import AccountRef, ChannelRef
from bot.results import Direct, Post, Subject
from storage.database import open_database
from tests.cli.test_commands import TOKENS, ended
from tests.community import START
from tests.crash.visitor import Visitor
from tests.process import PATIENCE, Process, until
from tests.sqlite import sqlite

ALONE = 'storage.url = "sqlite:///board.sqlite"\n'
SLACK = """
[connections.community]
platform = "slack"
bot_token = "$COMMUNITY_BOT_TOKEN"
app_token = "$COMMUNITY_APP_TOKEN"
"""


def _ask(address: str, path: str) -> tuple[int, str, str]:
    """Status, content type and body."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.headers["Content-Type"], response.read().decode()
    finally:
        connection.close()


def _is_ready(address: str) -> bool:
    return _ask(address, "/readyz")[0] == 200


def test_a_running_bot_tells_its_supervisor_how_it_is(tmp_path: Path) -> None:
    with Process(tmp_path, "bot", "run", "--port", "0") as process:
        address = process.address
        assert _ask(address, "/healthz")[0] == 200
        until(lambda: _is_ready(address))
        Visitor(address).suggest("ana", "Zanzibar mode")
        status, kind, page = _ask(address, "/metrics")
        assert (status, kind) == (200, "text/plain; version=1.0.0; charset=utf-8")
        assert 'events_total{event="FormSubmitted",outcome="answered",route="suggest"}' in page
        assert "anzibar" not in page
        assert process.stop() == 0
    assert "anzibar" not in process.log


def test_storage_that_is_gone_is_not_ready_and_comes_back(tmp_path: Path) -> None:
    with Process(tmp_path, "bot", "run", "--port", "0") as process:
        address = process.address
        until(lambda: _is_ready(address))
        file = tmp_path / "soundingboard-data" / "soundingboard.sqlite"
        with sqlite(file) as storage:
            storage.execute("ALTER TABLE queue RENAME TO away")
        assert _ask(address, "/readyz")[::2] == (503, "storage does not answer\n")
        assert _ask(address, "/healthz")[0] == 200
        with sqlite(file) as storage:
            storage.execute("ALTER TABLE away RENAME TO queue")
        assert _is_ready(address)


@pytest.fixture
async def stuck(folder: Path) -> Path:
    """Three rows: a post that died, a direct message that died, and one that waits."""
    file = folder / "soundingboard-data" / "soundingboard.sqlite"
    with sqlite(file) as storage:
        storage.execute("DELETE FROM queue")
    database = await open_database(f"sqlite+aiosqlite:///{file}")
    ana = AccountRef("playground", "ana")
    card = Post(ChannelRef("playground", "ideas"), Subject("idea_card", 1))
    async with database.transaction() as store:
        await store.enqueue((card, Direct(ana, "playground", Subject("decision", 1))), START)
    for error in ("channel_not_found", "50007"):
        row = await database.queue.take(jobs=False, held=frozenset(), now=START, lease=60)
        assert row
        await database.queue.dead(row, error, START)
    async with database.transaction() as store:
        await store.enqueue((card,), START)
    await database.close()
    return folder


def test_queue_shows_what_waits_without_anybodys_text(stuck: Path) -> None:
    code, said = ended(stuck, "queue")
    heading, row, sum_ = said.splitlines()
    assert (code, sum_) == (0, "1 waiting, 2 dead")
    assert heading.split() == ["row", "kind", "lane", "subject", "due", "attempts", "error"]
    shown = r"\d+ +post  playground/ideas  idea_card 1  2026-11-02 09:00:00  0"
    assert re.fullmatch(shown, row)


def test_queue_shows_the_dead_with_their_errors_and_tries_them_again(stuck: Path) -> None:
    code, said = ended(stuck, "queue", "--dead")
    assert code == 0
    latest, first = said.splitlines()[1:3]
    assert latest.endswith("50007")
    assert first.endswith("channel_not_found")
    number = first.split()[0]
    assert ended(stuck, "queue", "--retry", number) == (0, "1 row waits again.\n")
    code, said = ended(stuck, "queue", "--retry", number)
    assert (code, said) == (1, f"There is no dead row {number} that can be tried again.\n")
    assert ended(stuck, "queue", "--retry", "all") == (0, "1 row waits again.\n")
    assert ended(stuck, "queue", "--retry", "all")[0] == 1
    assert ended(stuck, "queue")[1].endswith("3 waiting, 0 dead\n")


@pytest.mark.parametrize("row", ["first", "0", "-1", "9" * 30])
def test_what_is_no_row_is_refused(folder: Path, row: str) -> None:
    assert ended(folder, "queue", f"--retry={row}")[0] == 2


def test_check_says_that_all_is_right_and_changes_nothing(tmp_path: Path) -> None:
    code, said = ended(tmp_path, "check")
    assert code == 0
    assert "right  storage" in said
    assert "the next start brings it up to date" in said
    assert not (tmp_path / "soundingboard-data" / "soundingboard.sqlite").exists()


def test_check_points_to_what_was_given_up(stuck: Path) -> None:
    code, said = ended(stuck, "check")
    assert code == 1
    assert re.search(r"look +queue +see `soundingboard queue --dead`: 2 given up", said)


def test_check_names_what_must_be_mended_and_keeps_secrets(tmp_path: Path) -> None:
    (tmp_path / "board.sqlite").write_text("not a database" * 99)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        api = f'api_url = "http://127.0.0.1:{nobody.getsockname()[1]}/"\n'
        (tmp_path / "config.toml").write_text(ALONE + SLACK + api)
        code, said = ended(tmp_path, "--config", "config.toml", "check", **TOKENS)
    assert code == 2
    assert re.search(r"mend +storage +The database at .* cannot be opened: file is not", said)
    assert re.search(r"mend +connection community +.*no answer from Slack", said)
    assert "look  configuration" in said
    assert "xoxb" not in said


@pytest.mark.parametrize("command", [[], ["check"]])
def test_help_tells_the_exit_codes(tmp_path: Path, command: list[str]) -> None:
    code, said = ended(tmp_path, *command, "--help")
    assert code == 0
    assert "exit codes:" in said


def test_an_unforeseen_failure_is_logged_without_words_and_has_its_code(folder: Path) -> None:
    with sqlite(folder / "soundingboard-data" / "soundingboard.sqlite") as storage:
        storage.execute("ALTER TABLE audit RENAME TO zanzibar")
    code, said = ended(folder, "--log", "json", "audit", "1")
    assert code == 70
    line = json.loads(said.splitlines()[-1])
    assert line["event"] == "command_failed"
    assert "zanzibar" not in said
