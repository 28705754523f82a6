"""A thread as a model reads it: numbered messages, in parts that fit, less what it may not have."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.events import ReadMessage
from bot.prompts import tokens
from bot.reading.assisted.screen import visible
from bot.reading.clean import one_line, shorten
from bot.reading.summarize.thread import NO_SUMMARY
from bot.refs import AccountRef

NO_MODEL = "no-model"
"""A message that holds it, in any case, is given to no model."""
MESSAGE_LIMIT = 4_000
"""Characters; the rest of a longer message is left out."""
_NAME_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Numbered:
    """A message by the number it is cited with."""

    number: int
    message: ReadMessage
    limit: int = MESSAGE_LIMIT

    @property
    def line(self) -> str:
        """One line of JSON: nothing in the text can look like the end of it."""
        told = {
            "n": self.number,
            "by": shorten(one_line(visible(self.message.author_name)), _NAME_LIMIT),
            "text": shorten(visible(self.message.text), self.limit),
        }
        return json.dumps(told, ensure_ascii=False)


def may_be_sent(message: ReadMessage, opted_out: Collection[AccountRef]) -> bool:
    """Whether neither its words nor its author keep it from the model, or from summaries."""
    return not keeps_out(message.text) and message.author not in opted_out


def keeps_out(text: str) -> bool:
    """Whether it says that no model, or no summary, may have it."""
    said = visible(text).casefold()
    return NO_MODEL in said or NO_SUMMARY in said


def numbered(messages: Sequence[ReadMessage], room: int) -> list[Numbered]:
    """Counted from 1, each short enough for `room` tokens: a character is one at most, about."""
    limit = min(MESSAGE_LIMIT, room)
    return [Numbered(number, message, limit) for number, message in enumerate(messages, 1)]


def parts(messages: Sequence[Numbered], room: int) -> list[list[Numbered]]:
    """Stretches of at most `room` tokens each (one message, if that alone has more), the first ones
    the same when the thread has grown."""
    found: list[list[Numbered]] = []
    left = 0
    for one in messages:
        size = tokens(one.line)
        if not found or size > left:
            found.append([])
            left = room
        found[-1].append(one)
        left -= size
    return found
