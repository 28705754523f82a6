"""The model within its limits: what it may use, when it rests, and what is asked only once."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.assistance import Assistance
from bot.config import Config, parse
from bot.errors import NoAnswer
from bot.meter import NoMeter
from bot.prompts import Prompt, Reply, Shown
from bot.refs import AccountRef, MessageRef
from storage.database import SqlDatabase
from tests.assistant import FakeAssistant
from tests.community import FixedClock

TOML = """
timezone = "Europe/Berlin"
[connections.playground]
platform = "playground"
[assistant]
base_url = "http://127.0.0.1:1/v1"
api_key = "$KEY"
model = "m-1"
daily_tokens = 1000
timeout = 0.05
"""
SHOWN = Shown(MessageRef("playground", "general", "1"), AccountRef("playground", "ada"))


def config(text: str = TOML) -> Config:
    return parse(text, {"KEY": "sk-secret"}, Path("/nowhere"))


class Counting(NoMeter):
    """Keeps outcomes and tokens."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int, int]] = []

    def asked(self, outcome: str, seconds: float, read: int, written: int) -> None:
        self.seen.append((outcome, read, written))


class Desk:
    """An assistance around a model that does as told."""

    def __init__(self, database: SqlDatabase, settings: Config) -> None:
        self.model = FakeAssistant()
        self.clock = FixedClock()
        self.meter = Counting()
        self.database = database
        self.settings = settings
        self.assistance = self.anew()

    def anew(self) -> Assistance:
        return Assistance(self.model, self.settings, self.database, self.clock, self.meter)

    async def ask(self, material: str = "zanzibar") -> str:
        prompt = Prompt("Say it.", material, "saying", {}, 100, (SHOWN,))
        return await self.assistance.ask(prompt)

    async def why(self, material: str = "zanzibar") -> str:
        with pytest.raises(NoAnswer) as caught:
            await self.ask(material)
        return caught.value.why


@pytest.fixture
def desk(database: SqlDatabase) -> Desk:
    return Desk(database, config())


def _told(logged: list[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in logged]


async def test_the_same_question_is_asked_once(desk: Desk) -> None:
    desk.model.enqueue("one", "two", "three")
    assert [await desk.ask(m) for m in ("a", "b", "a")] == ["one", "two", "one"]
    await desk.assistance.forget(Prompt("Say it.", "a", "saying", {}, 100))
    assert await desk.ask("a") == "three"


async def test_a_restart_asks_nothing_again(desk: Desk) -> None:
    desk.model.enqueue("one", "two")
    await desk.ask("a")
    desk.assistance = desk.anew()
    assert [await desk.ask(m) for m in ("a", "b")] == ["one", "two"]
    assert len(desk.model.prompts) == 2


async def test_an_answer_is_kept_for_a_week(desk: Desk, database: SqlDatabase) -> None:
    desk.model.enqueue("one", "two")
    await desk.ask("a")
    desk.clock.advance(6 * 86_400)
    await database.queue.prune(desk.clock.now())
    assert await desk.ask("a") == "one"
    desk.clock.advance(2 * 86_400)
    await database.queue.prune(desk.clock.now())
    assert await desk.ask("a") == "two"


async def test_what_a_day_allows_is_used_up_and_comes_back_the_next_day(
    desk: Desk, logged: list[str]
) -> None:
    desk.model.enqueue(Reply("one", 400, 500))
    await desk.ask("a")
    assert await desk.why("b") == "spent"
    assert await desk.why("c") == "spent"
    assert len(desk.model.prompts) == 1
    told = [line for line in _told(logged) if line["event"] == "assistant_allowance_spent"]
    assert len(told) == 1, "said once a day"
    desk.clock.advance(14 * 3600)  # 09:00 UTC and a little: 23:00 UTC is midnight in Berlin
    assert await desk.ask("b") == "one"


async def test_a_restart_does_not_give_the_allowance_back(desk: Desk) -> None:
    desk.model.enqueue(Reply("one", 400, 500))
    await desk.ask("a")
    desk.assistance = desk.anew()
    assert await desk.why("b") == "spent"


async def test_what_was_not_used_is_given_back(desk: Desk) -> None:
    desk.model.enqueue(Reply("one", 5, 5))
    for material in "abcdefghijklmnop":
        await desk.ask(material)
    assert len(desk.model.prompts) == 16


async def test_without_figures_what_was_set_aside_counts(desk: Desk) -> None:
    desk.model.enqueue("one")
    for material in "abcdefghi":
        await desk.ask(material)
    assert await desk.why("j") == "spent"


async def test_a_question_beyond_the_whole_allowance_is_not_asked(desk: Desk) -> None:
    assert await desk.why("z" * 4_000) == "spent"
    assert desk.model.prompts == []


async def test_many_at_once_do_not_use_more_than_there_is(desk: Desk) -> None:
    desk.model.enqueue("one")
    asking = [desk.ask(str(at)) for at in range(20)]
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert 5 <= answers.count("one") < 10


async def test_a_model_that_hangs_is_given_up_in_time(desk: Desk) -> None:
    class Hanging(FakeAssistant):
        async def ask(self, prompt: Prompt) -> Reply:
            await asyncio.Event().wait()
            raise AssertionError

    desk.model = Hanging()
    desk.assistance = desk.anew()
    assert await desk.why() == "slow"
    assert desk.meter.seen == [("slow", 0, 0)]


async def test_a_model_that_outlasts_our_patience_rests_as_well(database: SqlDatabase) -> None:
    """`timeout` may be longer than a summary waits."""
    asked = asyncio.Event()

    class Hanging(FakeAssistant):
        async def ask(self, prompt: Prompt) -> Reply:
            asked.set()
            await asyncio.Event().wait()
            raise AssertionError

    desk = Desk(database, config(TOML.replace("timeout = 0.05", "timeout = 600.0")))
    desk.model = Hanging()
    desk.assistance = desk.anew()
    for material in ("a", "b", "c"):
        asked.clear()
        waiting = asyncio.create_task(desk.ask(material))
        await asked.wait()
        waiting.cancel()
        await asyncio.wait((waiting,))
        assert waiting.cancelled()
    assert desk.meter.seen == [("slow", 0, 0)] * 3
    assert await desk.why("d") == "resting"


@pytest.mark.parametrize("why", ["slow", "busy", "unreachable"])
async def test_three_troubles_in_a_row_and_it_rests(desk: Desk, why: str) -> None:
    desk.model.enqueue(NoAnswer(why))
    assert [await desk.why() for _ in range(4)] == [why, why, why, "resting"]
    desk.clock.advance(61)
    assert [await desk.why() for _ in range(2)] == [why, "resting"], "one try, and a longer rest"
    desk.clock.advance(61)
    assert await desk.why() == "resting"
    desk.clock.advance(61)
    desk.model.answers = ["well again"]
    assert await desk.ask() == "well again"
    desk.model.answers = [NoAnswer(why)]
    assert [await desk.why("b") for _ in range(3)] == [why, why, why], "counted from the beginning"


async def test_a_wrong_key_is_not_tried_again_and_again(desk: Desk) -> None:
    desk.model.enqueue(NoAnswer("misconfigured", "401"))
    assert [await desk.why() for _ in range(2)] == ["misconfigured", "resting"]


async def test_it_rests_as_long_as_the_server_asks(desk: Desk) -> None:
    desk.model.enqueue(NoAnswer("busy", "429", 300.0), "one")
    assert [await desk.why() for _ in range(2)] == ["busy", "resting"]
    desk.clock.advance(299)
    assert await desk.why() == "resting"
    desk.clock.advance(2)
    assert await desk.ask() == "one"


async def test_a_server_cannot_send_us_away_for_ever(desk: Desk) -> None:
    desk.model.enqueue(NoAnswer("busy", "429", 1e300), "one")
    await desk.why()
    desk.clock.advance(1_801)
    assert await desk.ask() == "one"


@pytest.mark.parametrize("why", ["refused", "too_long", "garbled"])
async def test_what_is_about_one_question_makes_nobody_rest(desk: Desk, why: str) -> None:
    desk.model.enqueue(NoAnswer(why))
    assert [await desk.why(str(at)) for at in range(5)] == [why] * 5


async def test_a_model_that_was_shown_only_a_part_is_not_believed(
    desk: Desk, logged: list[str]
) -> None:
    desk.model.enqueue(Reply("one", 20, 5))
    assert await desk.why("word " * 100) == "too_long"
    assert "assistant_was_shown_a_part" in {line["event"] for line in _told(logged)}


async def test_usage_is_measured_and_failures_are_logged_without_words(
    desk: Desk, logged: list[str]
) -> None:
    desk.model.enqueue(Reply("zanzibar", 40, 7), NoAnswer("busy", "429"))
    await desk.ask("zanzibar a")
    await desk.why("zanzibar b")
    assert desk.meter.seen == [("answered", 40, 7), ("busy", 0, 0)]
    asked, again, failed = _told(logged)
    for line in (asked, again):
        assert (line["event"], line["what"], line["messages"]) == ("assistant_asked", "saying", 1)
    assert (failed["event"], failed["why"], failed["code"]) == ("assistant_failed", "busy", "429")
    assert "zanzibar" not in str([asked, again, failed])


def test_there_is_none_without_its_configuration(database: SqlDatabase) -> None:
    text, _, _ = TOML.partition("[assistant]")
    make: Callable[[], Assistance] = lambda: Desk(database, config(text)).assistance  # noqa: E731
    with pytest.raises(ValueError, match="assistant"):
        make()
