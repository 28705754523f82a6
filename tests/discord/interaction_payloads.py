"""INTERACTION_CREATE as Discord words it
(docs.discord.com/developers/interactions/receiving-and-responding#interaction-object).
"""

from collections.abc import Mapping
from typing import Any

from tests.discord.events import whole_message
from tests.discord.interactions import Interaction
from tests.discord.model import Channel, Command, Message, Role, User
from tests.discord.payloads import shown_channel, shown_member, shown_role, shown_user, whole_member
from tests.discord.permissions import in_channel
from tests.discord.world import World

Json = dict[str, Any]
Value = str | int | float | bool | User | Role | Channel
"""What stands in an option of a command."""
FILE_BYTES = 10 * 1024 * 1024


def payload(world: World, made: Interaction, data: Json) -> Json:
    """What every interaction carries, with its own `data`."""
    channel, user, guild = made.channel, made.user, made.channel.guild
    told: Json = {
        "id": made.id,
        "application_id": world.app.id,
        "type": int(made.did),
        "data": data,
        "channel": _channel(channel, user),
        "channel_id": channel.id,
        "token": made.token,
        "version": 1,
        "app_permissions": str(int(in_channel(channel, world.bot.id))),
        "locale": "en-US",
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": made.metadata["authorizing_integration_owners"],
        "context": 0 if guild else 1,
        "attachment_size_limit": FILE_BYTES,
    }
    if guild is None:
        told["user"] = shown_user(user)
    else:
        permissions = str(int(in_channel(channel, user.id)))
        told |= {
            "guild_id": guild.id,
            "guild_locale": "en-US",
            "guild": {"id": guild.id, "locale": "en-US", "features": ["COMMUNITY"]},
            "member": whole_member(guild.members[user.id]) | {"permissions": permissions},
        }
    if made.source:
        told["message"] = whole_message(made.source, world.bot)
    return told


def command_data(
    command: Command,
    path: list[str],
    options: Mapping[str, Value],
    focused: str | None = None,
) -> Json:
    """`data` of a typed command or of its autocomplete; `path` leads into subcommands."""
    declared: list[Json] = command.body.get("options") or []
    for name in path:
        declared = _declared(declared, name).get("options") or []
    known = {option["name"]: option for option in declared}
    assert options.keys() <= known.keys(), f"no such option: {options.keys() - known.keys()}"
    filled: list[Json] = []
    for name, value in options.items():
        filled.append({"name": name, "type": known[name]["type"], "value": _value(value)})
        if name == focused:
            filled[-1]["focused"] = True
    for name in reversed(path):
        filled = [{"name": name, "type": 1, "options": filled}]
    if len(path) == 2:
        filled[0]["type"] = 2
    data: Json = {"id": command.id, "name": command.name, "type": 1, "options": filled}
    data |= {"guild_id": command.guild} if command.guild else {}
    return data


def resolved(options: Mapping[str, Value], channel: Channel) -> Json:
    """Whole objects for the people, channels and roles named in options."""
    found: dict[str, Json] = {}
    guild = channel.guild
    for value in options.values():
        if isinstance(value, User):
            found.setdefault("users", {})[value.id] = shown_user(value)
            if guild and value.id in guild.members:
                member = shown_member(guild.members[value.id])
                permissions = str(int(in_channel(channel, value.id)))
                found.setdefault("members", {})[value.id] = member | {"permissions": permissions}
        elif isinstance(value, Role):
            found.setdefault("roles", {})[value.id] = shown_role(value)
        elif isinstance(value, Channel):
            found.setdefault("channels", {})[value.id] = _channel(value, None)
    return {"resolved": found} if found else {}


def menu_data(world: World, command: Command, target: Message | User, channel: Channel) -> Json:
    """`data` of a context menu: the target comes along, whatever the bot may read else."""
    data: Json = {"id": command.id, "name": command.name, "type": command.kind}
    data |= {"guild_id": command.guild} if command.guild else {}
    data["target_id"] = target.id
    if isinstance(target, User):
        return data | resolved({"target": target}, channel)
    return data | {"resolved": {"messages": {target.id: whole_message(target, world.bot)}}}


def _declared(options: list[Json], name: str) -> Json:
    found = next((option for option in options if option["name"] == name), None)
    assert found is not None, f"no subcommand {name}"
    return found


def _value(value: Value) -> str | int | float | bool:
    return value.id if isinstance(value, User | Role | Channel) else value


def _channel(channel: Channel, user: User | None) -> Json:
    shown = shown_channel(channel, user.id if user else None)
    if channel.guild and user:
        shown["permissions"] = str(int(in_channel(channel, user.id)))
    return shown
