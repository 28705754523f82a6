"""`POST /interactions/{interaction}/{token}/callback`: the first answer to an interaction.

docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object: once,
within 3 s; a modal must be it, and never answers a modal.
"""

from typing import Any

from tests.discord import events, talk
from tests.discord.command_rules import choice_faults
from tests.discord.faults import Fault, invalid
from tests.discord.interactions import Answer, Did, Interaction
from tests.discord.modal_rules import modal_faults
from tests.discord.model import EPHEMERAL, LOADING, REPLY, Message
from tests.discord.routes.call import Call, Refused
from tests.discord.routes.content import fill, refill
from tests.discord.screen import Modal

Json = dict[str, Any]
_TO_ALL = {Answer.MESSAGE, Answer.DEFERRED_MESSAGE}
_ALLOWED = {
    Did.COMMAND: _TO_ALL | {Answer.MODAL},
    Did.COMPONENT: _TO_ALL | {Answer.MODAL, Answer.DEFERRED_UPDATE, Answer.UPDATE},
    Did.AUTOCOMPLETE: {Answer.CHOICES},
    Did.MODAL: _TO_ALL,
}


def answer(call: Call) -> Json | None:
    """Take the first answer, if it is one in time and of a kind that fits."""
    world = call.world
    made = world.interactions.open(call.names["interaction"], call.names["token"])
    if made is None:
        raise call.misused(10062, "an answer to nothing, or too late")
    if made.answer is not None:
        raise call.misused(40060, "a second answer")
    kind = _kind(call, made)
    _take(call, made, kind, call.form().get("data") or {})
    made.answer = kind
    world.changes.happened()
    return _told(call, made) if call.flag("with_response") else None


def _kind(call: Call, made: Interaction) -> Answer:
    fitting = _ALLOWED[made.did]
    if made.did is Did.MODAL and made.source:
        fitting = fitting | {Answer.DEFERRED_UPDATE, Answer.UPDATE}
    kind = call.form().get("type")
    if kind not in fitting:
        said = f"Value must be one of {{{', '.join(str(int(one)) for one in sorted(fitting))}}}."
        raise call.wrong([invalid(("type",), said)])
    return Answer(kind)


def _take(call: Call, made: Interaction, kind: Answer, data: Json) -> None:
    match kind:
        case Answer.MESSAGE:
            made.original = message = _message(call, made, 0)
            fill(call, message, data, webhook=True)
            put(call, made, message)
        case Answer.DEFERRED_MESSAGE:
            flags = int(data.get("flags") or 0)
            made.original = message = _message(call, made, LOADING | (flags & EPHEMERAL))
            put(call, made, message)
        case Answer.DEFERRED_UPDATE:
            made.original = made.source
        case Answer.UPDATE:
            made.original = message = _source(made)
            refill(call, message, data, webhook=True)
            changed(call, made, message)
        case Answer.CHOICES:
            _refuse(call, list(choice_faults(data.get("choices"))), "data")
            made.choices = tuple(data["choices"])
        case Answer.MODAL:
            _refuse(call, list(modal_faults(data)), "data")
            made.user.screen.modal = Modal(data, made.channel, made.source)


def _source(made: Interaction) -> Message:
    assert made.source is not None
    return made.source


def _message(call: Call, made: Interaction, flags: int) -> Message:
    """A message of the interaction's: the bot's, through a webhook with the app's id."""
    message = talk.written(call.world, call.bot, made.channel)
    message.flags, message.kind = flags, made.message_kind
    message.webhook = message.application = call.world.app.id
    message.interaction = made.metadata
    if message.kind == REPLY:
        message.reply_to = made.source
    return message


def put(call: Call, made: Interaction, message: Message) -> None:
    """Show a new message: to all, or on the person's own screen."""
    screen = made.user.screen
    if message.ephemeral:
        waits = message.flags & LOADING
        (screen.thinking if waits else screen.ephemerals).append(message)
        call.world.announce([events.written("MESSAGE_CREATE", message, call.bot)])
    else:
        talk.post(call.world, message)


def changed(call: Call, made: Interaction, message: Message) -> None:
    """Show that a message is another now. What was thinking is said."""
    screen = made.user.screen
    if not message.ephemeral:
        talk.edit(call.world, message)
        return
    message.edited = call.world.clock.now()
    if message in screen.thinking:
        screen.thinking.remove(message)
        screen.ephemerals.append(message)
    call.world.announce([events.written("MESSAGE_UPDATE", message, call.bot)])


def follow(call: Call, made: Interaction, body: Json) -> Message:
    """One more message of an interaction that was answered."""
    message = _message(call, made, 0)
    fill(call, message, body, webhook=True)
    made.follow_ups.append(message)
    put(call, made, message)
    return message


def _told(call: Call, made: Interaction) -> Json:
    assert made.answer is not None
    resource: Json = {"type": int(made.answer)}
    callback: Json = {"id": made.id, "type": int(made.did)}
    message = made.original
    if message and made.answer is not Answer.DEFERRED_UPDATE:
        callback |= {
            "response_message_id": message.id,
            "response_message_loading": bool(message.flags & LOADING),
            "response_message_ephemeral": message.ephemeral,
        }
        resource["message"] = call.shown(message)
    return {"interaction": callback, "resource": resource}


def _refuse(call: Call, faults: list[Fault], where: str) -> None:
    if faults:
        raise call.wrong([Fault((where, *one.path), one.code, one.text) for one in faults])


def original(made: Interaction) -> Message:
    """The message that an interaction was answered with; 10008 when there is none."""
    if made.original is None:
        raise Refused(10008)
    return made.original
