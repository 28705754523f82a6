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


@dataclass(frozen=True, slots=True)
class Use:
    """What a configuration uses of a connection."""

    settings: Connection
    inboxes: tuple[str, ...]
    groups: tuple[str, ...]
    team_channels: tuple[str, ...]

    @property
    def reacts(self) -> bool:
        """Whether a reaction can mean anything: on a message, on a card, or by a moderator."""
        return bool(self.settings.listen or self.settings.board or self.settings.moderators)


@dataclass(frozen=True, slots=True)
class Feature:
    """Something the bot does on Slack, what it takes, and `when` a configuration has it."""

    what: str
    scopes: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    when: str = "always"
    used: Callable[[Use], bool] = lambda _: True


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
            "group_deleted".split()
        ),
    ),
    # A bot that is removed is not told of it by `member_left_channel`:
    # https://github.com/slackapi/bolt-js/issues/1847
    Feature(
        "the bot being added to a channel or removed from it",
        events=("member_joined_channel", "channel_left", "group_left"),
    ),
    Feature("people's names, and who is a guest", ("users:read",), ("user_change",)),
    Feature("the bot's own reactions: seen, done", ("reactions:write",)),
    Feature(
        "votes, captures and escalations by reaction",
        ("reactions:read",),
        ("reaction_added", "reaction_removed"),
        "with `listen`, `board` or `moderators`",
        lambda use: use.reacts,
    ),
    Feature("a person's data as a file, and the digest's chart", ("files:write",)),
    Feature("the bot's own page", events=("app_home_opened",)),
    Feature(
        "roles by user group",
        ("usergroups:read",),
        ("subteam_members_changed", "subteam_updated"),
        "with a group (`S…`) in `moderators` or `product_team`",
        lambda use: bool(use.groups),
    ),
    Feature(
        "the members of the product inbox, who are the product team",
        ("channels:read", "groups:read"),
        ("member_joined_channel", "member_left_channel"),
        "with an inbox here and no `product_team`",
        lambda use: bool(use.team_channels),
    ),
    Feature("noticing that the app was removed", events=("tokens_revoked", "app_uninstalled")),
)
"""Everything the bot does on Slack. `docs/slack.md` shows it as a table."""


def needs(config: Config, name: str) -> Needs:
    """What the connection `name` needs, and nothing else."""
    use = _use_of(config, name)
    used = [feature for feature in FEATURES if feature.used(use)]
    watched = use.settings.moderators_channel
    return Needs(
        _reasons((scope, feature.what) for feature in used for scope in feature.scopes),
        _reasons((event, feature.what) for feature in used for event in feature.events),
        _reasons(_channels(config, name, use)),
        frozenset((*use.inboxes, *((watched,) if watched else ()))),
        use.groups,
        tuple(one for one in _named(use.settings) if one not in use.groups),
        use.team_channels,
    )


def _use_of(config: Config, name: str) -> Use:
    settings = config.connections[name]
    inboxes = tuple(ref.channel for ref in config.product.inboxes if ref.connection == name)
    groups = tuple(one for one in _named(settings) if one.startswith("S"))
    return Use(settings, inboxes, groups, () if settings.product_team else inboxes)


def _named(settings: Connection) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*settings.moderators, *settings.product_team)))


def _channels(config: Config, name: str, use: Use) -> Iterable[tuple[str, str]]:
    """Each configured channel's id, with the key that names it."""
    settings = use.settings
    yield from ((channel, "listen") for channel in settings.listen)
    if settings.board:
        yield settings.board, "board"
    if settings.moderators_channel:
        yield settings.moderators_channel, "moderators_channel"
    yield from ((channel, "product inbox") for channel in use.inboxes)
    yield from ((ref.channel, "digest.to") for ref in config.digest.to if ref.connection == name)
    yield from ((channel, "channels") for channel in settings.channels)


def _reasons(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for key, reason in pairs:
        found.setdefault(key, []).append(reason)
    return {key: "; ".join(dict.fromkeys(reasons)) for key, reasons in found.items()}
