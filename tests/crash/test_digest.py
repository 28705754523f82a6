"""`kill -9` at every step of a digest: prepared once, and each of its posts sent once."""

import shutil
import signal
from collections import Counter
from pathlib import Path

import pytest

from tests.crash.board import Said, bot, finish, rows, said
from tests.crash.visitor import Visitor
from tests.process import until

A_WEEK = 7 * 86_400.0
A_MINUTE = 61.0
"""What a dead process had leased is free again."""
LONG = 400.0
"""The platform does not recognise its own messages any more."""


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ana has suggested and Ben has voted, before the schedule strikes."""
    folder = tmp_path_factory.mktemp("week")
    with bot(folder) as process:
        people = Visitor(process.address)
        people.suggest("ana", "Dark mode at night")
        people.press("ben", "Vote", people.card("ben", "ideas", "Dark mode"))
        finish(process, folder, 30)
    return folder


@pytest.fixture
def folder(week: Path, tmp_path: Path) -> Path:
    """The same, for one test."""
    shutil.copytree(week, tmp_path, dirs_exist_ok=True)
    return tmp_path


def _die_once(folder: Path, point: str, what: str, rest: float) -> Counter[Said]:
    """Die when it comes to this point, and start again after a rest; all said to the inbox."""
    with bot(folder, A_WEEK, (point, what)) as process:
        assert process.wait() == -signal.SIGKILL, process.log
    now = A_WEEK + rest
    with bot(folder, now) as process:
        until(lambda: _is_told(folder))
        finish(process, folder, now)
    return Counter({key: n for key, n in said(folder).items() if key[0] == "product-inbox"})


def _is_told(folder: Path) -> bool:
    """Whether the digest is there and none of its posts waits."""
    waiting = "SELECT id FROM queue WHERE done_at IS NULL AND subject_kind LIKE 'digest%'"
    prepared = rows(folder, "soundingboard", "SELECT digest FROM digest_parts")
    return bool(prepared) and not rows(folder, "soundingboard", waiting)


@pytest.mark.parametrize(
    ("point", "what"),
    [
        ("before commit", "add_digest"),
        ("after commit", "add_digest"),
        ("before delivery", "SendPost"),
        ("after delivery", "SendPost"),
        ("before delivery", "SendPost 2"),
        ("after delivery", "SendPost 2"),
    ],
)
def test_a_digest_is_prepared_and_posted_once_wherever_the_bot_dies(
    folder: Path, point: str, what: str
) -> None:
    words = _die_once(folder, point, what, A_MINUTE)
    assert set(words.values()) == {1}, words
    head, below = sorted(words, key=lambda one: one[1])
    assert "What your customers ask for" in head[2]
    assert below[1] == head[2]
    assert "New ideas: 1" in below[2]
    prepared = "SELECT period FROM digests WHERE id IN (SELECT digest FROM digest_parts)"
    assert len(rows(folder, "soundingboard", prepared)) == 1


@pytest.mark.parametrize("what", ["SendPost", "SendPost 2"])
def test_long_after_a_kill_one_post_of_a_digest_is_repeated(folder: Path, what: str) -> None:
    words = _die_once(folder, "after delivery", what, LONG)
    assert sorted(words.values()) == [1, 2]
