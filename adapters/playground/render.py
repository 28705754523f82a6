"""Message → the JSON that the page shows. Pure.

Every piece of text travels in a typed node and the page writes it as text, so nothing needs
escaping and only `Mention` nodes ping. What is too long is cut with an ellipsis; what is too many
becomes a visible "+3 more".
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.fitting import ELLIPSIS, Room, cut
from bot.messages import (
    ACTION_LIMIT,
    Attachment,
    Bold,
    Button,
    Card,
    ChannelName,
    Code,
    Image,
    Inline,
    Line,
    Link,
    Mention,
    Message,
)

Json = dict[str, Any]
REALM = "playground"


@dataclass(frozen=True, slots=True)
class Limits:
    """The stricter of Slack and Discord for each thing, in characters or pieces."""

    lines: int = 2_000  # Discord: message content
    cards: int = 10  # Discord: embeds of a message
    all_cards: int = 6_000  # Discord: all embeds of a message
    title: int = 250  # Discord 256; Slack's header 150 is not used for long titles
    body: int = 3_000  # Slack: section text
    fields: int = 10  # Slack: fields of a section
    field_label: int = 250  # Discord 256
    field_text: int = 1_024  # Discord
    footer: int = 2_000  # Slack: context element
    buttons: int = 25  # Discord: 5 rows of 5
    button_label: int = 75  # Slack
    url: int = 500  # Discord: button and embed addresses 512
    file_name: int = 100
    file: int = 1_000_000  # well below Discord's 10 MiB
    image: int = 1_000_000  # bytes, likewise
    alt: int = 1_000  # Discord 1,024; Slack 2,000


LIMITS = Limits()
_MORE = 14
"""Characters kept for the "+123 more" that stands for cards left out, and a field without text."""


def render(message: Message) -> Json:
    """The message's content, within every limit."""
    row = _Buttons()
    image = _image(message.image) if message.image else None
    cards = _cards(message.cards, row)
    buttons = row.fit(message.buttons)
    room = Room(LIMITS.lines - len(row.note))
    too_large = ((message.image.alt, " (the picture is too large)"),) if message.image else ()
    lines = _lines((*message.lines, *(() if image else too_large)), room)
    if row.note:
        lines.append([_text(row.note.strip())])
    if not (cards or message.attachment or image or _visible(lines)):
        lines = [[_text(ELLIPSIS)]]
    attachment = _attachment(message.attachment) if message.attachment else None
    shown = {"lines": lines, "cards": cards, "buttons": buttons, "attachment": attachment}
    return shown | ({"image": image} if image else {})


def said(text: str) -> Json:
    """What a person typed, as content: literal text, line by line."""
    lines = [[_text(line)] for line in text.split("\n")]
    return {"lines": lines, "cards": [], "buttons": [], "attachment": None}


def plain(content: Json) -> str:
    """Content as bare text, as a reader without the page would get it."""
    lines = list(content["lines"])
    for card in content["cards"]:
        lines += [[_text(card["title"])], *card["body"]]
        lines += [[_text(f"{label}: {text}")] for label, text in card["fields"]]
    joined = ("".join(node["text"] for node in line) for line in lines)
    return "\n".join(line for line in joined if line)


def actions(content: Json) -> frozenset[str]:
    """The actions of every button in the content."""
    rows = [content["buttons"], *(card["buttons"] for card in content["cards"])]
    return frozenset(button["action"] for row in rows for button in row)


@dataclass(slots=True)
class _Buttons:
    """The buttons of one message. Discord wants their actions 1–100 long and all different."""

    seen: set[str] = field(default_factory=set)
    dropped: int = 0

    def fit(self, buttons: Sequence[Button]) -> list[Json]:
        shown = [shown for button in buttons if (shown := self._one(button))]
        self.dropped += len(buttons) - len(shown)
        return shown

    def _one(self, button: Button) -> Json | None:
        action = str(button.action)
        fits = 1 <= len(action) <= ACTION_LIMIT and action not in self.seen
        if not fits or len(self.seen) == LIMITS.buttons:
            return None
        self.seen.add(action)
        label = cut(button.label.strip(), LIMITS.button_label) or ELLIPSIS
        return {"label": label, "action": action, "tone": button.tone.value}

    @property
    def note(self) -> str:
        """A line of its own that tells of the buttons left out."""
        return f"\n+{self.dropped} more buttons" if self.dropped else ""


def _cards(cards: Sequence[Card], row: _Buttons) -> list[Json]:
    room = Room(LIMITS.all_cards - _MORE)
    kept = cards if len(cards) <= LIMITS.cards else cards[: LIMITS.cards - 1]
    shown: list[Json] = []
    for card in kept:
        if room.full:
            break
        shown.append(_card(card, room, row))
    left_out = cards[len(shown) :]
    if left_out:
        row.dropped += sum(len(card.buttons) for card in left_out)
        more = Card(title=f"+{len(left_out)} more")
        shown[LIMITS.cards - 1 :] = [_card(more, Room(_MORE), row)]
    return shown


def _card(card: Card, room: Room, row: _Buttons) -> Json:
    title = room.fit(card.title.strip(), LIMITS.title)
    body = _part(card.body, room, LIMITS.body)
    fields = _fields(card.fields, room)
    footer = _part((card.footer,), room, LIMITS.footer)
    if not (title or fields or _visible(body) or _visible(footer)):
        title = room.fit(ELLIPSIS)
    return {
        "title": title,
        "body": body,
        "fields": fields,
        "footer": footer[0] if footer else [],
        "buttons": row.fit(card.buttons),
        "tone": card.tone.value,
    }


def _fields(fields: Sequence[tuple[str, str]], room: Room) -> list[list[str]]:
    if len(fields) > LIMITS.fields:
        kept = fields[: LIMITS.fields - 1]
        fields = (*kept, (ELLIPSIS, f"+{len(fields) - len(kept)} more"))
    shown = []
    for label, text in fields:
        if room.full:
            break
        fitted = room.fit(label.strip() or "–", LIMITS.field_label)
        shown.append([fitted, room.fit(text.strip() or "–", LIMITS.field_text) or ELLIPSIS])
    return shown


def _part(lines: Sequence[Line], room: Room, limit: int) -> list[list[Json]]:
    part = room.part(limit)
    shown = _lines(lines, part)
    room.close(part, limit)
    return shown


def _lines(lines: Sequence[Line], room: Room) -> list[list[Json]]:
    shown: list[list[Json]] = []
    for line in lines:
        if room.full:
            break
        if shown and not room.spend(1):
            shown.append([_text(room.end())])
            break
        shown.append([node for part in line if (node := _inline(part, room))["text"]])
    return shown


def _inline(part: Inline, room: Room) -> Json:
    match part:
        case str():
            return _text(room.fit(part))
        case Bold(text=text):
            return {"t": "bold", "text": room.fit(text)}
        case Code(text=text):
            return {"t": "code", "text": room.fit(text)}
        case Link():
            return _link(part, room)
        case Mention(account=account, name=name):
            shown = room.fit(name.strip() or account.user)
            if account.realm != REALM:
                return _text(shown)
            return {"t": "mention", "text": shown, "person": account.user}
        case ChannelName(channel=channel):
            return _text(room.fit(f"#{channel.channel}"))


def _link(link: Link, room: Room) -> Json:
    """A link; one that the platform would refuse becomes text that shows where it leads."""
    leads = link.url.startswith(("https://", "http://", "/#")) and len(link.url) <= LIMITS.url
    if not leads or not room.spend(len(link.url)):
        return _text(room.fit(f"{link.label} ({link.url})"))
    return {"t": "link", "text": room.fit(link.label.strip() or link.url), "url": link.url}


def _attachment(attachment: Attachment) -> Json:
    name = cut(attachment.name.strip(), LIMITS.file_name) or "file"
    return {"name": name, "content": cut(attachment.content, LIMITS.file)}


def _image(image: Image) -> Json | None:
    """A picture as the page can show it without fetching anything; None when it is too large."""
    if len(image.png) > LIMITS.image:
        return None
    source = f"data:image/png;base64,{b64encode(image.png).decode()}"
    alt = cut(image.alt.strip(), LIMITS.alt) or "A picture"
    return {"source": source, "alt": alt}


def _text(text: str) -> Json:
    return {"t": "text", "text": text}


def _visible(lines: list[list[Json]]) -> bool:
    return any(node["text"].strip() for line in lines for node in line)
