"""`views.*` (docs.slack.dev/reference/methods/views.open and its siblings, /surfaces/modals)."""

from tests.slack import modals
from tests.slack.elements import Json
from tests.slack.methods.call import Call, Refused, wrong
from tests.slack.modals import ViewRefused
from tests.slack.screen import View
from tests.slack.triggers import Trigger, TriggerRefused


def open_(call: Call) -> Json:
    """A modal in front of whoever did something within 3 s."""
    content = _content(call, "modal")
    trigger = _exchanged(call)
    return _answer(call, modals.opened(call.team, trigger.user, content))


def push(call: Call) -> Json:
    """A modal on top of the one in which somebody did something."""
    content = _content(call, "modal")
    trigger = _exchanged(call)
    stack = trigger.user.screen.views
    below = next((one for one in stack if one.id == trigger.view), None)
    if below is None:
        raise Refused("not_found")
    if len(stack) >= modals.DEPTH:
        raise Refused("push_limit_reached")
    return _answer(call, modals.opened(call.team, trigger.user, content, on_top_of=below))


def update(call: Call) -> Json:
    """Another content for a view that is still open; `hash` guards against what came between."""
    view_id, external_id = call.maybe("view_id"), call.maybe("external_id")
    found = modals.find(call.team, view_id, external_id)
    if found is None:
        raise Refused("not_found")
    _, view = found
    content = _content(call, view.content["type"])
    _check_hash(call, view)
    modals.replace(call.team, view, content)
    return _answer(call, view)


def publish(call: Call) -> Json:
    """Somebody's home tab."""
    user = call.known(call.text("user_id"))
    content = _content(call, "home")
    if not call.team.app.home_tab:
        raise Refused("not_enabled")
    if user.screen.home is None:
        user.screen.home = modals.made(call.team, user, content)
        call.hub.changes.happened()
    else:
        _check_hash(call, user.screen.home)
        modals.replace(call.team, user.screen.home, content)
    return _answer(call, user.screen.home)


def _content(call: Call, kind: str) -> Json:
    content = call.json("view")
    if not isinstance(content, dict):
        raise wrong(["missing required field: view"])
    try:
        modals.check(call.team, content, kind)
    except ViewRefused as refused:
        raise wrong(refused.problems) from None
    return content


def _exchanged(call: Call) -> Trigger:
    try:
        return call.team.triggers.exchange(call.text("trigger_id"))
    except TriggerRefused as refused:
        raise Refused(str(refused)) from None


def _check_hash(call: Call, view: View) -> None:
    if call.maybe("hash") not in (None, view.hash):
        raise Refused("hash_conflict")


def _answer(call: Call, view: View) -> Json:
    return {"view": modals.shown(call.team, view)}
