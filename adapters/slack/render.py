"""Message → Slack's payload. Pure.

What is too long is cut with an ellipsis; what is too many becomes a visible "+3 more". A card's
tone is not drawn: blocks have no colour, and every card says in words what its colour means.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.fitting import ELLIPSIS, Room, cut
from adapters.slack.fallback import fallback, instead
from adapters.slack.limits import LIMITS
from adapters.slack.richtext import RichText
from bot.messages import ACTION_LIMIT, Bold, Button, Card, Code, Line, Message, Tone
from bot.reading.clean import harmless, one_line

Json = dict[str, Any]

_STYLES = {Tone.GOOD: {"style": "primary"}, Tone.BAD: {"style": "danger"}}


def render(message: Message, realm: str) -> Json:
    """Text and blocks, good for posting, editing, a private notice and a `response_url`. A picture
    and a file are uploads of their own."""
    return {"text": fallback(message, realm), "blocks": _blocks(message, realm)}


def render_screen(message: Message, realm: str, metadata: str) -> Json:
    """A modal that shows a message: the private answer to a form."""
    return {
        "type": "modal",
        "title": plain_text("Sounding Board", LIMITS.view_title),
        "close": plain_text("Close", LIMITS.submit),
        "private_metadata": metadata,
        "blocks": _blocks(message, realm),
    }


def render_home(message: Message, realm: str) -> Json:
    """The bot's own page."""
    return {"type": "home", "blocks": _blocks(message, realm)}


def plain_text(text: str, limit: int) -> Json:
    """A label on one line. Without `emoji`, a `:code:` that somebody typed stays as typed."""
    return {"type": "plain_text", "text": cut(one_line(text), limit) or ELLIPSIS, "emoji": False}


def _blocks(message: Message, realm: str) -> list[Json]:
    """Every block. The total counts JSON, which may need many signs for little text: then the texts
    get less room until all fits."""
    room = LIMITS.room
    blocks = _Layout(realm, Room(room)).blocks(message)
    while room and _size(blocks) > LIMITS.all_blocks:
        room = room * 3 // 4
        blocks = _Layout(realm, Room(room)).blocks(message)
    return blocks


def _size(blocks: Sequence[Json]) -> int:
    size = len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
    return size + LIMITS.block_id * len(blocks)


@dataclass(slots=True)
class _Layout:
    """A message being laid out. Slack wants all actions of a message different."""

    realm: str
    room: Room
    seen: set[str] = field(default_factory=set)
    dropped: int = 0

    def blocks(self, message: Message) -> list[Json]:
        lines = self._rich(message.lines)
        cards = self._cards(message.cards)
        buttons = self._buttons(message.buttons)
        if not (lines or cards):
            lines = [_said(cut(instead(message), LIMITS.lines))]
        apart = [_DIVIDER] if cards and buttons else []
        note = [_context(f"+{self.dropped} more buttons")] if self.dropped else []
        return [*lines, *cards, *apart, *buttons, *note]

    def _rich(self, lines: Sequence[Line]) -> list[Json]:
        text = RichText(self.realm)
        text.add(lines, self.room, LIMITS.lines)
        return _present(text)

    def _cards(self, cards: Sequence[Card]) -> list[Json]:
        most = LIMITS.cards if len(cards) <= LIMITS.cards else LIMITS.cards - 1
        shown: list[Json] = []
        for number, card in enumerate(cards):
            if number == most or (number and self.room.full):
                left_out = cards[number:]
                self.dropped += sum(len(card.buttons) for card in left_out)
                return [*shown, _context(f"+{len(left_out)} more")]
            shown += [_DIVIDER] * bool(number) + self._card(card)
        return shown

    def _card(self, card: Card) -> list[Json]:
        text = RichText(self.realm)
        title = cut(one_line(card.title), LIMITS.title)
        text.add(((Bold(title),),) if title else (), self.room, LIMITS.title)
        text.add(card.body, self.room, LIMITS.body)
        text.add(_fields(card.fields), self.room, self.room.left)
        shown = [*_present(text), *self._footer(card.footer)]
        return [*(shown or [_said(ELLIPSIS)]), *self._buttons(card.buttons)]

    def _footer(self, line: Line) -> list[Json]:
        """Small and grey, as long as it is text alone: a link there would need mrkdwn."""
        literal = [part for part in line if isinstance(part, str | Bold | Code)]
        if len(literal) < len(line):
            return self._rich((line,))
        words = "".join(part if isinstance(part, str) else part.text for part in literal)
        text = self.room.fit(harmless(words).strip(), LIMITS.footer)
        return [_context(text)] if text.strip() else []

    def _buttons(self, buttons: Sequence[Button]) -> list[Json]:
        shown = [shown for button in buttons if (shown := self._button(button))]
        self.dropped += len(buttons) - len(shown)
        return [{"type": "actions", "elements": shown}] if shown else []

    def _button(self, button: Button) -> Json | None:
        action = str(button.action)
        fits = 1 <= len(action) <= ACTION_LIMIT and action not in self.seen
        if not fits or len(self.seen) == LIMITS.buttons:
            return None
        self.seen.add(action)
        label = plain_text(button.label, LIMITS.button_label)
        shown = {"type": "button", "action_id": action, "value": action, "text": label}
        return shown | _STYLES.get(button.tone, {})


_DIVIDER: Json = {"type": "divider"}


def _present(text: RichText) -> list[Json]:
    block = text.block()
    return [block] if block else []


def _said(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _context(text: str) -> Json:
    return {"type": "context", "elements": [{"type": "plain_text", "text": text, "emoji": False}]}


def _fields(fields: Sequence[tuple[str, str]]) -> list[Line]:
    """A line for each, its label in bold."""
    if len(fields) > LIMITS.fields:
        kept = fields[: LIMITS.fields - 1]
        return [*_fields(kept), (f"+{len(fields) - len(kept)} more",)]
    return [
        (
            Bold(f"{cut(one_line(label), LIMITS.field_label) or '–'}:"),
            f" {cut(harmless(text).strip(), LIMITS.field_text) or '–'}",
        )
        for label, text in fields
    ]
