"""The chart, and the row of figures where nothing can draw one."""

import asyncio
import struct
import sys

import pytest

from bot.board.past import Shown
from bot.digests import Digest, Figures, Numbers
from bot.people import Viewer
from bot.periods import Period
from handlers.views.digest import chart
from handlers.views.digest.posts import pages
from handlers.views.plain import plain
from tests.handlers.golden import NOW, ago, config_in

WEEKS = [f"{day} Sep" for day in range(1, 9)]
COUNTS = [0, 3, 1, 0, 12, 1_500, 7, 2]
SHOWN = Shown(
    Digest(Period(ago(7), NOW), {}, Numbers(Figures(ideas=2), Figures(), (1,) * 8, tuple(COUNTS))),
    Viewer("community"),
)


def test_it_is_a_small_png() -> None:
    pytest.importorskip("matplotlib")
    png = chart.draw(WEEKS, COUNTS, COUNTS)
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert struct.unpack("!II", png[16:24]) == (960, 480)
    assert len(png) < 60_000


def test_the_same_numbers_make_the_same_picture_and_none_at_all_makes_one_too() -> None:
    pytest.importorskip("matplotlib")
    assert chart.draw(WEEKS, COUNTS, COUNTS) == chart.draw(WEEKS, COUNTS, COUNTS)
    assert chart.draw(WEEKS, [0] * 8, [0] * 8)


async def test_many_are_drawn_at_once() -> None:
    pytest.importorskip("matplotlib")
    drawn = await asyncio.gather(
        *(asyncio.to_thread(chart.draw, WEEKS, COUNTS, COUNTS) for _ in range(4))
    )
    assert len(set(drawn)) == 1


async def test_without_matplotlib_the_weeks_are_written_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    numbers = (await pages(SHOWN, config_in("UTC")))[-1]
    assert numbers.image is None
    assert "Ideas a week, latest last: 1, 1, 1, 1, 1, 1, 1, 1." in plain(numbers)
    assert "Votes: 0, 3, 1, 0, 12, 1500, 7, 2." in plain(numbers)
