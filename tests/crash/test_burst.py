"""A stop or a crash while everybody presses buttons: what was answered is there."""

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import product
from pathlib import Path

import pytest

from tests.crash.board import bot, finish, rows
from tests.crash.test_kill import A_MINUTE
from tests.crash.visitor import Json, Refused, Visitor
from tests.process import until

PEOPLE = ("ana", "ben", "chloe", "dmitri", "mo", "pia")
TITLES = ("Dark mode at night", "Footnotes that stay", "Word counts")
TABLES = {"Vote": "votes", "Tell me when it is decided": "follows"}
ENOUGH = 12
"""Answers after which the bot is stopped; there are three times as many to come."""

Press = tuple[str, str, int]
"""Who pressed which button of which idea."""


def answered(people: Visitor, person: str, cards: list[Json]) -> Iterator[Press]:
    """What a person is thanked for before the bot is gone."""
    with suppress(ConnectionError, Refused):
        for (number, card), label in product(enumerate(cards, 1), TABLES):
            people.press(person, label, card)
            yield person, label, number


def saved(folder: Path) -> set[Press]:
    """The votes and follows in the database."""
    votes = """SELECT substr(ref, instr(ref, '/') + 1), 'Vote', idea
        FROM votes JOIN accounts ON accounts.id = votes.account WHERE active"""
    follows = """SELECT substr(ref, instr(ref, '/') + 1), 'Tell me when it is decided', idea
        FROM follows JOIN accounts ON accounts.member = follows.member"""
    return {*rows(folder, "soundingboard", votes), *rows(folder, "soundingboard", follows)}


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGTERM, 0), (signal.SIGKILL, -9)])
def test_what_was_answered_in_a_burst_outlives_the_process(
    stop: signal.Signals, code: int, tmp_path: Path
) -> None:
    thanked: list[Press] = []
    with bot(tmp_path) as process, ThreadPoolExecutor(len(PEOPLE)) as pool:
        people = Visitor(process.address)
        for title in TITLES:
            people.suggest("ana", title)
        cards = [people.card("ana", "ideas", title) for title in TITLES]
        for person in PEOPLE:
            pool.submit(lambda who: thanked.extend(answered(people, who, cards)), person)
        until(lambda: len(thanked) >= ENOUGH)
        process.signal(stop)
        assert process.wait() == code, process.log
    assert ENOUGH <= len(thanked) < len(PEOPLE) * len(TITLES) * len(TABLES)
    assert saved(tmp_path) >= set(thanked)
    with bot(tmp_path, A_MINUTE) as process:
        people = Visitor(process.address)
        for number, votes in rows(tmp_path, "soundingboard", "SELECT number, votes FROM ideas"):
            assert votes == len({p for p in saved(tmp_path) if p[1:] == ("Vote", number)})
            until(partial(shows, people, TITLES[number - 1], votes))
        finish(process, tmp_path, A_MINUTE)


def shows(people: Visitor, title: str, votes: int) -> bool:
    """Whether the idea's card says that it has so many votes."""
    ((foot,),) = [card["footer"] for card in people.card("ana", "ideas", title)["content"]["cards"]]
    shown: str = foot["text"]
    return shown.endswith(f"· {votes} vote" if votes == 1 else f"· {votes} votes")
