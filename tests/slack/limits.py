"""Rate limits: per method, workspace and app (docs.slack.dev/apis/web-api/rate-limits).

Tiers are "at least so many a minute"; here exactly so many, as the method pages name them. Posts
are one a second and channel after a burst.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.clock import Clock
from tests.slack.rules import Rules

MINUTE = 60.0
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
METHODS: Mapping[str, int] = {
    "apps.connections.open": 3,
    "bots.info": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.replies": 3,
    "files.completeUploadExternal": 4,
    "files.getUploadURLExternal": 4,
    "reactions.add": 3,
    "usergroups.list": 2,
    "usergroups.users.list": 2,
    "users.info": 4,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}
HISTORY = ("conversations.history", "conversations.replies")


@dataclass
class Limits:
    """One app's past calls in one workspace."""

    rules: Rules
    clock: Clock
    _past: dict[str, deque[float]] = field(default_factory=dict)

    def wait(self, method: str, channel: str) -> float:
        """Count a call; the seconds to wait when it is one too many, else 0."""
        if not self.rules.rate_limits:
            return 0.0
        if method == "chat.postMessage":
            burst = self.rules.post_burst
            return self._enter(f"{method} {channel}", burst, float(burst))
        if self.rules.legacy_history and method in HISTORY:
            return self._enter(method, 1, MINUTE)
        if method in METHODS:
            return self._enter(method, TIERS[METHODS[method]], MINUTE)
        return 0.0

    def _enter(self, what: str, calls: int, seconds: float) -> float:
        """At most `calls` in any `seconds`."""
        now, past = self.clock.now(), self._past.setdefault(what, deque())
        while past and now - past[0] >= seconds:
            past.popleft()
        if len(past) >= calls:
            return seconds - (now - past[0])
        past.append(now)
        return 0.0
