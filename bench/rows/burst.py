"""Many votes on one idea at once: how soon the card is right, and how often it is edited."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from adapters.playground.rows import Person
from bench.lab import Lab
from bench.playground import BOARD, Playground, playground
from bench.table import Row
from handlers.views.words import count

_VOTES_A_SECOND = 15
_SECONDS, _EDITS = 10, 6
_SENT = "SELECT done_at FROM queue WHERE kind = 'edit' AND verdict = 'sent' AND message = ?"


async def bursting(lab: Lab) -> Row:
    """A burst of votes, pressed in the playground by as many people, in simulated time."""
    votes = lab.scale.votes
    folder = lab.folder / "burst"
    folder.mkdir()
    async with playground(folder) as stage:
        card = await _idea(stage)
        for number in range(votes):
            await stage.chat.add_person(Person(f"p{number}", f"Person {number}", "#4a5568"))
        stage.deed_seconds = 1 / _VOTES_A_SECOND
        for number in range(votes):
            await stage.do("press", f"p{number}", message=card, action="vote:1")
            await stage.pass_time(0)
        last = stage.clock.now()
        await stage.pass_time(60)
        shown = await stage.chat.message(card)
    footers = [card["footer"] for card in shown.content["cards"]] if shown else []
    text = "".join(node["text"] for footer in footers for node in footer)
    edits = _edits(folder, f"playground/{BOARD}/{card}")
    late = max((edits[-1] - last).total_seconds(), 0.0)
    a_minute = max(sum(_within_a_minute(edit, later) for later in edits) for edit in edits)
    return _row(votes, late, a_minute, right=text.endswith(f" {count(votes, 'vote')}"))


async def _idea(stage: Playground) -> str:
    """The card of a first idea."""
    form = await stage.do("command", "ana", channel="general", text="/suggest")
    values = {"title": "Something everybody wants"}
    await stage.do("submit", "ana", form=form["form"], values=values)
    await stage.pass_time(60)
    (card,) = await stage.cards(BOARD)
    return card.id


def _edits(folder: Path, message: str) -> list[datetime]:
    """When the card was edited, from the queue's own rows."""
    with closing(sqlite3.connect(folder / "soundingboard.sqlite")) as connection:
        rows = connection.execute(_SENT, (message,)).fetchall()
    return sorted(datetime.fromisoformat(at).replace(tzinfo=UTC) for (at,) in rows)


def _within_a_minute(edit: datetime, later: datetime) -> bool:
    return 0 <= (later - edit).total_seconds() < 60


def _row(votes: int, late: float, a_minute: int, *, right: bool) -> Row:
    kept = right and late <= _SECONDS and a_minute <= _EDITS
    return Row(
        f"{votes:,} votes on one idea",
        f"{late:.1f} s",
        "–",
        f"{a_minute}/min",
        f"{_SECONDS} s",
        f"{_EDITS}/min",
        "reached" if kept else "ABOVE",
        f"until the card shows the final count ({'right' if right else 'WRONG'}), and edits of it "
        f"in a minute; {_VOTES_A_SECOND} votes a second, on a simulated clock",
    )
