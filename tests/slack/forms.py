"""Buttons and fields as Slack's own client handles them, and its reading of the app's answers.

docs.slack.dev/surfaces/modals, /reference/interaction-payloads/view-interactions-payload.
"""

from collections.abc import Iterator, Mapping, Sequence

from tests.slack import modals
from tests.slack.blockkit import option_problems
from tests.slack.elements import Json
from tests.slack.modals import ViewRefused
from tests.slack.model import User
from tests.slack.screen import Submitted, View
from tests.slack.team import Team

FAILED = "We had some trouble connecting. Try again?"
REQUIRED = "Please complete this required field."


def pressed(blocks: Sequence[Json], button: str, ts: str) -> Json:
    """The action of a button, by its words or its `action_id`."""
    for block, element in _buttons(blocks):
        if button in (element["text"]["text"], element.get("action_id")):
            kept = ("action_id", "text", "value", "style", "type", "url")
            action = {key: element[key] for key in kept if key in element}
            return action | {"block_id": block["block_id"], "action_ts": ts}
    there = [element["text"]["text"] for _, element in _buttons(blocks)]
    raise AssertionError(f"no button {button!r}; there are {there}")


def labels(blocks: Sequence[Json]) -> list[str]:
    """The words on the buttons."""
    return [str(element["text"]["text"]) for _, element in _buttons(blocks)]


def _buttons(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    for block in blocks:
        for element in [*block.get("elements", ()), block.get("accessory")]:
            if isinstance(element, dict) and element.get("type") == "button":
                yield block, element


def fill(view: View, values: Mapping[str, str]) -> None:
    """Put something in fields, by block id: a text, or an option by its words or value."""
    for name, value in values.items():
        element = view.fields[name]
        if element["type"] == "plain_text_input":
            filled: Json = {"value": value or None}
        else:
            filled = {"selected_option": _option(view, name, element, value)}
        view.typed[name] = {"type": element["type"], **filled}


def mistakes(view: View) -> dict[str, str]:
    """What Slack refuses before the app hears of it: empty required fields, too long texts."""
    found = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        name, element = block["block_id"], block["element"]
        state = view.typed.get(name) or modals.empty(element)
        value = state.get("value") or state.get("selected_option")
        if not value and not block.get("optional"):
            found[name] = REQUIRED
        elif isinstance(value, str) and len(value) > element.get("max_length", 3_000):
            found[name] = f"At most {element.get('max_length', 3_000)} characters."
    return found


def options(team: Team, answer: Json) -> list[Json]:
    """The options in an answer, if they are good."""
    found = answer.get("options", [])
    team.problems += option_problems(found)
    return list(found)


def answered(team: Team, user: User, view: View, answer: Json, before: int) -> Submitted:
    """What the app's acknowledgement does to a modal; `before` counts the notices until then."""
    stack = user.screen.views
    notices = tuple(user.screen.ephemerals[before:])
    try:
        match answer.get("response_action"):
            case "errors":
                return _errors(team, view, answer.get("errors") or {})
            case "update":
                modals.check(team, answer.get("view") or {}, "modal")
                modals.replace(team, view, answer["view"])
            case "push":
                modals.check(team, answer.get("view") or {}, "modal")
                modals.opened(team, user, answer["view"], on_top_of=view)
            case "clear":
                stack.clear()
            case None:
                if view in stack:
                    stack.remove(view)
            case other:
                team.problems.append(f"unknown response_action {other!r}")
                return Submitted(view=view, error=FAILED)
    except ViewRefused:
        user.screen.errors.append(FAILED)
        return Submitted(view=view, error=FAILED)
    team.hub.changes.happened()
    return Submitted(view=user.screen.view, closed=view not in stack, messages=notices)


def _errors(team: Team, view: View, errors: dict[str, str]) -> Submitted:
    """Errors belong to input blocks of the view; others make the whole answer invalid."""
    wrong = [name for name in errors if name not in view.fields]
    if wrong or not errors:
        team.problems.append(f"errors for {wrong} where the fields are {list(view.fields)}")
        return Submitted(view=view, error=FAILED)
    return Submitted(errors=errors, view=view)


def _option(view: View, name: str, element: Json, value: str) -> Json | None:
    if not value:
        return None
    offered = element.get("options") or view.offered.get(name, [])
    for option in offered:
        if value in (option["value"], option["text"]["text"]):
            return dict(option)
    raise AssertionError(f"no option {value!r}; there are {offered}")
