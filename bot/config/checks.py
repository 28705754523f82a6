"""What no single value can show: how the parts of a configuration fit together.

Each check yields (where, sentence); `where` is the path of the key to mend.
"""

from collections.abc import Iterator

from bot.config.tree import Config, Connection
from bot.config.values import did_you_mean
from bot.ideas import Audience

Where = tuple[str | int, ...]
Problem = tuple[Where, str]

_TOKENS = {"slack": ("bot_token", "app_token"), "discord": ("token",), "playground": ()}
_EMOJI = ("capture", "voting", "escalation")


def check(config: Config, names: frozenset[str]) -> Iterator[Problem]:
    """Every way in which the parts do not fit; `names` are all connections the file names."""
    yield from _connections(config, names)
    for name, connection in config.connections.items():
        yield from _tokens(name, connection)
        yield from _reviews(name, connection)
    yield from _emoji(config)
    yield from _areas(config)


def _connections(config: Config, names: frozenset[str]) -> Iterator[Problem]:
    if not names:
        yield ("connections",), "there is none yet. Add one, such as [connections.community]."
    playgrounds = [n for n, c in config.connections.items() if c.platform == "playground"]
    if len(names) > 1 and playgrounds:
        yield (
            ("connections", playgrounds[0], "platform"),
            "a playground stands alone. Remove it, or the other connections.",
        )


def _tokens(name: str, connection: Connection) -> Iterator[Problem]:
    needed = _TOKENS[connection.platform]
    for token in ("token", "bot_token", "app_token"):
        where = ("connections", name, token)
        given = getattr(connection, token) is not None
        if token in needed and not given:
            variable = f"{name}_{token}".upper().replace("-", "_")
            yield (
                where,
                (
                    f'{connection.platform} needs it. Write "${variable}" here and set '
                    f"{variable} in the environment."
                ),
            )
        if given and token not in needed:
            yield where, f"{connection.platform} does not use it. Please remove it."


def _reviews(name: str, connection: Connection) -> Iterator[Problem]:
    """What waits for moderators is offered to them, and is for others once they let it in."""
    for channel in filter(connection.reviews, connection.channels):
        for key, text in (
            ("moderators", "name who lets in what waits for a moderator"),
            ("moderators_channel", "name the channel where what waits is offered to them"),
        ):
            if not getattr(connection, key):
                yield ("connections", name, key), f"{text} (`review_first` of {channel})."
        if (connection.channels[channel].audience or connection.audience) is Audience.INBOX:
            yield (
                ("connections", name, "channels", channel, "review_first"),
                (
                    "its ideas go to the product inbox only, which moderators do not see. Please "
                    "remove it, or give the channel another audience."
                ),
            )


def _emoji(config: Config) -> Iterator[Problem]:
    meanings: dict[str, str] = {}
    for section in _EMOJI:
        emoji = getattr(config, section).emoji
        first = meanings.setdefault(emoji, section)
        if first != section:
            yield (
                (section, "emoji"),
                f"{emoji} already means {first}.emoji. Please choose another for one of them.",
            )


def _areas(config: Config) -> Iterator[Problem]:
    areas, seen = config.capture.areas, set[str]()
    for index, route in enumerate(config.product.routes):
        where = ("product", "routes", index, "area")
        if route.area in seen:
            yield where, f'"{route.area}" has a route already. Please keep one of them.'
        elif route.area not in areas:
            mend = did_you_mean(route.area, list(areas)) or " Add it there."
            yield where, f'"{route.area}" is not one of capture.areas.{mend}'
        seen.add(route.area)
