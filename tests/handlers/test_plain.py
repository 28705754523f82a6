"""Messages as text for a terminal."""

from bot.messages import Action, Bold, Button, Card, Link, Message
from handlers.views.plain import plain


def test_cards_stand_apart_without_blanks_at_their_ends() -> None:
    card = Card("Dark mode", (("For my eyes",), (), ("At night",)), footer=("2 votes",))
    text = "Dark mode\n  For my eyes\n\n  At night\n  2 votes\n"
    assert plain(Message(cards=(card,))) == text
    assert plain(Message(((Bold("Decide now"),),), (card, card))) == (
        f"Decide now\n\n{text}\n{text}"
    )


def test_an_address_is_said_once() -> None:
    links = Link("here", "/#general/1"), " · ", Link("https://example.com", "https://example.com")
    assert plain(Message((links,))) == "here </#general/1> · https://example.com\n"


def test_what_can_be_pressed_is_in_brackets() -> None:
    vote = (Button("Vote", Action.of("vote", 1)), Button("Open", Action.of("show", 1)))
    card = Card("Dark mode", buttons=vote)
    assert plain(Message(cards=(card,), buttons=vote)) == (
        "Dark mode\n  [Vote] [Open]\n[Vote] [Open]\n"
    )
