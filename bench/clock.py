"""Time that passes when told to."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


class MovingClock:
    """The port `Clock`, and the playground's monotonic seconds beside it."""

    def __init__(self) -> None:
        self._passed = 0.0

    def now(self) -> datetime:
        """Aware, UTC."""
        return START + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        """Seconds since the start."""
        return self._passed

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self._passed += seconds

    def move_to(self, moment: datetime) -> None:
        """Let time pass until then; it never goes back."""
        self._passed = max(self._passed, (moment - START).total_seconds())
