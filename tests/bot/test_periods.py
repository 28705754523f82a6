"""Slots of a schedule through both clock changes, and the periods between them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.periods import Period, last_period, latest_slot, named_period, weeks

BERLIN = ZoneInfo("Europe/Berlin")
MONDAYS = "0 9 * * 1"
SPRING = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 26, 12, 0, tzinfo=UTC)


def _hours(period: Period) -> float:
    return (period.end - period.start) / timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "hours"),
    [(SPRING, 167), (AUTUMN, 169), (AUTUMN + timedelta(days=7), 168)],
)
def test_a_week_is_as_long_as_the_clock_on_the_wall_says(now: datetime, hours: int) -> None:
    period = last_period(MONDAYS, BERLIN, now)
    assert _hours(period) == hours
    assert {moment.astimezone(BERLIN).hour for moment in (period.start, period.end)} == {9}


@pytest.mark.parametrize("schedule", [MONDAYS, "30 2 * * 0", "30 2 * * *", "0 3 * * *"])
@pytest.mark.parametrize("around", [SPRING, AUTUMN])
def test_each_day_or_week_has_one_slot_even_where_an_hour_is_missing_or_comes_twice(
    schedule: str, around: datetime
) -> None:
    start = around - timedelta(days=14)
    moments = [start + timedelta(minutes=10 * n) for n in range(6 * 24 * 28)]
    slots = sorted({latest_slot(schedule, BERLIN, moment) for moment in moments})
    days = [slot.astimezone(BERLIN).date() for slot in slots]
    step = 1 if schedule.endswith("* * *") else 7
    assert {(b - a).days for a, b in pairwise(days)} == {step}
    assert all(latest_slot(schedule, BERLIN, slot) == slot for slot in slots)


def test_time_never_goes_back() -> None:
    moments = [AUTUMN - timedelta(days=3) + timedelta(minutes=5 * n) for n in range(12 * 24 * 5)]
    slots = [latest_slot("30 2 * * *", BERLIN, moment) for moment in moments]
    assert slots == sorted(slots)


def test_a_period_is_the_same_as_text() -> None:
    period = last_period(MONDAYS, BERLIN, AUTUMN)
    assert str(period) == "2026-10-19T07:00:00+00:00/2026-10-26T08:00:00+00:00"
    assert Period.parse(str(period)) == period


def test_one_period_ends_where_the_next_begins() -> None:
    period = last_period(MONDAYS, BERLIN, AUTUMN)
    assert last_period(MONDAYS, BERLIN, AUTUMN - timedelta(days=7)).end == period.start
    assert period.holds(period.start)
    assert not period.holds(period.end)


@pytest.mark.parametrize("now", [SPRING, AUTUMN, AUTUMN + timedelta(days=7)])
def test_the_week_before_is_the_last_one_of_a_week_ago(now: datetime) -> None:
    before = last_period(MONDAYS, BERLIN, now).before(BERLIN)
    assert before == last_period(MONDAYS, BERLIN, now - timedelta(days=7))


def test_part_of_a_week_is_compared_with_the_same_part_of_the_week_before() -> None:
    so_far = named_period("this-week", MONDAYS, BERLIN, AUTUMN + timedelta(days=2))
    before = so_far.before(BERLIN)
    assert (before.start.weekday(), before.end.weekday()) == (0, 2)
    assert before.end <= so_far.start


def test_a_month_is_compared_with_the_time_just_before() -> None:
    month = last_period("0 9 1 * *", BERLIN, AUTUMN)
    assert month.before(BERLIN).end == month.start


def test_weeks_end_together_with_the_period() -> None:
    bounds = weeks(AUTUMN, BERLIN, 8)
    assert len(bounds) == 9
    assert bounds[-1] == AUTUMN
    lengths = [(b - a) / timedelta(hours=1) for a, b in pairwise(bounds)]
    assert lengths == [168] * 7 + [169]


def test_a_week_of_the_calendar_begins_on_monday_at_midnight() -> None:
    week = named_period("2026-W43", MONDAYS, BERLIN, AUTUMN)
    assert str(week) == "2026-10-18T22:00:00+00:00/2026-10-25T23:00:00+00:00"
    assert _hours(week) == 169


def test_a_week_that_is_not_over_ends_now() -> None:
    assert named_period("2026-W44", MONDAYS, BERLIN, AUTUMN).end == AUTUMN


@pytest.mark.parametrize("name", ["2026-W54", "2026-W00", "W45", "yesterday", "2026-W45 ", ""])
def test_any_other_name_is_refused_with_what_to_write(name: str) -> None:
    with pytest.raises(ValueError, match="Write last-week, this-week, or a week such as 2026-W45"):
        named_period(name, MONDAYS, BERLIN, AUTUMN)


def test_a_week_of_the_future_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-W50 has not begun yet"):
        named_period("2026-W50", MONDAYS, BERLIN, AUTUMN)
