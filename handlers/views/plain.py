"""A message as plain text, for a terminal."""

from collections.abc import Iterator

from bot.messages import Bold, Card, ChannelName, Code, Inline, Line, Link, Mention, Message


def plain(message: Message) -> str:
    """Its lines, its cards one below the other, and what can be pressed, in brackets."""
    return "\n".join(row.rstrip() for row in _rows(message)).strip() + "\n"


def _rows(message: Message) -> Iterator[str]:
    for line in message.lines:
        yield _line(line)
    for card in message.cards:
        yield ""
        yield from _card(card)
    if message.image:
        yield ""
        yield f"[{message.image.name}] {message.image.alt}"
    if message.attachment:
        yield f"[{message.attachment.name}]"
    if message.buttons:
        yield " ".join(f"[{button.label}]" for button in message.buttons)


def _card(card: Card) -> Iterator[str]:
    if card.title:
        yield card.title
    for line in card.body:
        yield f"  {_line(line)}"
    for label, text in card.fields:
        yield f"  {label}: {text}"
    if card.footer:
        yield f"  {_line(card.footer)}"
    if card.buttons:
        yield "  " + " ".join(f"[{button.label}]" for button in card.buttons)


def _line(line: Line) -> str:
    return "".join(_inline(part) for part in line)


def _inline(part: Inline) -> str:
    match part:
        case str():
            return part
        case Bold(text) | Code(text):
            return text
        case Link(label, url):
            return label if label == url else f"{label} <{url}>"
        case Mention(name=name):
            return f"@{name}"
        case ChannelName(channel):
            return f"#{channel.channel}"
