"""What one connection needs of Discord, for what its configuration uses. Pure.

Intents: docs.discord.com/developers/events/gateway#gateway-intents; permissions:
docs.discord.com/developers/topics/permissions. Both go by discord.py's names.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import discord

from bot.config import Config, Connection

CONTENT = "message_content"
LISTEN, BOARD, MODERATORS, INBOX, DIGEST, SETTINGS = (
    "listen", "board", "moderators_channel", "product inbox", "digest.to", "channels",
)  # fmt: skip
_OURS = (LISTEN, BOARD, MODERATORS, INBOX, DIGEST)


def _reacts(settings: Connection) -> bool:
    """Whether a reaction can mean anything: on a message, on a card, or by a moderator."""
    return bool(settings.listen or settings.board or settings.moderators)


def _listens(settings: Connection) -> bool:
    return bool(settings.listen)


@dataclass(frozen=True, slots=True)
class Feature:
    """Something the bot does on Discord, what it takes, and `when` a configuration has it. The
    permissions are for the channels that these keys name, or only for forums among them."""

    what: str
    intents: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    where: tuple[str, ...] = _OURS
    when: str = "always"
    used: Callable[[Connection], bool] = lambda _: True
    forums: bool = False


FEATURES = (
    Feature("servers, their channels and roles, and who may see what", ("guilds",)),
    Feature("seeing the channels that are configured", permissions=("view_channel",)),
    Feature("cards, posts and answers", permissions=("send_messages", "embed_links")),
    Feature(
        "replies, and looking up what happened while the bot was away",
        permissions=("read_message_history",),
    ),
    Feature(
        "mentions of the bot, and messages that are edited or deleted",
        ("guild_messages",),
        ("send_messages_in_threads",),
        (LISTEN,),
    ),
    Feature("direct messages, and answers to them", ("dm_messages",)),
    Feature(
        "votes, captures and escalations by reaction, and the bot's own: done",
        ("guild_reactions",),
        ("add_reactions",),
        (LISTEN, BOARD),
        "with `listen`, `board` or `moderators`",
        _reacts,
    ),
    Feature(
        "what people write: ideas from messages by reaction and from posts in a forum, what is "
        "edited in them, and summaries of threads",
        (CONTENT,),
        when="with `listen`",
        used=_listens,
    ),
    Feature(
        "posts in a forum: tags that follow the status, closing them",
        permissions=("manage_threads",),
        where=(LISTEN,),
        when="with `listen`",
        used=_listens,
        forums=True,
    ),
    Feature("the digest's chart", permissions=("attach_files",), where=(DIGEST,)),
)
"""Everything the bot does on Discord. `docs/discord.md` shows it as a table."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a connection needs: `intents`, `permissions` and `channels` (by id) say what each is
    for.

    `inside` are the channels where only moderators or the product team should read; `named` are the
    roles and people, by id, that have a role of ours; `team_channels` are the inboxes whose readers
    are the product team, because nobody is named.
    """

    intents: Mapping[str, str]
    permissions: Mapping[str, str]
    channels: Mapping[str, str]
    inside: frozenset[str]
    named: tuple[str, ...]
    team_channels: tuple[str, ...]
    _features: tuple[Feature, ...]

    @property
    def content(self) -> bool:
        """Whether it takes the privileged intent to read what people write."""
        return CONTENT in self.intents

    def permissions_in(self, channel: str, *, forum: bool) -> Mapping[str, str]:
        """What the bot must be allowed in a configured channel, each with its reason."""
        keys = self.channels[channel].split("; ")
        here = [one for one in self._features if not {*one.where}.isdisjoint(keys)]
        return _reasons(
            (permission, feature.what)
            for feature in here
            if forum or not feature.forums
            for permission in feature.permissions
        )


def needs(config: Config, name: str) -> Needs:
    """What the connection `name` needs, and nothing else."""
    settings, channels = config.connections[name], [*_channels(config, name)]
    keys = {key for _, key in channels}
    used = tuple(feature for feature in FEATURES if feature.used(settings))
    inboxes = tuple(ref.channel for ref in config.product.inboxes if ref.connection == name)
    watched = (settings.moderators_channel,) if settings.moderators_channel else ()
    return Needs(
        intents=_reasons((intent, feature.what) for feature in used for intent in feature.intents),
        permissions=_reasons(
            (permission, feature.what)
            for feature in used
            if not keys.isdisjoint(feature.where)
            for permission in feature.permissions
        ),
        channels=_reasons(channels),
        inside=frozenset((*inboxes, *watched)),
        named=tuple(dict.fromkeys((*settings.moderators, *settings.product_team))),
        team_channels=() if settings.product_team else inboxes,
        _features=used,
    )


def intents_of(wanted: Needs) -> discord.Intents:
    """What to tell the gateway."""
    return discord.Intents(**dict.fromkeys(wanted.intents, True))


def _channels(config: Config, name: str) -> Iterable[tuple[str, str]]:
    """Each configured channel's id, with the key that names it."""
    settings, inboxes = config.connections[name], config.product.inboxes
    yield from ((channel, LISTEN) for channel in settings.listen)
    if settings.board:
        yield settings.board, BOARD
    if settings.moderators_channel:
        yield settings.moderators_channel, MODERATORS
    for key, refs in ((INBOX, inboxes), (DIGEST, config.digest.to)):
        yield from ((ref.channel, key) for ref in refs if ref.connection == name)
    yield from ((channel, SETTINGS) for channel in settings.channels)


def _reasons(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for key, reason in pairs:
        found.setdefault(key, []).append(reason)
    return {key: "; ".join(dict.fromkeys(reasons)) for key, reasons in found.items()}
