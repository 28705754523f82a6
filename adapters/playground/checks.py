"""What the platform refuses in a payload. It knows nothing of the renderer and its table.

Each function yields what is wrong; none of them changes anything.
"""

from collections.abc import Iterator
from typing import Any

from bot.errors import PermanentDeliveryError

Json = dict[str, Any]
_TONES = {"plain", "good", "bad", "busy"}
_NODES = {"text", "bold", "code", "link", "mention"}


def check_content(content: Json) -> None:
    """PermanentDeliveryError for a message that is over a limit, naming all that is."""
    _refuse(_content(content))


def check_form(form: Json) -> None:
    """PermanentDeliveryError for a form that is over a limit."""
    _refuse(_form(form))


def check_choices(options: list[list[str]]) -> None:
    """PermanentDeliveryError for completions that are over a limit."""
    _refuse(_choices(options))


def _refuse(problems: Iterator[str]) -> None:
    found = list(problems)
    if found:
        raise PermanentDeliveryError("; ".join(found))


def _content(content: Json) -> Iterator[str]:
    cards, attachment, image = content["cards"], content["attachment"], content.get("image")
    if not (cards or attachment or image or _shows(content["lines"])):
        yield "an empty message"
    yield from _lines("text", content["lines"], 2_000)
    if len(cards) > 10:
        yield "more than 10 cards"
    if sum(map(_card_size, cards)) > 6_000:
        yield "more than 6,000 characters on cards"
    for card in cards:
        yield from _card(card)
    yield from _buttons([*content["buttons"], *(b for card in cards for b in card["buttons"])])
    if attachment:
        yield from _text("a file's name", attachment["name"], 100)
        yield from _text("a file", attachment["content"], 10 * 1024 * 1024, least=0)
    if image:
        yield from _text("a picture's description", image["alt"], 1_024)
        yield from _text("a picture", image["source"], 10 * 1024 * 1024)
        if not image["source"].startswith("data:image/png;base64,"):
            yield "a picture that is no PNG"


def _card(card: Json) -> Iterator[str]:
    yield from _text("a card's title", card["title"], 250, least=0)
    yield from _lines("a card's body", card["body"], 3_000)
    yield from _lines("a card's footer", [card["footer"]], 2_000)
    if len(card["fields"]) > 10:
        yield "more than 10 fields on a card"
    for label, text in card["fields"]:
        yield from _text("a field's label", label, 250)
        yield from _text("a field's text", text, 1_024)
    if not (card["title"].strip() or card["fields"] or _shows([*card["body"], card["footer"]])):
        yield "an empty card"
    if card["tone"] not in _TONES:
        yield "an unknown tone"


def _card_size(card: Json) -> int:
    fields = sum(len(label) + len(text) for label, text in card["fields"])
    return len(card["title"]) + fields + _size(card["body"]) + _size([card["footer"]])


def _buttons(buttons: list[Json]) -> Iterator[str]:
    if len(buttons) > 25:
        yield "more than 25 buttons"
    if len({button["action"] for button in buttons}) < len(buttons):
        yield "two buttons with the same action"
    for button in buttons:
        yield from _text("a button's label", button["label"], 75)
        yield from _text("a button's action", button["action"], 100)
        if button["tone"] not in _TONES:
            yield "an unknown tone"


def _lines(what: str, lines: list[list[Json]], most: int) -> Iterator[str]:
    if _size(lines) > most:
        yield f"{what} longer than {most:,}"
    for node in (node for line in lines for node in line):
        if node["t"] not in _NODES:
            yield "an unknown piece of text"
        if node["t"] == "link" and not node["url"].startswith(("https://", "http://", "/#")):
            yield "a link that leads nowhere"


def _size(lines: list[list[Json]]) -> int:
    """Characters of the lines and the breaks between them; a link's address counts too."""
    nodes = (len(node["text"]) + len(node.get("url", "")) for line in lines for node in line)
    return sum(nodes) + max(len(lines) - 1, 0)


def _shows(lines: list[list[Json]]) -> bool:
    return any(node["text"].strip() for line in lines for node in line)


def _form(form: Json) -> Iterator[str]:
    yield from _text("a form's title", form["title"], 24)
    yield from _text("a form's button", form["submit"], 24)
    yield from _text("a form's introduction", form["intro"], 2_000, least=0)
    if not 1 <= len(form["fields"]) <= 5:
        yield "a form without fields, or with more than 5"
    if len({field["name"] for field in form["fields"]}) < len(form["fields"]):
        yield "two fields with the same name"
    for field in form["fields"]:
        yield from _field(field)


def _field(field: Json) -> Iterator[str]:
    yield from _text("a field's name", field["name"], 100)
    yield from _text("a field's label", field["label"], 45)
    yield from _text("a field's hint", field["hint"], 100, least=0)
    if not 1 <= field["limit"] <= 3_000:
        yield "a field's limit outside 1 to 3,000"
    yield from _text("a field's text", field["value"], field["limit"], least=0)
    if len(field["options"]) > 25 or (field["kind"] == "choice" and not field["options"]):
        yield "no options, or more than 25"
    for option in field["options"]:
        yield from _text("an option", option, 75)


def _choices(options: list[list[str]]) -> Iterator[str]:
    if len(options) > 25:
        yield "more than 25 completions"
    for value, label in options:
        yield from _text("a completion's value", value, 100)
        yield from _text("a completion", label, 75)


def _text(what: str, text: str, most: int, *, least: int = 1) -> Iterator[str]:
    if len(text.strip()) < least:
        yield f"{what} is empty"
    if len(text) > most:
        yield f"{what} is longer than {most:,}"
