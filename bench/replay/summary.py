"""What the community looks like afterwards, as text, and whether all of it arrived."""

import sqlite3
from collections import Counter
from pathlib import Path

from adapters.playground.render import Json
from bench.playground import INBOX, NAME, Playground
from bot.ideas import Idea
from bot.people import Viewer

_TOP = 10
_COUNTED = {
    "soundingboard.sqlite": {
        "ideas": "SELECT count(*) FROM ideas",
        "votes": "SELECT sum(votes) FROM ideas",
        "decisions": "SELECT count(*) FROM decisions",
        "audit rows": "SELECT count(*) FROM audit",
        "edits of cards": "SELECT count(*) FROM queue WHERE kind = 'edit' AND verdict = 'sent'",
    },
    "playground.sqlite": {
        "people": "SELECT count(*) FROM people",
        "messages": "SELECT count(*) FROM messages",
        "direct messages": "SELECT count(*) FROM messages WHERE channel LIKE 'dm-%'",
    },
}


async def show(playground: Playground, did: Counter[str], folder: Path) -> dict[str, bool]:
    """Print the board, the inbox, the queue and what was counted; what should hold, and whether it
    does."""
    async with playground.database.reading() as store:
        top = await store.shelf(Viewer(NAME, shows_all=True), "top", _TOP, 0)
    posted = [card for each in await playground.cards(INBOX) for card in each.content["cards"]]
    cards = [card for card in posted if _status(card)]  # a digest's have none
    queue = await playground.database.queue.counts()
    untold = sum(not event.repeat for event in await playground.chat.undelivered())
    counted = _counts(folder)
    print(f"\nThe board: the {len(top)} most wanted of {counted['ideas']} ideas")
    for idea in top:
        print(f"  {_line(idea)}")
    print(f"\nThe inbox: {len(cards)} ideas, {_listed(Counter(map(_status, cards)))}; the latest")
    for card in cards[-5:]:
        print(f"  {_status(card):12} {_field(card, 'Votes'):>3} votes  {card['title'][:64]}")
    print(f"\nThe queue: {_listed(queue)}; events the bot was not told of: {untold}")
    print(f"Done by people: {_listed(did)}")
    print(f"Found in the files: {_listed(counted)}")
    ideas = did["suggested"] + did["captured"]
    votes = did["votes by score"] + did["sample votes"]
    return {
        "nothing is left undelivered": not (queue["waiting"] or queue["dead"] or untold),
        f"every idea is there ({ideas:,})": counted["ideas"] == ideas,
        f"every vote counts once ({votes:,})": counted["votes"] == votes,
    }


def _counts(folder: Path) -> dict[str, int]:
    """Counted by a connection of its own, past the bot and the playground."""
    found: dict[str, int] = {}
    for file, queries in _COUNTED.items():
        connection = sqlite3.connect(folder / file)
        for name, query in queries.items():
            (found[name],) = connection.execute(query).fetchone()
        connection.close()
    return {name: count or 0 for name, count in found.items()}


def _line(idea: Idea) -> str:
    return (
        f"{idea.public_status:12} {idea.votes:>3} votes  #{idea.number} · {idea.wording.title[:60]}"
    )


def _status(card: Json) -> str:
    return _field(card, "Status")


def _field(card: Json, label: str) -> str:
    return str(dict(card["fields"]).get(label, ""))


def _listed(counts: "Counter[str] | dict[str, int]") -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())
