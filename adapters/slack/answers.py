"""The answer to whoever acted: in the acknowledgement where Slack takes it there, else right after.

| acted in | Whisper | Update | Form |
|---|---|---|---|
| a command | the acknowledgement | – | a modal |
| a message's menu or button | an ephemeral message | the message itself | a modal |
| a form | the modal becomes it | – | – |
| a modal with buttons | the modal becomes it | the modal becomes it | the modal becomes it |
| the bot's own page | a modal | a modal | a modal |
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import structlog
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.calls import Refused, Unreachable, ask, tell
from adapters.slack.client import proxy_for
from adapters.slack.forms import render_form, render_options
from adapters.slack.log import LIBRARY
from adapters.slack.render import Json, render, render_home, render_screen
from adapters.slack.workspace import Workspace
from bot.errors import Forgotten, NotConnected
from bot.messages import Button, Form, Message
from bot.results import Answer, Choices, Invalid, Page, Update, Whisper

TOO_LATE = Message((("That took too long. Please try again.",),))
SAVING = Message((("One moment, this is being saved …",),))
SAVED = Message((("That was saved already.",),))

log = structlog.get_logger()


class Surface(Enum):
    """What somebody acted in."""

    COMMAND = auto()
    MESSAGE = auto()
    FORM = auto()
    SCREEN = auto()
    HOME = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer can go. `trigger` opens a modal, once and within three seconds."""

    surface: Surface
    user: str
    channel: str
    trigger: str = field(default="", repr=False)
    response_url: str = field(default="", repr=False)
    view: str = ""

    @property
    def metadata(self) -> str:
        """What a modal remembers of where it was opened."""
        return json.dumps({"channel": self.channel})


class Answers:
    """Shows answers in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._web = workspace.web
        self._realm = workspace.identity.realm

    def at_once(self, answer: Answer | None, place: Place) -> Json:
        """What the acknowledgement carries."""
        match place.surface, answer:
            case Surface.COMMAND, Whisper(message):
                return {"response_type": "ephemeral"} | render(message, self._realm)
            case Surface.FORM, Whisper(message):
                return {"response_action": "update", "view": self._screen(message, place)}
            case Surface.FORM, Invalid(errors):
                return {"response_action": "errors", "errors": dict(errors)}
            case _, Choices():
                return {"options": render_options(answer)}
            case _:
                return {}

    async def show(self, answer: Answer | None, place: Place) -> None:
        """Everything else, and what comes too late for an acknowledgement. A private answer is best
        effort: what fails is logged."""
        try:
            await self._show(answer, place)
        except (Refused, Unreachable, Forgotten, NotConnected) as error:
            log.warning("answer_not_shown", error=getattr(error, "code", type(error).__name__))
            if isinstance(answer, Form) and place.response_url:
                await self._try_to_say(TOO_LATE, place)

    async def _show(self, answer: Answer | None, place: Place) -> None:
        match place.surface, answer:
            case _, Page(message):
                view = render_home(message, self._realm)
                await ask(self._web.views_publish, user_id=place.user, view=view)
            case ((Surface.FORM | Surface.SCREEN), (Whisper(message) | Update(message))):
                await ask(
                    self._web.views_update, view_id=place.view, view=self._screen(message, place)
                )
            case Surface.FORM, Invalid(errors, retry):
                lines = tuple((sentence,) for _, sentence in errors)
                message = Message(lines, buttons=(Button("Edit and try again", retry),))
                await self._show(Whisper(message), place)
            case Surface.FORM, None:
                await self._show(Whisper(SAVED), place)
            case Surface.SCREEN, Form():
                form = render_form(answer, place.metadata)
                await ask(self._web.views_update, view_id=place.view, view=form)
            case _, Form():
                form = render_form(answer, place.metadata)
                await ask(self._web.views_open, trigger_id=place.trigger, view=form)
            case Surface.HOME, (Whisper(message) | Update(message)):
                screen = self._screen(message, place)
                await ask(self._web.views_open, trigger_id=place.trigger, view=screen)
            case _, Whisper(message):
                await self.respond(place.response_url, message, replace=False)
            case _, Update(message):
                await self.respond(place.response_url, message, replace=True)
            case _:
                return

    async def respond(self, url: str, message: Message, *, replace: bool) -> None:
        """Say it through a `response_url`, privately or in place of what was there; Forgotten once
        it has expired (30 minutes, five uses)."""
        hook = AsyncWebhookClient(
            url, session=self._workspace.session, logger=LIBRARY, retry_handlers=[]
        )
        hook.proxy = proxy_for(url)
        body: dict[str, Any] = dict(render(message, self._realm))
        body |= {"replace_original": replace}
        body |= {} if replace else {"response_type": "ephemeral"}
        await tell(hook, body)

    async def _try_to_say(self, message: Message, place: Place) -> None:
        try:
            await self.respond(place.response_url, message, replace=False)
        except (Refused, Unreachable, Forgotten):
            log.warning("answer_not_shown", error="response_url")

    def _screen(self, message: Message, place: Place) -> Json:
        return render_screen(message, self._realm, place.metadata)


def channel_in(metadata: str) -> str:
    """The channel a modal was opened in; "" when it says none."""
    found: Mapping[str, Any] = json.loads(metadata or "{}")
    return str(found.get("channel") or "")
