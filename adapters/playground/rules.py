"""Where the playground is as strict as the stricter of Slack and Discord, rule by rule.

What a payload may hold is in `checks`; that every event comes twice is in `deliveries`.
"""

import re
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from adapters.playground.rows import BOT, ChatMessage, Person
from bot.errors import BotError, DeliveryError, DirectRefused, Forgotten, PermanentDeliveryError
from bot.ports import Pace

Monotonic = Callable[[], float]
Thing = TypeVar("Thing")


class Refused(BotError):
    """The platform itself says no; the text is shown to the person as it is."""


class NotThere(Refused):
    """What does not exist for this person; whether it does for others is not said."""


FORM_SECONDS = 3.0
"""Slack's trigger and Discord's first response are good for 3 s."""
HANDLE_SECONDS = 15 * 60.0
"""Discord: an interaction's token lives 15 min."""
NONCE_SECONDS = 5 * 60.0
"""Discord: `enforce_nonce` recognises a repeat "in the past few minutes"."""
MESSAGE_LIMIT = 2_000
"""Characters a person may post at once (Discord)."""
TYPED_LIMIT = 100
"""Characters of a completion's input that are passed on (Discord: an option's value)."""
DISTINCT_EMOJI = 20
"""Different reactions on one message (Discord error 30010)."""
PACE = Pace(post_seconds=1.0, edits_per_minute=40, directs_per_minute=30)
"""Slack: one `chat.postMessage` a second per channel; `chat.update` about 50 a minute in all."""
TOLERANCE = 0.1
"""Seconds by which a caller that keeps the pace exactly may seem early here."""

COMMAND_IN_THREAD = (
    "Slash commands do not work in threads here. Use the message's menu instead."  # Slack
)


def check_command_place(thread: str | None) -> None:
    """Slack: an app's slash commands cannot be used in threads."""
    if thread is not None:
        raise Refused(COMMAND_IN_THREAD)


def form_refusal(*, seconds: float, after_form: bool) -> str | None:
    """Why a form may not open now: too late (Slack, Discord), or in answer to a form (Discord)."""
    if after_form:
        return "a form cannot answer a form"
    if seconds > FORM_SECONDS:
        return "a form came too late"
    return None


def check_text(text: str) -> None:
    """A message has words, and not too many."""
    if not text.strip():
        raise Refused("There is nothing to send yet.")
    if len(text) > MESSAGE_LIMIT:
        raise Refused(f"Please use at most {MESSAGE_LIMIT:,} characters in one message.")


def check_emoji(emoji: str, message: ChatMessage) -> None:
    """A reaction is an emoji or a `:name:`, and one of at most 20 on the message."""
    symbol = re.fullmatch(r":[a-z0-9_+-]+:|[^A-Za-z\s:]*[^\x00-\x7f]", emoji)
    if not symbol or len(emoji) > 32:
        raise Refused("That is not an emoji.")
    if not has_room_for(emoji, message):
        raise Refused(f"A message takes at most {DISTINCT_EMOJI} different reactions.")


def has_room_for(emoji: str, message: ChatMessage) -> bool:
    """Whether the emoji is on the message already, or one more may be."""
    return emoji in dict(message.reactions) or len(message.reactions) < DISTINCT_EMOJI


def check_own(message: ChatMessage) -> None:
    """A bot edits its own messages only (Slack `cant_update_message`, Discord 50005)."""
    if message.author != BOT:
        raise PermanentDeliveryError("only our own messages can be edited")


def check_direct(person: Person) -> None:
    """A person may take no direct messages (Discord 50007, Slack `cannot_dm_bot`)."""
    if not person.directs_open:
        raise DirectRefused("the person takes no direct messages")


@dataclass(slots=True)
class Window:
    """At most `calls` in any `seconds`, each place on its own; beyond that, "retry after"."""

    calls: int
    seconds: float
    monotonic: Monotonic
    _past: dict[str, deque[float]] = field(default_factory=dict)

    def enter(self, place: str = "") -> None:
        """Count one call, or raise DeliveryError with the seconds to wait."""
        now, past = self.monotonic(), self._past.setdefault(place, deque())
        while past and now - past[0] >= self.seconds - TOLERANCE:
            past.popleft()
        if len(past) >= self.calls:
            raise DeliveryError("rate limited", retry_after=self.seconds - (now - past[0]))
        past.append(now)


@dataclass(slots=True)
class _Held(Generic[Thing]):
    person: str
    thing: Thing
    until: float
    taken: bool = False


@dataclass(slots=True)
class Handles(Generic[Thing]):
    """Opaque names for open forms and private notices: one person's, for 15 minutes, in memory."""

    monotonic: Monotonic
    _held: dict[str, _Held[Thing]] = field(default_factory=dict)

    def issue(self, person: str, thing: Thing) -> str:
        """A new handle for a thing that was shown to a person."""
        now = self.monotonic()
        self._held = {name: held for name, held in self._held.items() if held.until > now}
        handle = secrets.token_urlsafe(12)
        self._held[handle] = _Held(person, thing, now + HANDLE_SECONDS)
        return handle

    def look(self, handle: str, person: str) -> Thing:
        """The thing; Forgotten when the handle expired, was taken or is somebody else's."""
        return self._open(handle, person).thing

    def take(self, handle: str, person: str) -> Thing:
        """The thing, for once: the handle is closed until it is given back."""
        held = self._open(handle, person)
        held.taken = True
        return held.thing

    def give_back(self, handle: str) -> None:
        """Open a taken handle again; its time runs on."""
        if handle in self._held:
            self._held[handle].taken = False

    def replace(self, handle: str, person: str, thing: Thing) -> None:
        """What the handle stands for from now on."""
        self._open(handle, person).thing = thing

    def _open(self, handle: str, person: str) -> _Held[Thing]:
        held = self._held.get(handle)
        if held is None or held.taken or held.person != person or held.until <= self.monotonic():
            raise Forgotten("That has expired. Please start again.")
        return held
