"""Every row runs, and says what it compares; how fast it is, no test asks."""

import pytest
from sqlalchemy import func, select

from bench.__main__ import ROWS, measure
from bench.lab import Scale, Shelf, lab
from bench.table import ratio
from storage.schema import inbox

TINY = Scale(many=300, few=100, rounds=2, votes=20, starts=1)


@pytest.mark.parametrize("name", ROWS)
async def test_each_row_measures_both_of_its_sides(name: str) -> None:
    async with lab(TINY) as place:
        row = await ROWS[name](place)

    assert row.ours
    assert row.baseline
    assert row.verdict in {"reached", "between", "ABOVE", "not measured", "no goal"}


async def test_each_vote_and_form_is_a_new_one() -> None:
    async with lab(TINY) as place:
        shelf = await place.shelf(TINY.few)
        for name in ("slack-form", "slack-vote", "discord-form", "discord-vote"):
            before = await _claimed(shelf)
            await ROWS[name](place)
            assert await _claimed(shelf) - before >= 20, name


async def _claimed(shelf: Shelf) -> int:
    """How many events were seen for the first time."""
    async with shelf.database.reading() as store:
        return int(await store._value(select(func.count()).select_from(inbox)))


async def test_the_table_has_a_line_for_each_row(capsys: pytest.CaptureFixture[str]) -> None:
    await measure(["message", "vote"], TINY)

    printed = capsys.readouterr().out
    assert "a plain message" in printed
    assert "beside the same 6 statements raw on aiosqlite" in printed


async def test_a_burst_ends_with_the_right_count_and_few_edits() -> None:
    async with lab(TINY) as place:
        row = await ROWS["burst"](place)

    assert row.verdict == "reached"
    assert "(right)" in row.note


def test_the_middle_of_both_sides_is_compared() -> None:
    row = ratio("work", [0.004, 0.006, 9.0], [0.002, 0.003, 0.004], 1.5, 3, "note")

    assert (row.ours, row.baseline, row.result, row.verdict) == (
        "6 ms",
        "3 ms",
        "2.00 ×",
        "between",
    )
