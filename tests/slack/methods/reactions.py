"""`reactions.add` (docs.slack.dev/reference/methods/reactions.add)."""

import re

from tests.slack import talk
from tests.slack.elements import Json
from tests.slack.methods.call import Call, Refused

KINDS_PER_MESSAGE = 50
"""Different emoji on one message (`too_many_emoji`; the number is from memory)."""
KINDS_PER_PERSON = 23
"""Different emoji of one person on one message (`too_many_reactions`; from memory)."""


def add(call: Call) -> Json:
    """The bot's own reaction; it comes back as an event."""
    channel = call.seen(call.text("channel"))
    if not call.inside(channel):
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("is_archived")
    message = channel.room.messages.get(call.text("timestamp"))
    if message is None:
        raise Refused("message_not_found")
    name = call.text("name")
    if not re.fullmatch(r"[^\s:A-Z]+(::skin-tone-[2-6])?", name):
        raise Refused("invalid_name")
    if call.bot.id in message.reactions.get(name, ()):
        raise Refused("already_reacted")
    if name not in message.reactions and len(message.reactions) >= KINDS_PER_MESSAGE:
        raise Refused("too_many_emoji")
    if sum(call.bot.id in users for users in message.reactions.values()) >= KINDS_PER_PERSON:
        raise Refused("too_many_reactions")
    talk.react(call.hub, call.bot, name, message, added=True)
    return {}
