"""`soundingboard digest`: read it, prepare it once, and what to write instead.

In the folder Ana's idea came, with Ben's vote, in the week 2026-W45.
"""

from pathlib import Path

import pytest

from tests.cli.test_commands import ended
from tests.process import Process
from tests.sqlite import sqlite


def prepared(folder: Path) -> list[tuple[str, str]]:
    file = folder / "soundingboard-data" / "soundingboard.sqlite"
    with sqlite(file) as connection:
        return connection.execute("SELECT destination, period FROM digests").fetchall()


def test_a_dry_run_prints_what_it_would_say_and_prepares_nothing(folder: Path) -> None:
    code, said = ended(folder, "digest", "--period", "2026-W45", "--dry-run")
    assert code == 0
    assert "── for playground/product-inbox ──" in said
    assert "What your customers ask for · 2 November – 9 November 2026" in said
    assert "“Something private” – Ana" in said
    assert "[Plan] [Decline…] [Answer…] [Open]" in said
    assert "New ideas: 1 (0)" in said
    assert prepared(folder) == []


def test_a_digest_is_prepared_once(folder: Path) -> None:
    code, said = ended(folder, "digest", "--period", "2026-W45")
    assert (code, said) == (
        0,
        "playground/product-inbox: prepared. The running bot posts it.\n",
    )
    code, said = ended(folder, "digest", "--period", "2026-W45")
    assert (code, said) == (0, "playground/product-inbox: it was prepared before.\n")
    assert len(prepared(folder)) == 1


def test_a_week_without_anything_says_so(folder: Path) -> None:
    code, said = ended(folder, "digest", "--period", "2025-W03")
    assert code == 0
    assert "there is nothing to say about that time, so nothing is posted" in said
    code, said = ended(folder, "digest", "--period", "2025-W04", "--dry-run")
    assert said.endswith("There is nothing to say about that time.\n")


def test_two_at_once_prepare_it_once(folder: Path) -> None:
    command = "bot", "digest", "--period", "2026-W45"
    with Process(folder, *command) as one, Process(folder, *command) as other:
        assert (one.wait(), other.wait()) == (0, 0)
        assert sorted(process.log.partition(": ")[2] for process in (one, other)) == [
            "it was prepared before.\n",
            "prepared. The running bot posts it.\n",
        ]
    assert len(prepared(folder)) == 1


@pytest.mark.parametrize(
    ("period", "why"),
    [
        ("yesterday", "Write last-week, this-week, or a week such as 2026-W45."),
        ("2099-W01", "2099-W01 has not begun yet."),
    ],
)
def test_another_period_is_refused_with_what_to_write(folder: Path, period: str, why: str) -> None:
    code, said = ended(folder, "digest", "--period", period)
    assert code == 1
    assert why in said


def test_without_a_destination_it_can_only_be_read(folder: Path) -> None:
    (folder / "config.toml").write_text('[connections.here]\nplatform = "playground"\n')
    code, said = ended(folder, "--config", "config.toml", "digest")
    assert code == 2
    assert "digest.to: name a channel there" in said
    assert ended(folder, "--config", "config.toml", "digest", "--dry-run")[0] == 0
