"""Configurations with a Discord connection named `fans`."""

from base64 import urlsafe_b64encode
from pathlib import Path

from bot.config import NO_SECRETS, Config, parse

TOKEN = 'platform = "discord"\ntoken = "$FANS_TOKEN"\n'


def configured(fans: str = "", rest: str = "", token: str = "") -> Config:
    """A connection with these keys, the `rest` of the file, and perhaps a token."""
    text = f"[connections.fans]\n{TOKEN}{fans}\n{rest}"
    return parse(text, {"FANS_TOKEN": token} if token else NO_SECRETS, Path("/nowhere"))


def token_of(application: str) -> str:
    """A bot token of this application, as tokens have looked so far."""
    return f"{urlsafe_b64encode(application.encode()).decode().rstrip('=')}.GmAde.{'Up' * 19}"
