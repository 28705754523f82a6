"""Rate limits (docs.discord.com/developers/topics/rate-limits): a bucket per route and channel,
guild or webhook, told in headers; one for the whole bot; and the door that Cloudflare shuts.
"""

import hashlib
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.clock import Clock
from tests.discord.rules import Bucket, Rules

MAJOR = ("channel", "guild", "application", "token", "interaction")


@dataclass(frozen=True)
class Standing:
    """How a bucket stands after a call: `wait` is more than 0 for one call too many."""

    headers: dict[str, str]
    wait: float
    everywhere: bool = False


@dataclass
class Limits:
    """The past calls of one bot, from one address."""

    rules: Rules
    clock: Clock
    _past: dict[str, deque[float]] = field(default_factory=dict)
    _barred: dict[str, float] = field(default_factory=dict)
    _invalid: deque[float] = field(default_factory=deque)

    def enter(self, route: str, names: Mapping[str, Any], *, everywhere: bool) -> Standing:
        """Count a call. `everywhere`: it counts for the whole bot too."""
        bucket = self.rules.buckets.get(route, self.rules.any_bucket)
        major = "+".join(str(names[name]) for name in MAJOR if name in names)
        left, wait = self._take(f"{route} {major}", bucket)
        total = self.rules.global_bucket
        if everywhere and not wait and (wait := self._take("", total)[1]):
            return Standing({}, wait, everywhere=True)
        return Standing(self._headers(route, f"{route} {major}", bucket, left), wait)

    def _take(self, name: str, bucket: Bucket) -> tuple[int, float]:
        """What is left of a bucket, and how long to wait if that was nothing."""
        now, past = self.clock.now(), self._past.setdefault(name, deque())
        while past and now - past[0] >= bucket.seconds:
            past.popleft()
        if len(past) >= bucket.calls:
            return 0, bucket.seconds - (now - past[0])
        past.append(now)
        return bucket.calls - len(past), 0.0

    def _headers(self, route: str, name: str, bucket: Bucket, left: int) -> dict[str, str]:
        past = self._past[name]
        after = bucket.seconds - (self.clock.now() - past[0]) if past else bucket.seconds
        return {
            "X-RateLimit-Limit": str(bucket.calls),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": f"{self.clock.now() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:32],
        }

    def barred(self, name: str) -> bool:
        """Whether a 429 told to wait, and it is not yet time."""
        return self.clock.now() < self._barred.get(name, 0.0)

    def bar(self, name: str, wait: float) -> None:
        """A 429 tells to wait so long."""
        self._barred[name] = self.clock.now() + wait

    def invalid(self) -> None:
        """One more answer 401, 403 or 429."""
        self._invalid.append(self.clock.now())

    @property
    def invalid_requests(self) -> int:
        """How many there were of late."""
        now, seconds = self.clock.now(), self.rules.invalid_requests.seconds
        while self._invalid and now - self._invalid[0] >= seconds:
            self._invalid.popleft()
        return len(self._invalid)

    @property
    def banned(self) -> bool:
        """Whether there were too many, and Cloudflare answers."""
        return self.invalid_requests >= self.rules.invalid_requests.calls
