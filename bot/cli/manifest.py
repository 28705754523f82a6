"""`soundingboard manifest NAME`: what to create a Slack app from."""

import argparse
import json
from pathlib import Path

from adapters.slack.manifest import manifest as slack_manifest
from bot.config import Config
from bot.dispatch import menu_of
from bot.errors import ConfigError
from handlers.routes import ROUTES


async def manifest(config: Config, _folder: Path, options: argparse.Namespace) -> int:
    """Print it as JSON; it needs no token, for there is none before the app is there."""
    name = options.connection
    connection = config.connections.get(name)
    if connection is None:
        known = ", ".join(config.connections)
        raise ConfigError((f"there is no connection {name}. The configuration has: {known}.",))
    if connection.platform != "slack":
        text = f"connections.{name} is on {connection.platform}. Only a Slack app has a manifest."
        raise ConfigError((text,))
    print(json.dumps(slack_manifest(config, name, menu_of(ROUTES)), indent=2, ensure_ascii=False))
    return 0
