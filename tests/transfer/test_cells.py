"""Cells as spreadsheets see them, and CSV that somebody has edited."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.transfer.cells import neutral, restored, rows, tables, to_line
from bot.transfer.problems import Problem

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
HOSTILE = st.builds("{}{}{}".format, st.sampled_from(["", "'", "''"]),
                    st.sampled_from([*"=+-@\t\r\n\"',", "＝", "\u202e", "\ufeff", "🌙"]),
                    WORDS)  # fmt: skip


@given(WORDS | HOSTILE)
def test_no_cell_begins_like_a_formula_and_each_is_restored_exactly(cell: str) -> None:
    assert neutral(cell)[:1] not in {*"=+-@\t\r"}
    assert restored(neutral(cell)) == cell


@pytest.mark.parametrize("cell", ["'tis", "don't", "", "''", "12", "'"])
def test_what_is_no_formula_is_left_alone(cell: str) -> None:
    assert neutral(cell) == restored(cell) == cell


@given(st.lists(st.lists(WORDS | HOSTILE, min_size=2, max_size=4), min_size=1))
def test_rows_read_back_as_they_were_by_us_and_by_others(table: list[list[str]]) -> None:
    text = "".join(to_line(row) for row in [["head"], *table])
    ours = [row[1] for row in rows(io.BytesIO(text.encode())) if not isinstance(row, Problem)]
    theirs = [*csv.reader(io.StringIO(text, newline=""))]
    for read in (ours, theirs):
        assert [[restored(cell) for cell in row] for row in read] == [["head"], *table]


def _read(text: bytes) -> list[object]:
    return list(tables(io.BytesIO(text)))


def test_a_row_is_told_by_the_line_it_begins_in() -> None:
    first, wrong, last = _read(b'a,b\r\n"one\r\ntwo",2\r\n3\r\n4,5\r\n')
    assert first == (2, {"a": "one\r\ntwo", "b": "2"})
    assert wrong == Problem(4, "this row has 1 cells; the header has 2.")
    assert last == (5, {"a": "4", "b": "5"})


def test_a_stray_quotation_mark_costs_its_row_only() -> None:
    wrong, last = _read(b'a,b\n"x"y,2\n4,5\n')
    assert isinstance(wrong, Problem)
    assert (wrong.line, wrong.text[:16]) == (2, "this is not CSV ")
    assert last == (3, {"a": "4", "b": "5"})


def test_a_quotation_mark_that_is_never_closed_does_not_take_the_whole_file() -> None:
    read = _read(b'a,b\n1,"2\n' + b"3,4\n" * 100_000)
    problems = [row for row in read if isinstance(row, Problem)]
    assert [problem.line for problem in problems] == [2]
    assert len(read) > 60_000


def test_what_is_not_utf_8_is_told() -> None:
    assert _read(b"a,b\nZo\xeb,2\n3,4\n") == [
        Problem(2, "this is not UTF-8 text."),
        (3, {"a": "3", "b": "4"}),
    ]


def test_a_byte_order_mark_and_empty_lines_are_passed_over() -> None:
    assert _read(b"\xef\xbb\xbfa,b\r\n\r\n1,2\r\n") == [(3, {"a": "1", "b": "2"})]
