"""`/users…`, `/applications/@me`, `/gateway` (docs.discord.com/developers/resources/user,
/resources/application, /events/gateway#get-gateway-bot).
"""

from typing import Any

from tests.discord.model import Intent
from tests.discord.payloads import shown_channel, shown_user
from tests.discord.routes.call import Call, Refused

Json = dict[str, Any]
_FLAGS = {
    Intent.GUILD_PRESENCES: 1 << 13,
    Intent.GUILD_MEMBERS: 1 << 15,
    Intent.MESSAGE_CONTENT: 1 << 19,
}
"""GATEWAY_…_LIMITED: the intent is switched on in the portal of an app that few people see."""


def me(call: Call) -> Json:
    """The bot."""
    return shown_user(call.bot) | {"mfa_enabled": False, "verified": True, "locale": "en-US"}


def get(call: Call) -> Json:
    """Anybody."""
    user = call.world.users.get(call.names["user"])
    if user is None:
        raise Refused(10013)
    return shown_user(user)


def open_direct(call: Call) -> Json:
    """The conversation with somebody; that it opens says nothing about whether they take messages.
    A bot that opens many is told to stop, and may be quarantined."""
    user = call.world.users.get(str(call.form().get("recipient_id")))
    if user is None:
        raise Refused(10013)
    if user is call.bot:
        raise call.misused(50007, "a conversation with itself")
    if call.world.direct(user) is None:
        _budget(call)
    return shown_channel(call.world.open_direct(user), call.bot.id)


def _budget(call: Call) -> None:
    now, allowed = call.world.clock.now(), call.world.rules.new_directs
    past = [one for one in call.world.opened_directs if now - one < allowed.seconds]
    if len(past) >= allowed.calls:
        raise call.misused(40003, "too many new conversations")
    call.world.opened_directs = [*past, now]


def application(call: Call) -> Json:
    """The app: whether anybody may add it, and which privileged intents are on."""
    app = call.world.app
    flags = sum(flag for intent, flag in _FLAGS.items() if app.portal & intent)
    return {
        "id": app.id,
        "name": app.name,
        "icon": None,
        "description": "",
        "summary": "",
        "bot": shown_user(app.bot),
        "bot_public": app.public,
        "bot_require_code_grant": False,
        "owner": shown_user(app.owner),
        "team": None,
        "verify_key": "0" * 64,
        "flags": flags,
        "interactions_endpoint_url": None,
        "approximate_guild_count": len(list(call.world.joined())),
        "integration_types_config": {"0": {}},
    }


def gateway(call: Call) -> Json:
    """Where the gateway is, and how many IDENTIFYs are left today."""
    rules = call.world.rules
    return {
        "url": call.world.gateway.url,
        "shards": 1,
        "session_start_limit": {
            "total": rules.identifies_a_day,
            "remaining": call.world.gateway.remaining,
            "reset_after": 14_400_000,
            "max_concurrency": 1,
        },
    }
