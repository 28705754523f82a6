"""Interactions: who did what where, the token to answer with, and how it was answered.

docs.discord.com/developers/interactions/receiving-and-responding: the first answer within 3 s, then
15 min for edits and follow-ups with the same token.
"""

import secrets
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from tests.clock import Clock
from tests.discord.ids import Ids
from tests.discord.model import LOADING, Channel, Message, User
from tests.discord.rules import Rules

Json = dict[str, Any]
MARK = "s3cret"
"""Stands in every token, so that a log that holds one is found out by `tests.leaks`."""


class Did(IntEnum):
    """Types of interactions."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Answer(IntEnum):
    """Types of callbacks."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass
class Interaction:
    """One of them. `source` is the message it happened on, or that its modal came from."""

    id: str
    token: str = field(repr=False)
    did: Did
    user: User
    channel: Channel
    at: float
    metadata: Json
    source: Message | None = None
    message_kind: int = 0
    answer: Answer | None = None
    original: Message | None = None
    choices: tuple[Json, ...] = ()
    follow_ups: list[Message] = field(default_factory=list)
    given_up: bool = False

    @property
    def waiting(self) -> bool:
        """Whether the person still looks at "… is thinking"."""
        return self.original is not None and bool(self.original.flags & LOADING)


class Interactions:
    """All of them, by id and by token."""

    def __init__(self, ids: Ids, clock: Clock, rules: Rules) -> None:
        self._ids, self._clock, self._rules = ids, clock, rules
        self.all: dict[str, Interaction] = {}

    def new(
        self, did: Did, user: User, channel: Channel, source: Message | None = None
    ) -> Interaction:
        """Somebody did something."""
        name = self._ids.new()
        token = f"aW50ZXJhY3Rpb246{MARK}{secrets.token_urlsafe(48)}"
        guild = channel.guild.id if channel.guild else "0"
        owners = {"0": guild}
        metadata: Json = {
            "id": name,
            "type": int(did),
            "user": {
                "id": user.id,
                "username": user.name,
                "global_name": user.shown_name,
                "discriminator": "0",
                "avatar": None,
            },
            "authorizing_integration_owners": owners,
        }
        now = self._clock.now()
        made = Interaction(name, token, did, user, channel, now, metadata, source)
        self.all[name] = made
        return made

    def open(self, name: str, token: str) -> Interaction | None:
        """One to be answered; None when it is unknown or its 3 s are over."""
        found = self.all.get(name)
        if found is None or found.token != token:
            return None
        late = self._clock.now() - found.at > self._rules.answer_seconds
        return None if late and found.answer is None else found

    def by_token(self, token: str) -> Interaction | None:
        """One whose token takes edits and follow-ups; None when it is unknown or unanswered."""
        found = (one for one in self.all.values() if one.token == token)
        return next((one for one in found if one.answer is not None), None)

    def expired(self, interaction: Interaction) -> bool:
        """Whether its 15 minutes are over."""
        return self._clock.now() - interaction.at > self._rules.token_seconds

    @property
    def unanswered(self) -> list[Interaction]:
        """What somebody still waits for."""
        return [
            one
            for one in self.all.values()
            if not one.given_up and (one.answer is None or one.waiting)
        ]
