"""The bench of similar ideas on a few of our own, in the format of the recorded ones."""

import json
from pathlib import Path

import pytest

from bench.similar import folds
from bench.similar.__main__ import main
from bot.reading.meanings import MEANING

IDEAS = [
    (4, 4, "Sort the list of drafts", "By name and by date, please."),
    (7, 7, "A darker theme for the evening", ""),
    (9, 4, "Sort drafts by their date", "The list of drafts is long."),
    (12, 12, "Print two pages on one sheet", "To save paper."),
    (15, 4, "Let us sort the drafts", "The list, by name."),
]


def _written(ideas: list[tuple[int, int, str, str]], file: Path) -> Path:
    names = "id", "cluster", "title", "body"
    rows = (dict(zip(names, idea, strict=True)) for idea in ideas)
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return file


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return _written(IDEAS, tmp_path / "ideas.jsonl")


def _answers(file: Path) -> dict[int, dict[str, list[int]]]:
    rows = map(json.loads, file.read_text().splitlines())
    return {row.pop("id"): row for row in rows}


def test_each_idea_is_ranked_against_all_others(
    record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ranks.jsonl"
    assert main([str(record), "--out", str(out), "--sizes"]) == 0
    answers = _answers(out)
    assert list(answers) == [4, 7, 9, 12, 15]
    assert set(answers[4]["ranked"][:2]) == {9, 15}
    assert set(answers[4]["offered"]) == {9, 15}
    assert all(sorted([one, *answers[one]["ranked"]]) == [4, 7, 9, 12, 15] for one in answers)
    assert answers[4]["ranked"][2:] == [7, 12], "those that share nothing, as they came"
    assert answers[7]["offered"] == []
    printed = capsys.readouterr().out
    assert "5 ideas, each against all others; 3 with a duplicate there." in printed
    ours = next(line for line in printed.splitlines() if line.startswith("ours "))
    assert ours.split()[1:] == ["1.000"] * 5
    assert "bm25, all words" in printed
    assert "Precision 1.000 of the first, 1.000 of all shown; recall 1.000 of 3" in printed


def test_on_arrival_only_those_that_came_before_are_ranked(
    record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ranks.jsonl"
    assert main([str(record), "--arrival", "--out", str(out), "--sizes"]) == 0
    answers = _answers(out)
    assert answers[4] == {"ranked": [], "offered": []}
    assert answers[9]["ranked"] == [4, 7]
    assert set(answers[15]["ranked"][:2]) == {4, 9}
    assert answers[15]["ranked"][2:] == [7, 12]
    assert "each against those before it; 2 with a duplicate there" in capsys.readouterr().out


def test_a_record_may_hold_anything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = [(1, 1, "Sort the drafts\u2028by date", ""), (2, 2, "🎉 ???", ""), (3, 3, "Print", "")]
    out = tmp_path / "ranks.jsonl"
    file = _written(odd, tmp_path / "odd.jsonl")
    assert main([str(file), "--out", str(out), "--sizes"]) == 0
    assert _answers(out)[2] == {"ranked": [1, 3], "offered": []}
    assert "No idea has a duplicate." in capsys.readouterr().out


def test_the_latency_is_printed_beside_one_query(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(record), "--sizes", "30", "--rounds", "2"]) == 0
    row = next(
        line for line in capsys.readouterr().out.splitlines() if line.startswith("30 ideas, SQLite")
    )
    assert row.endswith("×")


def test_a_file_that_is_no_record_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ideas.jsonl"
    file.write_text('{"id": 1}\n')
    assert main([str(file), "--sizes"]) == 2
    assert "bench.similar:" in capsys.readouterr().err


def test_each_constant_is_moved_and_the_choice_cross_validated(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = dict(MEANING)
    assert folds.main([str(record)]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header.split() == ["hit@5", "MRR"]
    names = [row[:24].strip() for row in rows]
    assert names[0] == "as it is"
    assert names[-2:] == ["no meanings", "cross-validated"]
    assert len(names) == 2 * len(folds.STEPS) + 3
    assert all(row[24:].split() == ["1.000", "1.000"] for row in rows)
    assert before == MEANING
