"""What one connection needs of Slack, for what its configuration uses. Pure.

Scopes and events: https://docs.slack.dev/reference/scopes, https://docs.slack.dev/reference/events
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.config import Config, Connection


@dataclass(frozen=True, slots=True)
class Needs:
    """What a connection needs: `scopes`, `events` and `channels` (by id) say what each is for.

    `inside` are the channels where only moderators or the product team should read; `groups` are
    the user groups and `people` the single users that have a role; `team_channels` are the inboxes
    whose members are the product team, because nobody is named.
    """

    scopes: Mapping[str, str]
    events: Mapping[str, str]
    channels: Mapping[str, str]
    inside: frozenset[str]
    groups: tuple[str, ...]
    people: tuple[str, ...]
    team_channels: tuple[str, ...]


def _reacts(settings: Connection) -> bool:
    """Whether a reaction can mean anything: on a message, on a card, or by a moderator."""
    return bool(settings.listen or settings.board or settings.moderators)


def _groups(settings: Connection) -> tuple[str, ...]:
    return tuple(one for one in _named(settings) if one.startswith("S"))


def _named(settings: Connection) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*settings.moderators, *settings.product_team)))


@dataclass(frozen=True, slots=True)
class Feature:
    """Something the bot does on Slack, what it takes, and `when` a configuration has it."""

    what: str
    scopes: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    when: str = "always"
    used: Callable[[Connection], bool] = lambda _: True


FEATURES = (
    Feature("commands and message menus", ("commands",)),
    Feature("cards, posts and answers", ("chat:write",)),
    Feature("direct messages, and answers to them", ("im:write", "im:history"), ("message.im",)),
    Feature("mentions of the bot in a thread", ("app_mentions:read",), ("app_mention",)),
    Feature(
        "summaries of threads, and what is edited or deleted in them",
        ("channels:history", "groups:history"),
        ("message.channels", "message.groups"),
    ),
    Feature(
        "who may see a channel: whether it is private, shared or gone, and who is in it",
        ("channels:read", "groups:read"),
        tuple(
            "channel_rename channel_archive channel_unarchive channel_deleted channel_id_changed "
            "channel_shared channel_unshared group_rename group_archive group_unarchive "
            "group_deleted member_joined_channel member_left_channel".split()
        ),
    ),
    # A bot that is removed is not told of it by `member_left_channel`:
    # https://github.com/slackapi/bolt-js/issues/1847
    Feature("the bot being removed from a channel", events=("channel_left", "group_left")),
    Feature("people's names, and who is a guest", ("users:read",), ("user_change",)),
    Feature("the bot's own reactions: seen, done", ("reactions:write",)),
    Feature(
        "votes, captures and escalations by reaction",
        ("reactions:read",),
        ("reaction_added", "reaction_removed"),
        "with `listen`, `board` or `moderators`",
        _reacts,
    ),
    Feature("a person's data as a file, and the digest's chart", ("files:write",)),
    Feature("the bot's own page", events=("app_home_opened",)),
    Feature(
        "roles by user group",
        ("usergroups:read",),
        ("subteam_members_changed", "subteam_updated"),
        "with a group (`S…`) in `moderators` or `product_team`",
        lambda settings: bool(_groups(settings)),
    ),
    Feature("noticing that the app was removed", events=("tokens_revoked", "app_uninstalled")),
)
"""Everything the bot does on Slack. `docs/slack.md` shows it as a table."""


def needs(config: Config, name: str) -> Needs:
    """What the connection `name` needs, and nothing else."""
    settings, groups = config.connections[name], _groups(config.connections[name])
    used = [feature for feature in FEATURES if feature.used(settings)]
    inboxes = tuple(ref.channel for ref in config.product.inboxes if ref.connection == name)
    watched = (settings.moderators_channel,) if settings.moderators_channel else ()
    return Needs(
        scopes=_reasons((scope, feature.what) for feature in used for scope in feature.scopes),
        events=_reasons((event, feature.what) for feature in used for event in feature.events),
        channels=_reasons(_channels(config, name)),
        inside=frozenset((*inboxes, *watched)),
        groups=groups,
        people=tuple(one for one in _named(settings) if one not in groups),
        team_channels=() if settings.product_team else inboxes,
    )


def _channels(config: Config, name: str) -> Iterable[tuple[str, str]]:
    """Each configured channel's id, with the key that names it."""
    settings, inboxes = config.connections[name], config.product.inboxes
    yield from ((channel, "listen") for channel in settings.listen)
    if settings.board:
        yield settings.board, "board"
    if settings.moderators_channel:
        yield settings.moderators_channel, "moderators_channel"
    for key, refs in (("product inbox", inboxes), ("digest.to", config.digest.to)):
        yield from ((ref.channel, key) for ref in refs if ref.connection == name)
    yield from ((channel, "channels") for channel in settings.channels)


def _reasons(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for key, reason in pairs:
        found.setdefault(key, []).append(reason)
    return {key: "; ".join(dict.fromkeys(reasons)) for key, reasons in found.items()}
