"""`/webhooks/{application}/{token}…`: edits and follow-ups of an interaction, for 15 minutes
(docs.discord.com/developers/interactions/receiving-and-responding#followup-messages).
"""

from typing import Any

from tests.discord import talk
from tests.discord.interactions import Interaction
from tests.discord.model import LOADING, Message
from tests.discord.routes import answers
from tests.discord.routes.call import Call, Refused
from tests.discord.routes.content import refill

Json = dict[str, Any]


def follow_up(call: Call) -> Json:
    """One more message. The first after "… is thinking" takes its place, private or not as that
    was (deprecated, but so it is)."""
    made, body = _interaction(call), call.form()
    if made.waiting and made.original:
        return _edited(call, made, made.original, body)
    return call.shown(answers.follow(call, made, body))


def get(call: Call) -> Json:
    """A message of the interaction's."""
    made = _interaction(call)
    return call.shown(_message(call, made))


def edit(call: Call) -> Json:
    """Another content for a message of the interaction's."""
    made = _interaction(call)
    return _edited(call, made, _message(call, made), call.form())


def delete(call: Call) -> None:
    """A message of the interaction's is gone."""
    made = _interaction(call)
    message = _message(call, made)
    if message.ephemeral:
        for shown in (made.user.screen.ephemerals, made.user.screen.thinking):
            if message in shown:
                shown.remove(message)
        message.flags &= ~LOADING
        call.world.changes.happened()
    else:
        talk.delete(call.world, message)
    if message is made.original:
        made.original = None


def _edited(call: Call, made: Interaction, message: Message, body: Json) -> Json:
    refill(call, message, body, webhook=True)
    answers.changed(call, made, message)
    return call.shown(message)


def _interaction(call: Call) -> Interaction:
    made = call.world.interactions.by_token(call.names["token"])
    if made is None or call.names["application"] != call.world.app.id:
        raise call.misused(10015, "no interaction was answered with this token")
    if call.world.interactions.expired(made):
        raise Refused(50027)
    return made


def _message(call: Call, made: Interaction) -> Message:
    name = call.names["message"]
    if name == "@original":
        return answers.original(made)
    mine = [*made.follow_ups, *([made.original] if made.original else [])]
    found = next((one for one in mine if one.id == name), None)
    if found is None:
        raise Refused(10008)
    return found
