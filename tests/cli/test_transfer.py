"""`export`, `import` and `backup` as operators meet them."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_commands import ended
from tests.transfer.moving import SAMPLES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_board_moves_into_an_empty_folder(folder: Path, tmp_path: Path, form: str) -> None:
    out, again = tmp_path / "out", tmp_path / "again"
    code, said = ended(folder, "export", "--format", form, "--out", str(out))
    assert (code, said) == (0, f"Exported 12 rows to {out}.\n")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    other = tmp_path / "other"
    other.mkdir()
    assert ended(other, "import", str(out)) == (0, "Brought in 12 rows.\n")
    assert ended(other, "import", str(out)) == (
        0, "Brought in 0 rows. 12 were here already.\n"
    )  # fmt: skip
    ended(other, "export", "--format", form, "--out", str(again))
    assert again.read_bytes() == out.read_bytes()
    assert ended(folder, "export", "--format", form)[1] == out.read_text()


def test_a_reader_who_has_seen_enough_is_no_error(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "export"]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as exporting:  # fmt: skip
        assert exporting.stdout
        assert exporting.stderr
        exporting.stdout.close()
        assert exporting.stderr.read() == b""
        assert exporting.wait() == 1


def test_bad_rows_are_told_and_the_exit_code_is_1(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad"
    file.write_text('{"kind":"idea"}\n')
    code, said = ended(folder, "import", str(file))
    assert code == 1
    assert said == (
        "Line 1: the number of an idea is missing.\n"
        "Brought in 0 rows. 1 could not be brought in, see above; the rest is here.\n"
    )


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("a,b\n1,2\n", (), "soundingboard: This file is no export of Sounding Board"),
        ("a,b\n1,2\n", ("--from", "canny"), 'soundingboard: This file has no column "title".'),
        ("", ("--from", "canny", "--connection", "office"),
         "soundingboard: There is no connection 'office'. Choose one with --connection: "),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_kindly(
    folder: Path, tmp_path: Path, text: str, more: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "file"
    file.write_text(text)
    code, told = ended(folder, "import", str(file), *more)
    assert (code, told[: len(said)]) == (2, said)


def test_a_file_that_is_not_there_is_said(folder: Path) -> None:
    said = "soundingboard: nowhere.csv cannot be read: No such file or directory.\n"
    assert ended(folder, "import", "nowhere.csv") == (2, said)


def test_another_board_is_brought_in_with_its_own_statuses(folder: Path) -> None:
    command = "import", str(SAMPLES / "canny.csv"), "--from", "canny", "--status", "in beta=planned"
    assert ended(folder, *command) == (0, "Brought in 9 rows.\n")
    assert "imported canny" in ended(folder, "audit", "2")[1]


def test_a_status_of_ours_that_is_none_is_refused(folder: Path) -> None:
    code, said = ended(folder, "import", "x", "--from", "canny", "--status", "In Beta=soon")
    assert code == 2
    assert 'write it as "In Beta=in_progress"; we know held, new, ' in said


def test_a_backup_is_made_and_never_overwritten(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite"
    code, said = ended(folder, "backup", str(file))
    assert code == 0
    assert said.startswith(f"The backup is in {file} (")
    code, said = ended(folder, "backup", str(file))
    assert (code, "is there already" in said) == (2, True)


def test_an_export_into_a_folder_that_is_not_there_is_said(folder: Path) -> None:
    code, said = ended(folder, "export", "--out", "nowhere/out")
    assert (code, said) == (
        2, "soundingboard: nowhere/out cannot be written: No such file or directory.\n"
    )  # fmt: skip
