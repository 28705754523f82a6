"""Whether those who are named as moderators and product team are there, and may be that. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.findings import Finding, Verdict

Json = Mapping[str, Any]


def is_role(guilds: Iterable[Json], named: str) -> bool:
    """Whether it is a role of one of the servers."""
    return any(role["id"] == named for guild in guilds for role in guild["roles"])


def finding(connection: str, guilds: Iterable[Json], named: str, person: Json | None) -> Finding:
    """A role, or the person of this id, that has a role of ours."""
    part = f"{connection}/{named}"
    for guild in guilds:
        if named == guild["id"]:
            text = "is @everyone, and nobody would be told apart by it. Name another role."
            return Finding(part, Verdict.MEND, text)
        for role in guild["roles"]:
            if role["id"] == named:
                return Finding(part, Verdict.RIGHT, f"the role {role['name']} of {guild['name']}")
    if person is None:
        text = (
            "there is no role and nobody of this id on the bot's servers. Copy the id of a role "
            "from Server Settings, Roles, or a person's from their profile."
        )
        return Finding(part, Verdict.MEND, text)
    if person.get("bot"):
        return Finding(part, Verdict.LOOK, "is a bot, and a bot never has a role of ours.")
    return Finding(part, Verdict.RIGHT, "is there")
