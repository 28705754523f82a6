"""What is counted while people act: seen as Prometheus sees it, through the real server."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from adapters.health import health
from adapters.metrics import PrometheusMeter
from adapters.web import WebServer
from bot.cli.parts import build
from bot.errors import PermanentDeliveryError
from tests.community import START, Community, buttons
from tests.sqlite import sqlite

Ask = Callable[[str], Awaitable[tuple[int, str]]]


@dataclass
class Counted:
    """A community whose events and deliveries are counted, and its server's answers."""

    community: Community
    ask: Ask

    async def numbers(self, name: str) -> dict[tuple[str, ...], float]:
        """A metric's values by its labels' values, in the order of the labels' names."""
        _, page = await self.ask("/metrics")
        return {
            tuple(value for _, value in sorted(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(page)
            for sample in family.samples
            if sample.name == f"soundingboard_{name}"
        }


@pytest.fixture
async def counted(community: Community) -> AsyncIterator[Counted]:
    meter, clock = PrometheusMeter(), community.clock
    queue = community.database.queue
    bot = build(community.config, community.database, community.adapters, clock, meter)
    community.bot = bot

    async def numbers() -> bytes:
        return meter.page(await queue.backlog(), clock.now())

    server = WebServer(0, health(bot.app.unready, numbers))
    await server.start()
    async with ClientSession() as supervisor:

        async def ask(path: str) -> tuple[int, str]:
            async with supervisor.get(server.url + path) as response:
                return response.status, await response.text()

        yield Counted(community, ask)
    await server.stop()


async def test_events_are_counted_by_what_became_of_them(counted: Counted) -> None:
    community = counted.community
    number = await community.suggest("ana", "Dark mode")
    await community.press("ben", f"vote:{number}")
    await community.bot.dispatch(community.events[-1])
    await community.press("ben", f"decide:{number}:plan:new")
    await community.command("ben", "/ideas")
    assert await counted.numbers("events_total") == {
        ("FormSubmitted", "answered", "suggest"): 1,
        ("ButtonPressed", "answered", "vote"): 1,
        ("ButtonPressed", "repeated", "vote"): 1,
        ("ButtonPressed", "refused", "decide"): 1,
        ("CommandUsed", "answered", "ideas"): 1,
    }


async def test_a_failure_is_counted_as_one(counted: Counted) -> None:
    file = counted.community._file
    with sqlite(file) as storage:
        storage.execute("ALTER TABLE ideas RENAME TO away")
    await counted.community.command("ben", "/ideas")
    with sqlite(file) as storage:
        storage.execute("ALTER TABLE away RENAME TO ideas")
    assert await counted.numbers("events_total") == {("CommandUsed", "failed", "ideas"): 1}


async def test_answers_and_commits_are_timed(counted: Counted) -> None:
    await counted.community.suggest("ana", "Dark mode")
    await counted.community.command("ana", "/ideas")
    assert await counted.numbers("answer_seconds_count") == {
        ("FormSubmitted",): 1,
        ("CommandUsed",): 1,
    }
    assert await counted.numbers("commit_seconds_count") == {("FormSubmitted",): 1}
    answers, commits = [await counted.numbers(f"{n}_seconds_sum") for n in ("answer", "commit")]
    assert 0 < commits["FormSubmitted",] < answers["FormSubmitted",]


async def test_deliveries_and_jobs_are_counted_by_verdict(counted: Counted) -> None:
    community = counted.community
    await community.suggest("ana", "Dark mode")
    community.adapter.refuse["ideas"] = OSError("away")
    await community.suggest("ana", "Undo everywhere")
    community.adapter.refuse["ideas"] = PermanentDeliveryError("channel_not_found")
    await community.later(10)
    message = community.write("ben", "Export to CSV")
    await community.react("mo", "💡", message.ref)
    await community.settle()
    found = await counted.numbers("deliveries_total")
    assert found["playground", "post", "sent"] == 1
    assert found["playground", "post", "retried"] == 1
    assert found["playground", "post", "dead"] == 2
    assert await counted.numbers("jobs_total") == {("read", "sent"): 1}
    assert await counted.numbers("dead_rows") == {("playground", "post"): 2}


async def test_the_queue_is_measured_by_connection_and_kind_never_by_lane(
    counted: Counted,
) -> None:
    community = counted.community
    answer = await community.submit("ana", "suggest", {"title": "Dark mode"})
    assert buttons(answer)
    community.clock.advance(30)
    assert await counted.numbers("queue_rows") == {("playground", "post"): 1}
    age = (await counted.numbers("queue_age_seconds"))["playground", "post"]
    assert age == pytest.approx(30, abs=0.1)
    await community.settle()
    assert await counted.numbers("queue_rows") == {}
    _, page = await counted.ask("/metrics")
    assert "playground/ideas" not in page


async def test_a_process_lives_before_it_is_ready(counted: Counted) -> None:
    assert await counted.ask("/healthz") == (200, "ok\n")
    assert await counted.ask("/readyz") == (503, "connection playground is not running\n")


def test_what_the_model_uses_is_counted() -> None:
    meter = PrometheusMeter()
    meter.asked("answered", 1.5, 900, 50)
    meter.asked("slow", 30.0, 0, 0)
    page = meter.page([], START).decode()
    for line in (
        'soundingboard_assistant_asked_total{outcome="slow"} 1.0',
        'soundingboard_assistant_tokens_total{direction="read"} 900.0',
        'soundingboard_assistant_tokens_total{direction="written"} 50.0',
        "soundingboard_assistant_seconds_count 2.0",
    ):
        assert line in page
