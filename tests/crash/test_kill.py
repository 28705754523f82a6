"""`kill -9` at each step: what was answered is there, and everybody hears of it, once."""

import signal
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from tests.crash.board import Said, bot, finish, rows, said
from tests.crash.visitor import Visitor

Deed = Callable[[Visitor], object]
Step = tuple[Deed, str, str]
"""What is done, and where the bot dies: at which point, with what in hand."""

A_MINUTE = 61.0
"""A decision is told, and what the dead process had leased is free again."""
LONG = 400.0
"""The platform does not recognise its own messages any more."""


def suggest(people: Visitor) -> None:
    people.suggest("ana", "Dark mode at night")


def vote(people: Visitor) -> None:
    people.press("ben", "Vote", people.card("ben", "ideas", "Dark mode"))


def escalate(people: Visitor) -> None:
    people.react("mo", "🚀", people.card("mo", "ideas", "Dark mode"))


def decline(people: Visitor) -> None:
    people.decline("pia", people.card("pia", "product-inbox", "Dark mode"), "Not this year")


def wait(_people: Visitor) -> None:
    """Nobody does anything; the bot goes on with what it had begun."""


# What nobody was thanked for is done again by the person (a reaction: by the platform).
STORY: list[Step] = [
    (suggest, "before commit", "add_idea"),
    (suggest, "after commit", "add_idea"),
    (wait, "before delivery", "SendPost"),
    (wait, "after delivery", "SendPost"),
    (vote, "before commit", "set_vote"),
    (vote, "after commit", "set_vote"),
    (wait, "after delivery", "SendEdit"),
    (escalate, "before commit", "escalate"),
    (wait, "after commit", "escalate"),
    (wait, "after delivery", "SendPost"),
    (decline, "before commit", "add_decision"),
    (decline, "after commit", "add_decision"),
    (wait, "before commit", "tell"),
    (wait, "after commit", "tell"),
    (wait, "before delivery", "SendDirect"),
    (wait, "after delivery", "SendDirect"),
]


def live_through(story: Iterable[Step], folder: Path, rest: float) -> Counter[Said]:
    """Die at each step and start again after a rest; in the end, everything the bot has said."""
    now = 0.0
    for deed, *trap in story:
        with bot(folder, now, trap) as process:
            address = process.address
            with suppress(ConnectionError):
                deed(Visitor(address))
            assert process.wait() == -signal.SIGKILL, (deed, trap, process.log)
        now += rest
    with bot(folder, now) as process:
        finish(process, folder, now)
    return said(folder)


def test_a_bot_killed_at_every_step_tells_the_whole_story_once(tmp_path: Path) -> None:
    words = live_through(STORY, tmp_path, A_MINUTE)
    assert set(words.values()) == {1}, words
    heard = {(channel, bool(under)): text for channel, under, text in words}
    assert len(heard) == len(words) == 4
    assert "Status: Declined" in heard["ideas", False]
    assert "Pia declined this: Not this year" in heard["product-inbox", False]
    assert "will not be done.\nNot this year" in heard["dm-ana", False]
    assert heard["ideas", True].startswith("Ana #1 “Dark mode at night” will not be done.")
    assert rows(tmp_path, "soundingboard", "SELECT number, votes FROM ideas") == [(1, 1)]


def test_long_after_a_kill_a_lane_repeats_only_what_was_in_hand(tmp_path: Path) -> None:
    with bot(tmp_path) as process:
        people = Visitor(process.address)
        for title in ("Dark mode", "Footnotes", "Word counts", "Offline drafts"):
            people.suggest("ana", title)
        assert process.stop() == 0
    words = live_through([(wait, "after delivery", "SendPost")], tmp_path, LONG)
    assert sorted(words.values()) == [1, 1, 1, 2]
