"""`/applications/{application}/…commands` (docs: interactions/application-commands)."""

from typing import Any

from tests.discord.command_rules import list_faults
from tests.discord.model import Command
from tests.discord.routes.call import Call, Refused

Json = dict[str, Any]
_FILLED: Json = {
    "type": 1,
    "description": "",
    "name_localizations": None,
    "description_localizations": None,
    "default_member_permissions": None,
    "dm_permission": True,
    "contexts": None,
    "integration_types": [0],
    "nsfw": False,
}


def listed(call: Call) -> list[Json]:
    """Those registered here."""
    return [_shown(call, one) for one in _here(call, _scope(call))]


def overwrite(call: Call) -> list[Json]:
    """These and no others; a name that was here keeps its id, a new one counts as a create."""
    bodies, scope = call.body, _scope(call)
    if not isinstance(bodies, list):
        raise Refused(50109)
    if faults := list(list_faults(bodies)):
        raise call.wrong(faults)
    known = {(one.kind, one.name): one for one in _here(call, scope)}
    new = [one for one in bodies if ((one.get("type") or 1), one["name"]) not in known]
    _count(call, scope, len(new))
    made = []
    for body in bodies:
        before = known.get(((body.get("type") or 1), body["name"]))
        made.append(_made(call, scope, body, before))
    app = call.world.app
    app.commands = [one for one in app.commands if one.guild != scope] + made
    call.world.changes.happened()
    return [_shown(call, one) for one in made]


def create(call: Call) -> Json:
    """One more, or another body for the one of this name."""
    body, scope = call.form(), _scope(call)
    here = _here(call, scope)
    same = [
        one for one in here if (one.kind, one.name) == (body.get("type") or 1, body.get("name"))
    ]
    others = [one.body for one in here if one not in same]
    if faults := list(list_faults([*others, body])):
        raise call.wrong(faults)
    if not same:
        _count(call, scope, 1)
    made = _made(call, scope, body, same[0] if same else None)
    app = call.world.app
    app.commands = [one for one in app.commands if one not in same] + [made]
    call.world.changes.happened()
    return _shown(call, made)


def get(call: Call) -> Json:
    """One of them."""
    return _shown(call, _named(call))


def change(call: Call) -> Json:
    """Another body for one of them, as far as it is given."""
    before = _named(call)
    changed = before.body | call.form()
    if faults := list(list_faults([changed])):
        raise call.wrong(faults)
    before.body, before.version = changed, call.world.ids.new()
    return _shown(call, before)


def delete(call: Call) -> None:
    """One less."""
    call.world.app.commands.remove(_named(call))


def _scope(call: Call) -> str | None:
    """The guild they are for, None for all. Somebody else's app is none of ours."""
    if call.names["application"] != call.world.app.id:
        raise call.misused(50001, "not the bot's own app")
    if "guild" not in call.names:
        return None
    guild = call.guild()
    if not guild.commands_allowed:
        raise Refused(50001)
    return guild.id


def _here(call: Call, scope: str | None) -> list[Command]:
    return [one for one in call.world.app.commands if one.guild == scope]


def _named(call: Call) -> Command:
    here = _here(call, _scope(call))
    found = next((one for one in here if one.id == call.names["command"]), None)
    if found is None:
        raise Refused(10063)
    return found


def _count(call: Call, scope: str | None, new: int) -> None:
    created = call.world.app.created
    total = created.get(scope, 0) + new
    if total > call.world.rules.command_creates_a_day:
        raise call.misused(30034, "too many commands created in a day")
    created[scope] = total


def _made(call: Call, scope: str | None, body: Json, before: Command | None) -> Command:
    if before and before.body == body:
        return before
    ids = call.world.ids
    return Command(before.id if before else ids.new(), scope, ids.new(), body)


def _shown(call: Call, command: Command) -> Json:
    own = {"id": command.id, "application_id": call.world.app.id, "version": command.version}
    own |= {"guild_id": command.guild} if command.guild else {}
    return _FILLED | command.body | own
