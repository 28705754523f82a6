"""The buttons of a message, in rows below it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from adapters.discord.limits import LIMITS, Json
from adapters.fitting import ELLIPSIS, cut
from bot.messages import Button, Card, Tone
from bot.reading.clean import one_line

_ROW, _BUTTON = 1, 2
_SECONDARY, _SUCCESS, _DANGER = 2, 3, 4
_STYLES = {Tone.GOOD: _SUCCESS, Tone.BAD: _DANGER}


def label(text: str, limit: int) -> str:
    """A label on one line, where Discord reads no markup."""
    return cut(one_line(text), limit) or ELLIPSIS


@dataclass(slots=True)
class Rows:
    """A row for each group of buttons. Discord wants all actions of a message different."""

    groups: list[list[Json]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    dropped: int = 0

    def of_cards(self, cards: Sequence[Card], shown: int) -> None:
        """The buttons of the cards that are `shown`; where several have some, each says whose it
        is."""
        several = sum(bool(card.buttons) for card in cards[:shown]) > 1
        for card in cards[:shown]:
            self.add(card.buttons, _name(card) if several else "")
        self.dropped += sum(len(card.buttons) for card in cards[shown:])

    def add(self, buttons: Sequence[Button], owner: str = "") -> None:
        """A group of its own."""
        group = [shown for button in buttons if (shown := self._button(button, owner))]
        self.dropped += len(buttons) - len(group)
        self.groups += [group] if group else []

    @property
    def note(self) -> str:
        """A line of its own that tells of the buttons left out."""
        return f"\n+{self.dropped} more buttons" if self.dropped else ""

    def shown(self) -> list[Json]:
        """Each group begins a row, unless that needs too many."""
        rows = [row for group in self.groups for row in _rows(group)]
        if len(rows) > LIMITS.rows:
            rows = _rows([button for group in self.groups for button in group])
        return [{"type": _ROW, "components": row} for row in rows]

    def _button(self, button: Button, owner: str) -> Json | None:
        action = str(button.action)
        fits = 1 <= len(action) <= LIMITS.custom_id and action not in self.seen
        if not fits or len(self.seen) == LIMITS.rows * LIMITS.row:
            return None
        self.seen.add(action)
        words = button.label if owner in button.label else f"{owner} {button.label}"
        return {
            "type": _BUTTON,
            "style": _STYLES.get(button.tone, _SECONDARY),
            "label": label(words, LIMITS.button_label),
            "custom_id": action,
        }


def _name(card: Card) -> str:
    """`#12` of a card about an idea."""
    found = re.match("#[0-9]+", card.title)
    return found[0] if found else ""


def _rows(buttons: list[Json]) -> list[list[Json]]:
    return [buttons[start : start + LIMITS.row] for start in range(0, len(buttons), LIMITS.row)]
