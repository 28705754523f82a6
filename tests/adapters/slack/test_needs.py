"""What a connection needs is what its configuration uses."""

import pytest

from adapters.slack.needs import FEATURES, needs
from tests.adapters.slack.configured import TWO_TOKENS, configured

REACTIONS = {"reaction_added", "reaction_removed"}
GROUPS = {"subteam_members_changed", "subteam_updated"}
SCOPE_OF = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "subteam_members_changed": "usergroups:read",
    "subteam_updated": "usergroups:read",
    "user_change": "users:read",
}
"""By Slack's reference; channels' events take `channels:read`, private channels' `groups:read`."""
FREE = {"app_home_opened", "app_uninstalled", "tokens_revoked"}


def scope_of(event: str) -> str:
    """The scope an event takes."""
    kind = "groups" if event.startswith("group_") else "channels"
    return SCOPE_OF.get(event, f"{kind}:read")


@pytest.mark.parametrize(
    ("community", "used"),
    [
        ('moderators = ["U0MO", "S0MODERATORS"]', True),
        ('product_team = ["S0PRODUCT"]', True),
        ('moderators = ["U0MO"]\nproduct_team = ["U0PIA"]', False),
        ("", False),
    ],
)
def test_user_groups_are_read_only_when_one_is_named(community: str, used: bool) -> None:
    wanted = needs(configured(community), "community")
    assert ("usergroups:read" in wanted.scopes) is used
    assert (wanted.events.keys() >= GROUPS) is used


@pytest.mark.parametrize(
    ("community", "used"),
    [
        ('listen = ["C0GENERAL"]', True),
        ('board = "C0IDEAS"', True),
        ('moderators = ["U0MO"]', True),
        ('product_team = ["U0PIA"]', False),
    ],
)
def test_reactions_are_read_only_where_one_can_mean_something(community: str, used: bool) -> None:
    wanted = needs(configured(community), "community")
    assert ("reactions:read" in wanted.scopes) is used
    assert (wanted.events.keys() >= REACTIONS) is used


def test_an_inbox_without_a_named_team_is_the_team() -> None:
    inbox = '[product]\ninbox = "community/C0PRODUCT"'
    wanted = needs(configured("", inbox), "community")
    assert wanted.team_channels == ("C0PRODUCT",)
    named = needs(configured('product_team = ["U0PIA"]', inbox), "community")
    assert named.team_channels == ()


def test_an_inbox_elsewhere_is_no_business_of_this_connection() -> None:
    office = f'[connections.office]\n{TWO_TOKENS}[product]\ninbox = "office/C0PRODUCT"'
    wanted = needs(configured("", office), "community")
    assert (wanted.team_channels, wanted.channels) == ((), {})


def test_every_configured_channel_is_told_with_what_names_it() -> None:
    community = """
        listen = ["C0GENERAL", "C0IDEAS"]
        board = "C0IDEAS"
        moderators_channel = "C0MODERATORS"
        [connections.community.channels.C0PARTNERS]
        audience = "inbox"
    """
    rest = """
        [product]
        inbox = "community/C0PRODUCT"
        [digest]
        to = ["community/C0PRODUCT"]
    """
    wanted = needs(configured(community, rest), "community")
    assert wanted.channels == {
        "C0GENERAL": "listen",
        "C0IDEAS": "listen; board",
        "C0MODERATORS": "moderators_channel",
        "C0PRODUCT": "product inbox; digest.to",
        "C0PARTNERS": "channels",
    }
    assert wanted.inside == {"C0PRODUCT", "C0MODERATORS"}


def test_people_and_groups_are_told_apart() -> None:
    community = 'moderators = ["U0MO", "S0MODERATORS"]\nproduct_team = ["W0PIA", "U0MO"]'
    wanted = needs(configured(community), "community")
    assert (wanted.groups, wanted.people) == (("S0MODERATORS",), ("U0MO", "W0PIA"))


def test_every_event_has_the_scope_it_takes_in_its_own_feature() -> None:
    reads = {"channels:read", "groups:read"}
    for feature in FEATURES:
        scopes = {scope_of(event) for event in feature.events if event not in FREE}
        assert scopes - {*feature.scopes} <= reads
    always = needs(configured(), "community")
    assert reads <= always.scopes.keys()


def test_every_scope_and_event_has_a_reason() -> None:
    for feature in FEATURES:
        assert feature.what
        assert feature.scopes or feature.events
