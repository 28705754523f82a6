"""Message → its words alone, for notifications and screen readers. Pure.

Slack reads it as mrkdwn: all but our own mentions is escaped.
"""

import re
from collections.abc import Iterator

from adapters.fitting import ELLIPSIS, cut
from adapters.slack.limits import LIMITS
from adapters.slack.richtext import account_id, channel_id
from adapters.slack.text import escape
from bot.messages import Bold, Card, ChannelName, Code, Inline, Line, Link, Mention, Message
from bot.reading.clean import harmless

_PARTIAL = re.compile("(&[a-z]*|<[^>]*)$")
"""An entity or a mention that was cut in two."""


def fallback(message: Message, realm: str) -> str:
    """What the message says, within the limit; a picture and a file by their names."""
    words = [text for text in _words(message, realm) if text.strip()]
    return _fit("\n".join(words)) if words else _fit(escape(instead(message)))


def instead(message: Message) -> str:
    """What stands for a message without words."""
    image = message.image.alt if message.image else ""
    name = message.attachment.name if message.attachment else ""
    return harmless(image).strip() or harmless(name).strip() or ELLIPSIS


def _words(message: Message, realm: str) -> Iterator[str]:
    for line in message.lines:
        yield _line(line, realm)
    for card in message.cards:
        yield from _card(card, realm)


def _card(card: Card, realm: str) -> Iterator[str]:
    yield _literal(card.title)
    for line in card.body:
        yield _line(line, realm)
    for label, text in card.fields:
        yield _literal(f"{label}: {text}" if text.strip() else label)
    yield _line(card.footer, realm)


def _line(line: Line, realm: str) -> str:
    return "".join(_inline(part, realm) for part in line)


def _inline(part: Inline, realm: str) -> str:
    """A link's address is for the eye: the block has it."""
    match part:
        case str():
            return _literal(part)
        case Bold(text=text) | Code(text=text) | Link(label=text):
            return _literal(text)
        case Mention(account=account, name=name):
            user = account_id(account, realm)
            return f"<@{user}>" if user else _literal(name.strip() or account.user)
        case ChannelName(channel=channel):
            known = channel_id(channel)
            return f"<#{known}>" if known else _literal(f"#{channel.channel}")


def _literal(text: str) -> str:
    return escape(harmless(text))


def _fit(text: str) -> str:
    """At most so many bytes, and no entity, mention or visible character cut in two."""
    fitting = text.encode("utf-8", "replace")[: LIMITS.text].decode("utf-8", "ignore")
    if fitting == text:
        return text
    kept = cut(fitting + ELLIPSIS, len(fitting) - len(ELLIPSIS.encode())).removesuffix(ELLIPSIS)
    return _PARTIAL.sub("", kept) + ELLIPSIS
