"""The bot's own page."""

from collections.abc import Mapping, Sequence

from bot.ideas import Idea
from bot.messages import Action, Bold, Button, Card, Code, Line, Message, Tone
from bot.people import Viewer
from bot.store import Shelf
from handlers.views.notices import row, shelf_title

SHOWN = 10
"""Ideas of a shelf; the rest is behind *More*."""
_NOTHING: dict[Shelf, Line] = {
    "mine": ("Nothing yet. Whatever you miss, the people who build this would like to know.",),
    "following": ("Nothing yet. ", Bold("Tell me when it is decided"), " is on every card."),
    "waiting": ("Nothing waits for an answer.",),
}


def page(
    shelves: Mapping[Shelf, Sequence[Idea]], viewer: Viewer, more: tuple[Button, ...]
) -> Message:
    """How to suggest, then each shelf; one idea above `SHOWN` says that there are others."""
    lines: tuple[Line, ...] = (
        (Bold("I carry your ideas to the people who build this, and their answer back."),),
        ("Suggest one here, with ", Code("/suggest"), ", or from the menu of a message."),
    )
    suggest = Button("Suggest an idea", Action.of("suggest"), Tone.GOOD)
    cards = tuple(_card(shelf, ideas, viewer) for shelf, ideas in shelves.items())
    return Message(lines, cards, (suggest, *more))


def _card(shelf: Shelf, ideas: Sequence[Idea], viewer: Viewer) -> Card:
    shown = ideas[:SHOWN]
    body = tuple(row(idea, viewer) for idea in shown) or (_NOTHING[shelf],)
    buttons = tuple(Button(f"#{idea.number}", Action.of("show", idea.number)) for idea in shown)
    if len(ideas) > SHOWN:
        buttons += (Button("More", Action.of("ideas", shelf, SHOWN)),)
    return Card(shelf_title(shelf), body, buttons=buttons)
