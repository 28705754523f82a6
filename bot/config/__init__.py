"""The configuration: one frozen tree, loaded once at start and passed on.

`load` and `parse` raise ConfigError with every problem at once, each naming its key.
"""

from bot.config.environment import NO_SECRETS
from bot.config.loading import load, parse, playground_config
from bot.config.tree import (
    Assistant,
    Capture,
    ChannelSettings,
    Config,
    Connection,
    Digest,
    Escalation,
    Platform,
    Product,
    ProductRoute,
    Storage,
    Threads,
    Voting,
    Web,
)

__all__ = [
    "NO_SECRETS",
    "Assistant",
    "Capture",
    "ChannelSettings",
    "Config",
    "Connection",
    "Digest",
    "Escalation",
    "Platform",
    "Product",
    "ProductRoute",
    "Storage",
    "Threads",
    "Voting",
    "Web",
    "load",
    "parse",
    "playground_config",
]
