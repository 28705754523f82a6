"""The port `Meter` as Prometheus metrics.

Names and units as in https://prometheus.io/docs/practices/naming/.
"""

from collections.abc import Iterable
from datetime import datetime

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from bot.meter import Outcome, Verdict
from bot.ports import Backlog

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
_LONG_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 45.0)
_ROWS = ("connection", "kind")


class PrometheusMeter:
    """One process's numbers, in a registry of its own."""

    def __init__(self) -> None:
        own = self._registry = CollectorRegistry()
        ProcessCollector(registry=own)
        self._events = Counter(
            "soundingboard_events", "Events handled, by what became of them",
            ("event", "route", "outcome"), registry=own,
        )  # fmt: skip
        self._answers = Histogram(
            "soundingboard_answer_seconds", "From an event's arrival to its answer",
            ("event",), buckets=_SECONDS, registry=own,
        )  # fmt: skip
        self._commits = Histogram(
            "soundingboard_commit_seconds", "From asking for a transaction to its commit",
            ("event",), buckets=_SECONDS, registry=own,
        )  # fmt: skip
        self._deliveries = Counter(
            "soundingboard_deliveries", "Attempts to deliver, by verdict",
            (*_ROWS, "verdict"), registry=own,
        )  # fmt: skip
        self._jobs = Counter(
            "soundingboard_jobs", "Attempts at jobs, by verdict", ("kind", "verdict"), registry=own
        )
        self._asked = Counter(
            "soundingboard_assistant_asked", "Questions to the model, by what became of them",
            ("outcome",), registry=own,
        )  # fmt: skip
        self._tokens = Counter(
            "soundingboard_assistant_tokens", "Tokens the model says it read and wrote",
            ("direction",), registry=own,
        )  # fmt: skip
        self._waited = Histogram(
            "soundingboard_assistant_seconds", "How long the model was waited for",
            buckets=_LONG_SECONDS, registry=own,
        )  # fmt: skip
        self._waiting = Gauge(
            "soundingboard_queue_rows", "Rows of the queue that wait", _ROWS, registry=own
        )
        self._age = Gauge(
            "soundingboard_queue_age_seconds", "How long the oldest row has been due",
            _ROWS, registry=own,
        )  # fmt: skip
        self._dead = Gauge(
            "soundingboard_dead_rows", "Rows that were given up and are kept", _ROWS, registry=own
        )

    def event(self, kind: str, route: str, outcome: Outcome, seconds: float) -> None:
        """An event was handled, from its arrival to its answer, in so many seconds."""
        self._events.labels(kind, route, outcome).inc()
        self._answers.labels(kind).observe(seconds)

    def commit(self, kind: str, seconds: float) -> None:
        """A transaction was committed, so many seconds after it was asked for."""
        self._commits.labels(kind).observe(seconds)

    def delivery(self, connection: str, kind: str, verdict: Verdict) -> None:
        """An attempt to deliver a row ended."""
        self._deliveries.labels(connection, kind, verdict).inc()

    def job(self, kind: str, verdict: Verdict) -> None:
        """An attempt at a job ended."""
        self._jobs.labels(kind, verdict).inc()

    def asked(self, outcome: str, seconds: float, read: int, written: int) -> None:
        """The model answered, or why it did not, in so many seconds and tokens."""
        self._asked.labels(outcome).inc()
        self._waited.observe(seconds)
        self._tokens.labels("read").inc(read)
        self._tokens.labels("written").inc(written)

    def page(self, backlog: Iterable[Backlog], now: datetime) -> bytes:
        """Everything in Prometheus' text format, with the queue as it is now."""
        for gauge in (self._waiting, self._age, self._dead):
            gauge.clear()
        for part in backlog:
            label = part.connection, part.kind
            (self._dead if part.dead else self._waiting).labels(*label).set(part.rows)
            if not part.dead:
                age = max(0.0, (now - part.first_due).total_seconds())
                self._age.labels(*label).set(age)
        return generate_latest(self._registry)
