"""The link by which somebody adds the bot to their server
(docs.discord.com/developers/topics/oauth2#bot-authorization-flow). Pure.
"""

from base64 import urlsafe_b64decode
from binascii import Error
from urllib.parse import urlencode

import discord

from adapters.discord.needs import needs
from bot.config import Config

AUTHORIZE = "https://discord.com/oauth2/authorize"
SCOPES = "bot applications.commands"


def application_of(token: str) -> str | None:
    """The application's id, with which a bot token begins; None for anything else."""
    first, *rest = token.split(".")
    try:
        number = urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (Error, ValueError):
        return None
    return number if len(rest) == 2 and number.isdecimal() else None


def permissions(config: Config, name: str) -> discord.Permissions:
    """What a connection's bot must be allowed, and no more."""
    return discord.Permissions(**dict.fromkeys(needs(config, name).permissions, True))


def invitation(config: Config, name: str, application: str) -> str:
    """The link; where one server is configured, it is the one that is offered."""
    guilds = config.connections[name].guilds
    asked = {
        "client_id": application,
        "scope": SCOPES,
        "permissions": str(permissions(config, name).value),
    }
    if len(guilds) == 1:
        asked["guild_id"] = guilds[0]
    return f"{AUTHORIZE}?{urlencode(asked)}"
