"""Commands, presses, forms, menus and completions: to the bot, and its answer to the page."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import assert_never

import structlog

from adapters.playground.chat import Chat
from adapters.playground.checks import check_choices, check_form
from adapters.playground.forms import render_choices, render_form
from adapters.playground.open_pages import OpenPages
from adapters.playground.render import Json, actions
from adapters.playground.rules import Handles, Monotonic, form_refusal
from adapters.playground.sending import payload
from bot.errors import DeliveryError, Forgotten, PermanentDeliveryError
from bot.events import FormSubmitted, HumanEvent
from bot.messages import Action, Form, Message
from bot.ports import SendFollowup, Sink
from bot.results import Answer, Choices, Invalid, Page, Sources, Update, Whisper

log = structlog.get_logger()

NOTHING: Json = {"kind": "nothing"}
START_SECONDS = 2.0
"""How long the page waits for a bot that has not begun yet."""
AWAY = "Sounding Board is not here right now. Please try again in a moment."
FAILED = "That did not work. Nothing was changed; please try again."


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody acted; `message` or `notice` is what a pressed button hung on."""

    person: str
    channel: str
    thread: str | None = None
    message: str | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form on somebody's screen."""

    place: Place
    action: Action
    shown: Json


@dataclass(frozen=True, slots=True)
class Notice:
    """A private notice on somebody's screen, and what may be pressed there."""

    place: Place
    actions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Begun:
    """An interaction that may be answered privately once more, where its notice stands by then."""

    place: Place
    notice: str | None = None
    answered: bool = False


@dataclass(slots=True)
class Interactions:
    """Asks the bot and shows its answer. Forms and notices live in memory only."""

    chat: Chat
    monotonic: Monotonic
    forms: Handles[OpenForm] = field(init=False)
    notices: Handles[Notice] = field(init=False)
    begun: Handles[Begun] = field(init=False)
    pages: OpenPages = field(default_factory=OpenPages)
    _sink: Sink | None = None
    _awake: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.forms, self.notices = Handles(self.monotonic), Handles(self.monotonic)
        self.begun = Handles(self.monotonic)

    @contextmanager
    def open_to(self, sink: Sink) -> Iterator[None]:
        """The bot is there as long as this lasts."""
        self._sink = sink
        self._awake.set()
        try:
            yield
        finally:
            self._sink = None

    async def ask(self, event: HumanEvent, place: Place) -> Json:
        """The answer as the page shows it; trouble becomes one kind sentence and a log line."""
        shown = await self._ask(event, place)
        if event.handle:
            notice = shown["notice"] if shown["kind"] == "whisper" else None
            self.begun.replace(event.handle, place.person, Begun(place, notice, answered=True))
        return shown

    async def _ask(self, event: HumanEvent, place: Place) -> Json:
        sink = await self._present()
        if sink is None:
            return sorry(AWAY)
        started = self.monotonic()
        try:
            answer = await sink(event)
            seconds = self.monotonic() - started
            return await self._show(answer, event, place, seconds)
        except Forgotten:
            return sorry(AWAY)
        except PermanentDeliveryError as error:
            log.error("answer_refused", key=event.key, reason=str(error))
        except Exception as error:
            # No traceback: an error's words may be a person's. Dispatch logs its own.
            log.error("interaction_failed", key=event.key, error=type(error).__name__)
        return sorry(FAILED)

    def begin(self, place: Place) -> str:
        """A handle by which whoever acts can be answered later."""
        return self.begun.issue(place.person, Begun(place))

    def follow_up(self, sending: SendFollowup) -> None:
        """Show a private notice on the pages of whoever acted, in place of the first answer if that
        was one. Forgotten when it is too late or they have left; DeliveryError when it is too
        early, as on Discord, where nothing can follow before the first answer."""
        person = sending.account.user
        begun = self.begun.look(sending.handle, person)
        if not begun.answered:
            raise DeliveryError("the first answer is on its way", retry_after=0.1)
        shown = self._whisper(sending.message, begun.place)
        self.pages.show(person, shown | {"replaces": begun.notice})
        latest = Begun(begun.place, shown["notice"], answered=True)
        self.begun.replace(sending.handle, person, latest)

    async def _present(self) -> Sink | None:
        """The bot, if it is there; one that is about to start is waited for."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._awake.wait(), START_SECONDS)
        return self._sink

    async def _show(
        self, answer: Answer | None, event: HumanEvent, place: Place, seconds: float
    ) -> Json:
        match answer:
            case None | Sources():
                return NOTHING
            case Whisper(message=message) | Page(message=message):
                return self._whisper(message, place)
            case Form():
                after_form = isinstance(event, FormSubmitted)
                refusal = form_refusal(seconds=seconds, after_form=after_form)
                return self._form(answer, place, refusal)
            case Invalid(errors=errors):
                return self._invalid(errors, event)
            case Update(message=message):
                return await self._update(message, place)
            case Choices():
                options = render_choices(answer)
                check_choices(options)
                return {"kind": "choices", "options": options}
            case _:
                assert_never(answer)

    def _whisper(self, message: Message, place: Place) -> Json:
        content = payload(message)
        notice = self.notices.issue(place.person, Notice(place, actions(content)))
        where = {"channel": place.channel, "thread": place.thread}
        return {"kind": "whisper", "notice": notice, **where, "content": content}

    def _form(self, form: Form, place: Place, refusal: str | None) -> Json:
        if refusal:
            raise PermanentDeliveryError(refusal)
        shown = render_form(form)
        check_form(shown)
        handle = self.forms.issue(place.person, OpenForm(place, form.action, shown))
        return {"kind": "form", "form": handle, **shown}

    def _invalid(self, errors: tuple[tuple[str, str], ...], event: HumanEvent) -> Json:
        if not isinstance(event, FormSubmitted):
            raise PermanentDeliveryError("only a form has fields with errors")
        return {"kind": "invalid", "errors": dict(errors)}

    async def _update(self, message: Message, place: Place) -> Json:
        """Replace what the pressed button hung on: free of the pace for edits, as on Discord."""
        content = payload(message)
        if place.message:
            await self.chat.edit(place.message, content)
        elif place.notice:
            where = Notice(place, actions(content))
            self.notices.replace(place.notice, place.person, where)
        else:
            raise PermanentDeliveryError("there is nothing to update")
        shown = {"message": place.message, "notice": place.notice}
        return {"kind": "update", **shown, "content": content}


def sorry(text: str) -> Json:
    """An answer that something did not work."""
    return {"kind": "error", "text": text}
