"""`auth.test`, `apps.connections.open` (docs.slack.dev/reference/methods/auth.test,
/reference/methods/apps.connections.open)."""

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
        "is_enterprise_install": False,
    }
    return answer | ({"enterprise_id": team.enterprise} if team.enterprise else {})


def connections_open(call: Call) -> Json:
    """An address for one websocket. The error while Socket Mode is off is from memory."""
    if not call.team.app.socket_mode:
        raise Refused("forbidden_team")
    address = call.hub.url.replace("http://", "ws://")
    return {"url": f"{address}/link/?{call.team.sockets.issue()}"}
