"""`soundingboard invite NAME`: the link that adds a Discord bot to a server."""

import argparse
from pathlib import Path

from bot.config import Config
from bot.errors import ConfigError


async def invite(config: Config, _folder: Path, options: argparse.Namespace) -> int:
    """Print it; the token says which application it is, and nothing is sent."""
    from adapters.discord.invite import application_of, invitation

    name = options.connection
    connection = config.connections.get(name)
    if connection is None:
        known = ", ".join(config.connections)
        raise ConfigError((f"there is no connection {name}. The configuration has: {known}.",))
    if connection.platform != "discord":
        text = f"connections.{name} is on {connection.platform}. Only a Discord bot has a link."
        raise ConfigError((text,))
    application = application_of(connection.token.get_secret_value() if connection.token else "")
    if application is None:
        text = (
            f"connections.{name}.token: it is none of Discord's bot tokens. Open "
            "discord.com/developers/applications, your app, Bot, Reset Token, and copy it."
        )
        raise ConfigError((text,))
    print(invitation(config, name, application))
    return 0
