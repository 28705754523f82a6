"""What a person's own client lets them do. Anything else is a mistake of the test's."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.discord.components import walk
from tests.discord.events import sees
from tests.discord.interaction_payloads import Value
from tests.discord.model import Channel, Command, Message, User
from tests.discord.permissions import Permission, in_channel
from tests.discord.world import World

Json = dict[str, Any]


def may(user: User, channel: Channel, permission: Permission) -> None:
    """They see the channel and have the permission."""
    name = channel.name or "the conversation"
    assert sees(channel, user), f"{user.shown_name} does not see {name}"
    granted = in_channel(channel, user.id) & permission
    assert granted, f"{user.shown_name} may not {permission.name} in {name}"


def writing(channel: Channel) -> Permission:
    """What it takes to write there."""
    return Permission.SEND_MESSAGES_IN_THREADS if channel.thread else Permission.SEND_MESSAGES


def typed(world: World, user: User, channel: Channel, line: str) -> tuple[Command, list[str]]:
    """A command by what is typed, `/sounding link`, and the way to the subcommand."""
    name, *path = line.removeprefix("/").split(" ")
    return command(world, user, channel, name, 1), path


def command(world: World, user: User, channel: Channel, name: str, kind: int) -> Command:
    """A command as their client offers it there."""
    may(user, channel, Permission.USE_APPLICATION_COMMANDS)
    guild = channel.guild.id if channel.guild else None
    same = [one for one in world.app.commands if one.name == name and one.kind == kind]
    here = [one for one in same if one.guild in (None, guild)]
    found = [one for one in here if not channel.direct or _directly(one)]
    assert found, f"no command {name} there"
    needed = found[0].body.get("default_member_permissions")
    allowed = needed is None or in_channel(channel, user.id) & Permission(int(needed))
    assert allowed, f"{user.shown_name} is not offered {name}"
    return found[0]


def _directly(command: Command) -> bool:
    """Whether it is offered in a conversation with the bot."""
    contexts = command.body.get("contexts")
    return 1 in contexts if contexts else command.body.get("dm_permission", True) is not False


def check(command: Command, path: list[str], values: Mapping[str, Value]) -> None:
    """What is required is there, and what has choices is one of them."""
    options: list[Json] = command.body.get("options") or []
    for name in path:
        options = next(one for one in options if one["name"] == name).get("options") or []
    for option in options:
        given = option["name"] in values
        assert given or not option.get("required"), f"{option['name']} is required"
        choices = [choice["value"] for choice in option.get("choices") or ()]
        value = values.get(option["name"])
        assert not (given and choices) or value in choices, f"{value!r} is no choice"


def component(message: Message, name: str, kinds: Sequence[int]) -> Json:
    """A button or select by its words or its `custom_id`, if it is not disabled."""
    found = [one for _, one in walk(message.components) if one.get("type") in kinds]
    for one in found:
        if name in (one.get("custom_id"), one.get("label"), one.get("placeholder")):
            assert not one.get("disabled"), f"{name} is disabled"
            return one
    raise AssertionError(f"no {name} among {[one.get('label') for one in found]}")
