"""Whether those who are named as moderators and product team are there, and may be that."""

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calls import Refused, ask
from bot.findings import Finding, Verdict

_PEOPLE = {
    "deleted": "is deactivated",
    "is_bot": "is a bot",
    "is_restricted": "is a guest, and a guest never has a role",
    "is_ultra_restricted": "is a guest, and a guest never has a role",
    "is_stranger": "belongs to another company, whose people never have a role",
}


async def look_at_group(connection: str, web: AsyncWebClient, group: str) -> Finding | None:
    """A user group that gives a role; None when a missing scope, told elsewhere, hides it."""
    part = f"{connection}/{group}"
    try:
        answer = await ask(web.usergroups_users_list, usergroup=group)
    except Refused as refused:
        if refused.code == "missing_scope":
            return None
        return Finding(part, Verdict.MEND, _no_group(refused.code))
    members = len(answer.get("users") or ())
    if not members:
        return Finding(part, Verdict.LOOK, "the user group has no members, so nobody has its role")
    return Finding(part, Verdict.RIGHT, f"a user group of {members}")


def _no_group(code: str) -> str:
    if code == "plan_upgrade_required":
        return "user groups need a paid plan of Slack. Name single people (U…) instead."
    return f"there is no such user group ({code}). Correct the id, or name single people (U…)."


async def look_at_person(connection: str, web: AsyncWebClient, user: str) -> Finding | None:
    """Somebody who is named for a role; None when a missing scope hides them."""
    part = f"{connection}/{user}"
    try:
        answer = await ask(web.users_info, user=user)
    except Refused as refused:
        if refused.code == "missing_scope":
            return None
        text = (
            f"there is nobody of this id ({refused.code}). Copy the member ID (U…) from the "
            "person's profile, or a user group's (S…)."
        )
        return Finding(part, Verdict.MEND, text)
    person = answer.get("user") or {}
    wrong = next((text for key, text in _PEOPLE.items() if person.get(key)), None)
    if wrong:
        return Finding(part, Verdict.LOOK, f"{wrong}. Name somebody else.")
    return Finding(part, Verdict.RIGHT, "is there")
