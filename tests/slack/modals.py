"""Views on people's screens: opened, pushed, updated, closed; and how payloads show them."""

import copy
import secrets

from tests.slack.blockkit import view_problems
from tests.slack.elements import Json
from tests.slack.ids import Ids
from tests.slack.model import User
from tests.slack.screen import View
from tests.slack.team import Team

DEPTH = 3
"""Modals on top of each other (docs.slack.dev/surfaces/modals)."""


class ViewRefused(Exception):
    """A view that Slack does not take, with what is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def check(team: Team, view: Json, kind: str) -> None:
    """ViewRefused, and a problem noted, when the view is wrong."""
    problems = view_problems(view)
    if view.get("type") != kind:
        problems.append(f"view: type {view.get('type')!r} where {kind!r} belongs")
    if problems:
        team.problems += problems
        raise ViewRefused(problems)


def opened(team: Team, user: User, content: Json, *, on_top_of: View | None = None) -> View:
    """A new view in front of somebody. Only one app's modals are open at a time: without
    `on_top_of` it takes the place of what was open."""
    if on_top_of is None:
        user.screen.views.clear()
    view = made(team, user, content, on_top_of)
    user.screen.views.append(view)
    team.hub.changes.happened()
    return view


def made(team: Team, user: User, content: Json, on_top_of: View | None = None) -> View:
    """A new view, not shown yet."""
    name = team.hub.ids.new("V")
    root = on_top_of.root if on_top_of else name
    previous = on_top_of.id if on_top_of else None
    view = View(name, user.id, with_block_ids(content, team.hub.ids), _hash(team), root, previous)
    _prefill(view)
    return view


def replace(team: Team, view: View, content: Json) -> None:
    """Another content for a view; what was typed stays where the same field stays."""
    kept = view.typed
    view.content, view.hash = with_block_ids(content, team.hub.ids), _hash(team)
    view.typed = {}
    _prefill(view)
    view.typed |= {name: state for name, state in kept.items() if name in view.fields}
    team.hub.changes.happened()


def find(team: Team, view_id: str | None, external_id: str | None) -> tuple[User, View] | None:
    """A view that somebody has open, or their home."""
    for user in team.users.values():
        home = [user.screen.home] if user.screen.home else []
        for view in [*user.screen.views, *home]:
            if view_id == view.id or (external_id and external_id == _external(view)):
                return user, view
    return None


def with_block_ids(content: Json, ids: Ids) -> Json:
    """A copy in which every block has an id, as Slack gives one to those without."""
    content = copy.deepcopy(content)
    for block in content.get("blocks", ()):
        block.setdefault("block_id", ids.block())
    return content


def shown(team: Team, view: View) -> Json:
    """As payloads and the methods' answers carry it."""
    content = view.content
    modal = {key: content[key] for key in ("title", "submit", "close") if key in content}
    return {
        "id": view.id,
        "team_id": team.id,
        "type": content["type"],
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": state(view)},
        "hash": view.hash,
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": team.app.id,
        "external_id": content.get("external_id", ""),
        "app_installed_team_id": team.id,
        "bot_id": team.app.bot.bot_id,
    } | modal


def state(view: View) -> Json:
    """`values`: by block, by action, what stands in each field, empty ones too."""
    return {
        block: {element["action_id"]: view.typed.get(block, empty(element))}
        for block, element in view.fields.items()
    }


def empty(element: Json) -> Json:
    """The state of a field that nobody filled in."""
    key = "value" if element["type"] == "plain_text_input" else "selected_option"
    return {"type": element["type"], key: None}


def _prefill(view: View) -> None:
    for block, element in view.fields.items():
        if "initial_value" in element:
            view.typed[block] = empty(element) | {"value": element["initial_value"]}
        if "initial_option" in element:
            view.typed[block] = empty(element) | {"selected_option": element["initial_option"]}


def _external(view: View) -> str:
    return str(view.content.get("external_id", ""))


def _hash(team: Team) -> str:
    return f"{team.hub.ids.ts()}.{secrets.token_hex(4)}"
