"""Configurations with a Slack connection named `community`."""

from pathlib import Path

from bot.config import NO_SECRETS, Config, parse

TWO_TOKENS = 'platform = "slack"\nbot_token = "$BOT"\napp_token = "$APP"\n'


def configured(community: str = "", rest: str = "") -> Config:
    """A connection with these keys, and the `rest` of the file."""
    text = f"[connections.community]\n{TWO_TOKENS}{community}\n{rest}"
    return parse(text, NO_SECRETS, Path("/nowhere"))
