"""Views and messages for tests of our Slack itself."""

from tests.slack.elements import Json


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def buttons(*labels: str) -> Json:
    elements = [
        {"type": "button", "action_id": one.lower(), "value": one.lower(), "text": plain(one)}
        for one in labels
    ]
    return {"type": "actions", "elements": elements}


def card(*labels: str) -> list[Json]:
    return [section("A card"), buttons(*labels)]


def field(name: str, element: Json, **more: object) -> Json:
    return {"type": "input", "block_id": name, "label": plain(name), "element": element, **more}


def line(**more: object) -> Json:
    return {"type": "plain_text_input", "action_id": "value", **more}


def choice(*names: str) -> Json:
    options = [{"text": plain(one), "value": one.lower()} for one in names]
    return {"type": "static_select", "action_id": "value", "options": options}


def ideas() -> Json:
    return {"type": "external_select", "action_id": "value", "min_query_length": 1}


def form(*blocks: Json, **more: object) -> Json:
    return {
        "type": "modal",
        "callback_id": "suggest",
        "title": plain("Suggest"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [field("title", line())],
        **more,
    }


def home(text: str) -> Json:
    return {"type": "home", "blocks": [section(text), buttons("More")]}
