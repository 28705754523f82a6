"""The stretches of time a digest is about: between the slots of a cron schedule, in a time zone."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from cronsim import CronSim

WEEK = timedelta(days=7)
_LOOK_AHEAD = timedelta(hours=3)
"""Past the hour that comes twice in autumn: from within it, cronsim would miss a slot."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment up to a later one, in UTC. Its text form is an ISO 8601 interval."""

    start: datetime
    end: datetime

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.end.isoformat()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote; ValueError for anything else."""
        start, _, end = text.partition("/")
        return cls(datetime.fromisoformat(start), datetime.fromisoformat(end))

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.start <= moment < self.end

    def before(self, zone: ZoneInfo) -> "Period":
        """The same stretch a week earlier by the clock on the wall; a longer one, just before."""
        back = max(_on_the_wall(self.end, zone) - _on_the_wall(self.start, zone), WEEK)
        return Period(_earlier(self.start, zone, back), _earlier(self.end, zone, back))


def weeks(end: datetime, zone: ZoneInfo, count: int) -> tuple[datetime, ...]:
    """The bounds of the last `count` weeks by the clock on the wall, oldest first."""
    return tuple(_earlier(end, zone, WEEK * back) for back in range(count, -1, -1))


def latest_slot(schedule: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The last time the schedule struck, now included. An hour that comes twice counts once; a time
    that a clock change leaves out strikes when the clock goes on."""
    for slot in CronSim(schedule, (now + _LOOK_AHEAD).astimezone(zone), reverse=True):
        if slot <= now:
            return slot.astimezone(UTC)
    raise ValueError(f"{schedule!r} never strikes")


def last_period(schedule: str, zone: ZoneInfo, now: datetime) -> Period:
    """The latest that is over."""
    end = latest_slot(schedule, zone, now)
    return Period(latest_slot(schedule, zone, end - timedelta(seconds=1)), end)


def named_period(name: str, schedule: str, zone: ZoneInfo, now: datetime) -> Period:
    """`last-week`, `this-week` so far, or a week of the calendar such as `2026-W45`.

    ValueError, with a sentence, for any other name or a week that has not begun.
    """
    match name:
        case "last-week":
            return last_period(schedule, zone, now)
        case "this-week":
            return Period(latest_slot(schedule, zone, now), now)
        case _:
            return _calendar_week(name, zone, now)


def _calendar_week(name: str, zone: ZoneInfo, now: datetime) -> Period:
    parts = re.fullmatch(r"(\d{4})-W(\d\d)", name, re.ASCII)
    try:
        monday = datetime.fromisocalendar(int(parts[1]), int(parts[2]), 1) if parts else None
    except ValueError:
        monday = None
    if monday is None:
        raise ValueError(
            f"{name!r} is not a period. Write last-week, this-week, or a week such as 2026-W45."
        )
    start, end = (day.replace(tzinfo=zone).astimezone(UTC) for day in (monday, monday + WEEK))
    if start >= now:
        raise ValueError(f"{name} has not begun yet.")
    return Period(start, min(end, now))


def _on_the_wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _earlier(moment: datetime, zone: ZoneInfo, back: timedelta) -> datetime:
    wall = _on_the_wall(moment, zone) - back
    return wall.replace(tzinfo=zone).astimezone(UTC)
