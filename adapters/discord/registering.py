"""Commands as Discord knows them: written again only when they changed."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from adapters.discord.calls import Refused, call
from adapters.discord.community import Community
from adapters.discord.limits import Json

_GLOBAL = "/applications/{application_id}/commands"
_LOCAL = "/applications/{application_id}/guilds/{guild_id}/commands"

log = structlog.get_logger()


async def register(community: Community, commands: Sequence[Json]) -> None:
    """On the servers that are named, where they show at once; else everywhere. What stands in the
    other place would show twice, and is taken away. A server that refuses leaves the others theirs;
    its refusal is raised in the end."""
    named = community.settings.guilds
    trouble: Refused | None = None
    await _write(community, _GLOBAL, () if named else commands)
    for guild in community.guilds():
        local = commands if str(guild.id) in named else ()
        try:
            await _write(community, _LOCAL, local, guild_id=str(guild.id))
        except Refused as refused:
            log.warning("commands_refused", guild=str(guild.id), error=str(refused))
            trouble = refused
    if trouble:
        raise trouble


async def _write(
    community: Community, path: str, commands: Sequence[Json], guild_id: str = ""
) -> None:
    client, app = community.client, str(community.client.application_id)
    known: list[Json] = await call(client, "GET", path, application_id=app, guild_id=guild_id)
    if not _is_same(commands, known):
        body = list(commands)
        await call(client, "PUT", path, body, application_id=app, guild_id=guild_id)
        log.info("commands_written", commands=len(commands), guild=guild_id)


def _is_same(ours: Sequence[Json], theirs: Sequence[Json]) -> bool:
    """Whether Discord has these commands and no others; what it adds to them does not count."""
    known = {(one.get("type", 1), one["name"]): one for one in theirs}
    named = {(one.get("type", 1), one["name"]): one for one in ours}
    return known.keys() == named.keys() and all(
        _holds(known[name], command) for name, command in named.items()
    )


def _holds(theirs: Any, ours: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether all that we say is so; what is empty or false may be left out."""
    if isinstance(ours, Mapping):
        return isinstance(theirs, Mapping) and all(
            _holds(theirs.get(key), value) for key, value in ours.items()
        )
    if isinstance(ours, Sequence) and not isinstance(ours, str):
        there = theirs or []
        return len(there) == len(ours) and all(map(_holds, there, ours))
    return bool(theirs == ours or not (theirs or ours))
