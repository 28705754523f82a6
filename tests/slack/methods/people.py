"""`users.info`, `usergroups.*` (docs.slack.dev/reference/methods/users.info,
/reference/objects/user-object, /reference/methods/usergroups.users.list)."""

from tests.slack.elements import Json
from tests.slack.methods.call import Call, Refused
from tests.slack.model import Group, User


def users_info(call: Call) -> Json:
    """A person: name, guest or not, bot or not, from which workspace."""
    user = call.team.user(call.text("user"))
    if user is None:
        raise Refused("user_not_found")
    return {"user": shown_user(user, call.team.id)}


def shown_user(user: User, team: str) -> Json:
    """As `users.info` and `user_change` have it; `display_name` may be empty."""
    stranger = user.stranger or user.team != team
    return {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.name.title(),
        "tz": user.tz,
        "tz_label": "Central European Time",
        "tz_offset": 3600,
        "profile": {
            "real_name": user.name.title(),
            "display_name": user.display_name,
            "real_name_normalized": user.name.title(),
            "display_name_normalized": user.display_name,
            "team": user.team,
        },
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.guest,
        "is_ultra_restricted": False,
        "is_bot": user.bot_id is not None,
        "is_app_user": False,
        "updated": 0,
    } | ({"is_stranger": True} if stranger else {})


def usergroups_list(call: Call) -> Json:
    """The groups, with their members when asked; paid plans only."""
    _paid(call)
    users = call.flag("include_users")
    groups = call.team.groups.values()
    return {"usergroups": [shown_group(one, call.team.id, users=users) for one in groups]}


def usergroups_users_list(call: Call) -> Json:
    """Who is in a group; paid plans only."""
    _paid(call)
    group = call.team.groups.get(call.text("usergroup"))
    if group is None:
        raise Refused("no_such_subteam")
    return {"users": list(group.users)}


def shown_group(group: Group, team: str, *, users: bool) -> Json:
    """As `usergroups.list` and `subteam_updated` have it."""
    return {
        "id": group.id,
        "team_id": team,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.handle,
        "description": "",
        "handle": group.handle,
        "is_external": False,
        "date_create": 0,
        "date_update": group.updated,
        "date_delete": 0,
        "user_count": len(group.users),
    } | ({"users": list(group.users)} if users else {})


def _paid(call: Call) -> None:
    if not call.team.paid:
        raise Refused("plan_upgrade_required")
