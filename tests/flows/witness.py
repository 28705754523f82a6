"""Sees what all flows do: routes taken, buttons and forms shown, subjects told."""

from dataclasses import dataclass, field, replace

from bot.dispatch import Handler, Route
from bot.events import ButtonPressed, ChoicesAsked, Event, FormSubmitted
from bot.messages import Form, Message
from bot.ports import SendDirect, SendEdit, SendFollowup, SendPost, Turn
from bot.results import Answer, Direct, Followup, Invalid, Job, Page, Post, Result, Update, Whisper
from tests.community import Community
from tests.flows.fits import assert_form_fits, assert_message_fits, buttons_of

Kind = type[Event]


@dataclass
class Witness:
    """`shown` are the events that what people saw can lead to."""

    routes: set[tuple[Kind, str]] = field(default_factory=set)
    shown: set[tuple[Kind, str]] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    jobs: set[str] = field(default_factory=set)

    def watch(self, community: Community) -> None:
        """See every handler that has an effect from now on."""
        table = community.bot.dispatch._routes
        for key, route in table.items():
            table[key] = replace(route, handler=self._around(route))

    def _around(self, route: Route) -> Handler:
        async def handler(event: Event, turn: Turn) -> Result:
            result = await route.handler(event, turn)
            if result != Result():
                self.routes.add((route.event, route.name))
            self._answer(result.answer)
            for outgoing in result.outgoing:
                match outgoing:
                    case (
                        Post(subject=subject) | Direct(subject=subject) | Followup(subject=subject)
                    ):
                        self.subjects.add(subject.kind)
                    case Job(kind=kind):
                        self.jobs.add(kind)
                    case _:
                        pass
            return result

        return handler

    def _answer(self, answer: Answer | None) -> None:
        match answer:
            case Whisper(message) | Update(message) | Page(message):
                self._message(message)
            case Invalid(retry=retry):
                self.shown.add((ButtonPressed, retry.name))
            case Form():
                assert_form_fits(answer)
                self.shown.add((FormSubmitted, answer.action.name))
                if any(field.kind == "ideas" for field in answer.fields):
                    self.shown.add((ChoicesAsked, answer.action.name))
            case _:
                pass

    def _message(self, message: Message) -> None:
        assert_message_fits(message)
        self.shown |= {(ButtonPressed, button.action.name) for button in buttons_of(message)}

    def look_at_sent(self, community: Community) -> None:
        """Everything that was delivered fits, and its buttons are kept."""
        for adapter in community.adapters.values():
            for sent in adapter.sent:
                if isinstance(sent, SendPost | SendEdit | SendDirect | SendFollowup):
                    self._message(sent.message)
        self.subjects |= community.queued_subjects()
