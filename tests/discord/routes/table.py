"""Every route that our Discord has."""

from collections.abc import Mapping

from tests.discord.routes import (
    answers,
    channels,
    commands,
    guilds,
    messages,
    reactions,
    threads,
    users,
    webhooks,
)
from tests.discord.routes.call import Route

_MESSAGES = "/channels/{channel}/messages"
_ONE = f"{_MESSAGES}/{{message}}"
_REACTION = f"{_ONE}/reactions/{{emoji}}"
_GLOBAL = "/applications/{application}/commands"
_LOCAL = "/applications/{application}/guilds/{guild}/commands"
_TOKEN = "/webhooks/{application}/{token}"

ROUTES: Mapping[str, Route] = {
    "GET /gateway": users.gateway,
    "GET /gateway/bot": users.gateway,
    "GET /users/@me": users.me,
    "GET /users/@me/guilds": guilds.mine,
    "DELETE /users/@me/guilds/{guild}": guilds.leave,
    "POST /users/@me/channels": users.open_direct,
    "GET /users/{user}": users.get,
    "GET /applications/@me": users.application,
    "GET /oauth2/applications/@me": users.application,
    "GET /guilds/{guild}": guilds.get,
    "GET /guilds/{guild}/channels": guilds.channels,
    "GET /guilds/{guild}/roles": guilds.roles,
    "GET /guilds/{guild}/members": guilds.members,
    "GET /guilds/{guild}/members/{user}": guilds.member,
    "GET /guilds/{guild}/threads/active": threads.active,
    "GET /channels/{channel}": channels.get,
    "PATCH /channels/{channel}": channels.change,
    "DELETE /channels/{channel}": channels.delete,
    "POST /channels/{channel}/typing": channels.typing,
    f"GET {_MESSAGES}": messages.history,
    f"POST {_MESSAGES}": messages.create,
    f"GET {_ONE}": messages.get,
    f"PATCH {_ONE}": messages.edit,
    f"DELETE {_ONE}": messages.delete,
    f"GET {_REACTION}": reactions.who,
    f"PUT {_REACTION}/@me": reactions.give,
    f"DELETE {_REACTION}/@me": reactions.take_own,
    f"DELETE {_REACTION}/{{user}}": reactions.take,
    f"POST {_ONE}/threads": threads.from_message,
    "POST /channels/{channel}/threads": threads.start,
    "GET /channels/{channel}/threads/archived/public": threads.archived,
    "GET /channels/{channel}/thread-members/{user}": threads.member,
    "PUT /channels/{channel}/thread-members/@me": threads.join,
    "DELETE /channels/{channel}/thread-members/@me": threads.leave,
    "POST /interactions/{interaction}/{token}/callback": answers.answer,
    f"POST {_TOKEN}": webhooks.follow_up,
    f"GET {_TOKEN}/messages/{{message}}": webhooks.get,
    f"PATCH {_TOKEN}/messages/{{message}}": webhooks.edit,
    f"DELETE {_TOKEN}/messages/{{message}}": webhooks.delete,
} | {
    f"{verb} {base}{rest}": route
    for base in (_GLOBAL, _LOCAL)
    for verb, rest, route in (
        ("GET", "", commands.listed),
        ("PUT", "", commands.overwrite),
        ("POST", "", commands.create),
        ("GET", "/{command}", commands.get),
        ("PATCH", "/{command}", commands.change),
        ("DELETE", "/{command}", commands.delete),
    )
}

BY_TOKEN = tuple(name for name in ROUTES if "{token}" in name)
"""These name a token in their address: no `Authorization`, and no part in the global limit."""
