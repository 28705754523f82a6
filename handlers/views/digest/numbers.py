"""When it was, the week in a sentence, and its numbers beside those of the week before."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.board.past import Shown
from bot.digests import WEEKS, Numbers, Section
from bot.messages import Bold, Card, Code, Image, Line
from bot.periods import Period, weeks
from handlers.views.digest import chart
from handlers.views.words import count

WHERE_ALL_WAIT = "/ideas waiting"
_NONE = "–"


def heading(period: Period, zone: ZoneInfo) -> Line:
    """What this is, and of when."""
    return (Bold("What your customers ask for"), f" · {dates(period, zone)}")


def dates(period: Period, zone: ZoneInfo) -> str:
    """`26 October – 2 November 2026`, as days of the configured time zone."""
    start, end = (moment.astimezone(zone) for moment in (period.start, period.end))
    if start.date() == end.date():
        return f"{end.day} {end:%B} {end.year}"
    year = f" {start.year}" if start.year != end.year else ""
    return f"{start.day} {start:%B}{year} – {end.day} {end:%B} {end.year}"


def lead(shown: Shown, most: int) -> tuple[Line, ...]:
    """The week in a sentence, and how much there is to decide, of which `most` are shown."""
    now, wanted = shown.digest.numbers.now, shown.digest.sections.get(Section.DECIDE)
    both = (now.ideas, "new idea"), (now.votes, "vote")
    came = " and ".join(count(many, what) for many, what in both if many)
    whose = f" from {count(now.people, 'person', 'people')}" if now.people else ""
    what = f"{came}{whose}." if now.ideas or now.votes else "It was quiet: no new ideas or votes."
    if wanted is None:
        return ((what,),)
    waits = "1 idea waits" if wanted.total == 1 else f"{wanted.total:,} ideas wait"
    told: Line = (Bold("Decide now"), f" · {waits} for an answer")
    if wanted.total <= most:
        return ((what,), (*told, "."))
    return ((what,), (*told, "; these have the most votes. All of them: ", Code(WHERE_ALL_WAIT)))


def card(numbers: Numbers, *, drawn: bool) -> Card:
    """The figures, the earlier ones in brackets; `drawn`: a chart shows the weeks."""
    now, before = numbers.now, numbers.before
    fields = (
        ("New ideas", f"{now.ideas:,} ({before.ideas:,})"),
        ("Votes", f"{now.votes:,} ({before.votes:,})"),
        ("People", f"{now.people:,} ({before.people:,})"),
        ("Time to a first answer", f"{_span(now.answer_hours)} ({_span(before.answer_hours)})"),
        ("New ideas answered", f"{_share(now.answered)} ({_share(before.answered)})"),
    )
    body = () if drawn else tuple((line,) for line in _by_week(numbers))
    return Card("The numbers (and those of the week before)", body, fields, (_MEANING,))


_MEANING = "An answer is a decision with a reason, or a question to the author; its time, a median."


def answers(numbers: Numbers) -> tuple[Line, ...]:
    """How soon and how many were answered, in a line; none where there is nothing to tell."""
    now = numbers.now
    said = "" if now.answered is None else f"{_part(now.answered)} an answer. "
    if now.answer_hours is not None:
        said += f"A first answer took {_span(now.answer_hours)} (median)."
    return ((said.strip(),),) if said else ()


def _part(answered: float) -> str:
    if not answered:
        return "None of the new ideas has"
    return f"{answered:.0%} of the new ideas have"


def picture(shown: Shown, zone: ZoneInfo) -> Image | None:
    """The chart, said in words too; None where nothing can draw it. Not for the event loop."""
    numbers = shown.digest.numbers
    starts = weeks(shown.digest.period.end, zone, WEEKS)[:-1]
    names = [f"{day.day} {day:%b}" for day in (start.astimezone(zone) for start in starts)]
    png = chart.draw(names, numbers.ideas_by_week, numbers.votes_by_week)
    if png is None:
        return None
    alt = f"Bars for each of the last {WEEKS} weeks. {' '.join(_by_week(numbers))}"
    return Image("ideas-and-votes.png", png, alt)


def _by_week(numbers: Numbers) -> tuple[str, str]:
    ideas, votes = (
        ", ".join(map(str, counts)) for counts in (numbers.ideas_by_week, numbers.votes_by_week)
    )
    return f"Ideas a week, latest last: {ideas}.", f"Votes: {votes}."


def _span(hours: float | None) -> str:
    """`40 minutes`, `5 hours`, `3 days`: to the nearest that matters."""
    if hours is None:
        return _NONE
    length = timedelta(hours=hours)
    if length < timedelta(hours=1):
        return count(round(hours * 60), "minute")
    if length < timedelta(hours=48):
        return count(round(hours), "hour")
    return count(round(hours / 24), "day")


def _share(part: float | None) -> str:
    return _NONE if part is None else f"{part:.0%}"
