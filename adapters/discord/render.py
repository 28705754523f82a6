"""Message → Discord's payload. Pure.

What is too long is cut with an ellipsis; what is too many becomes a visible "+3 more". Embeds never
ping, so whoever is to be pinged stands in the lines. Buttons hang below all embeds: those of
several cards say whose they are.
"""

from collections.abc import Sequence

from adapters.discord.buttons import Rows
from adapters.discord.limits import LIMITS, Json
from adapters.discord.markdown import Markdown
from adapters.discord.text import escape
from adapters.fitting import ELLIPSIS, Room
from bot.messages import Bold, Card, Code, Line, Message, Tone
from bot.reading.clean import harmless, one_line

_COLOURS = {Tone.GOOD: 0x2E9E5B, Tone.BAD: 0xC0392B, Tone.BUSY: 0xE0A100, Tone.PLAIN: 0x5B6CC9}
_SHORT = 40
"""Characters of a field that has room beside others."""
_MORE = 14
"""Characters kept for the "+123 more" that stands for cards left out."""


def render(message: Message) -> Json:
    """Content, embeds, components and whom it may ping: good for posting, editing and answering.
    Every key is there, so that an edit leaves nothing of before. A picture and a file are uploads
    beside it."""
    embeds, shown = _embeds(message.cards)
    rows = Rows()
    rows.of_cards(message.cards, shown)
    rows.add(message.buttons)
    lines = message.lines
    if not (embeds or _says(_written(lines, LIMITS.content).text)):
        lines = ((_instead(message),),)
    words = _written(lines, LIMITS.content - len(rows.note))
    return {
        "content": words.text + rows.note,
        "embeds": embeds,
        "components": rows.shown(),
        "allowed_mentions": {"parse": [], "users": list(dict.fromkeys(words.users))},
    }


def _written(lines: Sequence[Line], limit: int) -> Markdown:
    words = Markdown()
    words.add(lines, Room(limit), limit)
    return words


def _says(text: str) -> bool:
    """Whether a text shows anything."""
    return bool(harmless(text).strip())


def _instead(message: Message) -> str:
    """What stands for a message without words."""
    image = message.image.alt if message.image else ""
    name = message.attachment.name if message.attachment else ""
    return harmless(image).strip() or harmless(name).strip() or ELLIPSIS


def _embeds(cards: Sequence[Card]) -> tuple[list[Json], int]:
    """An embed for each card, as long as there is room, and how many of them are shown."""
    room = Room(LIMITS.all_embeds - _MORE)
    most = LIMITS.embeds if len(cards) <= LIMITS.embeds else LIMITS.embeds - 1
    embeds: list[Json] = []
    for card in cards[:most]:
        if room.full:
            break
        embeds.append(_embed(card, room))
    shown = len(embeds)
    if shown < len(cards):
        embeds[LIMITS.embeds - 1 :] = [{"description": f"+{len(cards) - shown} more"}]
    return embeds, shown


def _embed(card: Card, room: Room) -> Json:
    """A card. A footer is small and read without markup, as long as it is text alone."""
    title = room.fit(one_line(card.title), LIMITS.title, escape)
    small = all(isinstance(part, str | Bold | Code) for part in card.footer)
    body = Markdown()
    body.add(card.body if small else (*card.body, card.footer), room, LIMITS.body)
    fields = _fields(card.fields, room)
    footer = _footer(card.footer, room) if small else ""
    if not (_says(title) or _says(body.text) or fields or footer):
        body.text = room.fit(ELLIPSIS) or ELLIPSIS
    embed: Json = {"color": _COLOURS[card.tone]}
    embed |= {"title": title} if _says(title) else {}
    embed |= {"description": body.text} if _says(body.text) else {}
    embed |= {"fields": fields} if fields else {}
    return embed | ({"footer": {"text": footer}} if footer else {})


def _fields(fields: Sequence[tuple[str, str]], room: Room) -> list[Json]:
    """Short ones side by side."""
    if len(fields) > LIMITS.fields:
        kept = fields[: LIMITS.fields - 1]
        fields = (*kept, (ELLIPSIS, f"+{len(fields) - len(kept)} more"))
    shown = []
    for name, text in fields:
        if room.full:
            break
        label = room.fit(one_line(name) or "–", LIMITS.field_label, escape)
        value = room.fit(harmless(text).strip() or "–", LIMITS.field_text, escape) or ELLIPSIS
        shown.append({"name": label, "value": value, "inline": len(text) <= _SHORT})
    return shown


def _footer(line: Line, room: Room) -> str:
    literal = [part for part in line if isinstance(part, str | Bold | Code)]
    words = "".join(part if isinstance(part, str) else part.text for part in literal)
    return room.fit(harmless(words).strip(), LIMITS.footer)
