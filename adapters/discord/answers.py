"""The answer to whoever acted: the interaction's one response, or an edit of it when it took long.

| acted by | Whisper | Update | Form | Invalid |
|---|---|---|---|---|
| a command, a menu | a private message | – | a modal | – |
| a button | a private message | the message itself | a modal | – |
| a form | a private message | the message it came from | – | a private message |

A whisper that redraws comes beside the message itself, as a follow-up.

docs.discord.com/developers/interactions/receiving-and-responding: once, within three seconds; a
modal must be the first, and none answers a modal.
"""

import asyncio
import secrets
from dataclasses import dataclass, field
from enum import IntEnum

import structlog

from adapters.discord.calls import Refused, SlowDown, Unreachable, call
from adapters.discord.client import Login
from adapters.discord.forms import render_choices, render_modal
from adapters.discord.limits import Json
from adapters.discord.render import render
from bot.errors import Forgotten, reason
from bot.messages import ACTION_LIMIT, Button, Form, Line, Message
from bot.results import Answer, Choices, Invalid, Page, Sources, Update, Whisper

EPHEMERAL = 1 << 6
REDRAW_SECONDS = 5.0
"""Discord takes no first response after three; others wait to change the same message."""
TOO_LATE = Message((("That took too long. Please try again.",),))
FAILED = Message((("That did not work. Please try again.",),))
KNOWN = Message((("I know, and it is done.",),))
_RETRY = "Edit and try again"
_GONE = (401, 404)
_MARK_BYTES = 6

log = structlog.get_logger()


class Did(IntEnum):
    """Types of interactions."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Kind(IntEnum):
    """Types of responses."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(frozen=True, slots=True)
class Asked:
    """An interaction that waits for its response. `on_message`: it was done on one, by a button or
    by a form that a button had opened."""

    id: str
    token: str = field(repr=False)
    did: Did
    on_message: bool


class Answers:
    """Answers interactions of one login."""

    def __init__(self, client: Login) -> None:
        self._client = client

    async def answer(self, answer: Answer | None, asked: Asked) -> None:
        """The response. A private answer is best effort: what fails is logged."""
        kind, data = response(answer, asked)
        await self._respond(kind, data, asked)

    async def redraw(self, body: Json, whisper: Whisper, asked: Asked) -> bool:
        """The message that was pressed becomes this, and the person is told; whether it did. What
        may have arrived is not answered again."""
        try:
            async with asyncio.timeout(REDRAW_SECONDS):
                await self._call_back(Kind.UPDATE, body, asked)
        except (Refused, SlowDown) as error:
            log.warning("answer_not_shown", error=str(error))
            await self.answer(whisper, asked)
            return False
        except (Unreachable, TimeoutError) as error:
            log.warning("answer_not_shown", error=reason(error))
            return False
        await self._whisper(whisper.message, asked)
        return True

    async def _whisper(self, message: Message, asked: Asked) -> None:
        try:
            await self._follow_up(asked.token, _private(message))
        except (Refused, SlowDown, Unreachable) as error:
            log.warning("answer_not_shown", error=str(error))

    async def defer(self, asked: Asked, *, updates: bool) -> None:
        """Say that it takes a while; `updates`: the answer will be the message itself."""
        if updates and asked.on_message:
            await self._respond(Kind.DEFERRED_UPDATE, None, asked)
        else:
            await self._respond(Kind.DEFERRED_MESSAGE, {"flags": EPHEMERAL}, asked)

    async def complete(self, answer: Answer | None, asked: Asked, *, updates: bool) -> None:
        """What was to come after a `defer`; something private beside a message that was to be
        another goes out as a follow-up."""
        kind, data = response(Whisper(TOO_LATE) if isinstance(answer, Form) else answer, asked)
        deferred_update = updates and asked.on_message
        try:
            if kind is Kind.DEFERRED_UPDATE:
                await self._settle(asked, KNOWN, deferred=deferred_update)
            elif deferred_update and kind is Kind.MESSAGE:
                await self._follow_up(asked.token, data)
            else:
                await self._edit(asked.token, data)
        except (Refused, SlowDown, Unreachable) as error:
            log.warning("answer_not_shown", error=str(error))

    async def follow_up(self, token: str, message: Message) -> None:
        """Something private by the token of an interaction of before; Forgotten after 15 min."""
        try:
            await self._follow_up(token, _private(message))
        except Refused as refused:
            if refused.status in _GONE:
                raise Forgotten(f"Discord takes no more answers there ({refused})") from None
            raise

    async def _settle(self, asked: Asked, message: Message, *, deferred: bool) -> None:
        if not deferred:
            await self._edit(asked.token, render(message))

    async def _follow_up(self, token: str, data: Json | None) -> None:
        await call(
            self._client,
            "POST",
            "/webhooks/{webhook_id}/{webhook_token}",
            data,
            webhook_id=str(self._client.application_id),
            webhook_token=token,
        )

    async def _edit(self, token: str, data: Json | None) -> None:
        await call(
            self._client,
            "PATCH",
            "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
            {key: value for key, value in (data or {}).items() if key != "flags"},
            webhook_id=str(self._client.application_id),
            webhook_token=token,
        )

    async def _respond(self, kind: Kind, data: Json | None, asked: Asked) -> None:
        try:
            await self._call_back(kind, data, asked)
        except (Refused, SlowDown, Unreachable) as error:
            log.warning("answer_not_shown", error=str(error))

    async def _call_back(self, kind: Kind, data: Json | None, asked: Asked) -> None:
        await call(
            self._client,
            "POST",
            "/interactions/{webhook_id}/{webhook_token}/callback",
            {"type": int(kind)} | ({"data": data} if data is not None else {}),
            webhook_id=asked.id,
            webhook_token=asked.token,
        )


def response(answer: Answer | None, asked: Asked) -> tuple[Kind, Json | None]:
    """How an answer is worded for what was done."""
    match answer:
        case Choices():
            return Kind.CHOICES, {"choices": render_choices(answer)}
        case None if asked.did is Did.AUTOCOMPLETE:
            return Kind.CHOICES, {"choices": []}
        case None | Sources() if asked.on_message:
            return Kind.DEFERRED_UPDATE, None
        case None | Sources():
            return Kind.MESSAGE, _private(KNOWN)
        case Form():
            return Kind.MODAL, render_modal(answer, name_of(answer))
        case Invalid():
            return Kind.MESSAGE, _private(_mistakes(answer))
        case Update(message) if asked.on_message:
            return Kind.UPDATE, render(message)
        case Whisper(message) | Update(message) | Page(message):
            return Kind.MESSAGE, _private(message)


def name_of(form: Form) -> str:
    """A modal's `custom_id`: the form's action, and a mark by which two openings differ, or what
    one person typed could come up for another."""
    mark = f"#{secrets.token_hex(_MARK_BYTES)}"
    return f"{form.action}{mark}"[:ACTION_LIMIT]


def _private(message: Message) -> Json:
    return render(message) | {"flags": EPHEMERAL}


def _mistakes(invalid: Invalid) -> Message:
    """Discord shows no errors in a form: they are said, with the way back to what was typed."""
    lines: tuple[Line, ...] = tuple((text,) for _, text in invalid.errors)
    return Message(lines, buttons=(Button(_RETRY, invalid.retry),))
