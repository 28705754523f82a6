"""`auth.test`, `bots.info`, `apps.connections.open` (docs.slack.dev/reference/methods/auth.test and
its siblings)."""

from tests.slack.elements import Json
from tests.slack.methods.call import Call, Refused


def auth_test(call: Call) -> Json:
    """Whose token this is."""
    team = call.team
    answer: Json = {
        "url": team.url,
        "team": team.name,
        "user": call.bot.name,
        "team_id": team.id,
        "user_id": call.bot.id,
        "bot_id": call.bot.bot_id,
        "is_enterprise_install": team.app.org_wide,
    }
    return answer | ({"enterprise_id": team.enterprise} if team.enterprise else {})


def bots_info(call: Call) -> Json:
    """A bot's own record: the app behind it."""
    user = next((u for u in call.team.users.values() if u.bot_id == call.text("bot")), None)
    if user is None:
        raise Refused("bot_not_found")
    app_id = call.team.app.id if user is call.bot else ""
    bot = {"id": user.bot_id, "deleted": user.deleted, "name": user.name, "user_id": user.id}
    return {"bot": bot | {"app_id": app_id}}


def connections_open(call: Call) -> Json:
    """An address for one websocket. The error while Socket Mode is off is from memory."""
    if not call.team.app.socket_mode:
        raise Refused("forbidden_team")
    address = call.hub.url.replace("http://", "ws://")
    return {"url": f"{address}/link/?{call.team.sockets.issue()}"}
