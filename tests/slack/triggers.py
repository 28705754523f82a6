"""What lets an app open a modal: for 3 s, and once.

docs.slack.dev/reference/methods/views.open, /interactivity/handling-user-interaction.
"""

import secrets
from dataclasses import dataclass

from tests.clock import Clock
from tests.slack.ids import Ids
from tests.slack.model import User

TRIGGER_SECONDS = 3.0


class TriggerRefused(Exception):
    """It cannot be used; the text is Slack's error."""


@dataclass
class Trigger:
    """One interaction's; `view` is the modal that it happened in."""

    user: User
    until: float
    view: str | None = None
    used: bool = False


class Triggers:
    """Those of one workspace."""

    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids, self._clock = ids, clock
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: User, view: str | None = None) -> str:
        """A new one, for what somebody just did."""
        name = f"{self._ids.new('1')[1:]}.{secrets.randbelow(10**9)}.{secrets.token_hex(8)}"
        self._issued[name] = Trigger(user, self._clock.now() + TRIGGER_SECONDS, view)
        return name

    def exchange(self, name: str) -> Trigger:
        """Use it up; TriggerRefused when it is unknown, used or too old."""
        trigger = self._issued.get(name)
        if trigger is None:
            raise TriggerRefused("invalid_trigger_id")
        if trigger.used:
            raise TriggerRefused("exchanged_trigger_id")
        if self._clock.now() > trigger.until:
            raise TriggerRefused("expired_trigger_id")
        trigger.used = True
        return trigger
