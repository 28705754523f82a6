"""What a connection needs is what its configuration uses."""

import pytest

from adapters.discord.needs import FEATURES, intents_of, needs
from tests.adapters.discord.configured import TOKEN, configured

PRIVILEGED = {"members", "presences", "message_content"}


@pytest.mark.parametrize(
    ("fans", "used"),
    [('listen = ["1"]', True), ('board = "1"\nmoderators = ["2"]', False), ("", False)],
)
def test_what_people_write_is_read_only_where_a_channel_is_listened_to(
    fans: str, used: bool
) -> None:
    wanted = needs(configured(fans), "fans")
    assert wanted.content is used
    assert intents_of(wanted).message_content is used


@pytest.mark.parametrize(
    ("fans", "used"),
    [
        ('listen = ["1"]', True),
        ('board = "1"', True),
        ('moderators = ["1"]', True),
        ('product_team = ["1"]', False),
    ],
)
def test_reactions_are_heard_only_where_one_can_mean_something(fans: str, used: bool) -> None:
    assert intents_of(needs(configured(fans), "fans")).guild_reactions is used


def test_no_other_privileged_intent_is_asked_for() -> None:
    asked = {intent for feature in FEATURES for intent in feature.intents}
    assert asked & PRIVILEGED == {"message_content"}


def test_a_channel_takes_only_what_is_done_there() -> None:
    rest = '[product]\ninbox = "fans/3"\n[digest]\nto = ["fans/4"]'
    wanted = needs(configured('listen = ["1"]\nboard = "2"', rest), "fans")
    some = {"view_channel", "send_messages", "embed_links", "read_message_history"}
    threads = {"send_messages_in_threads", "add_reactions"}
    assert wanted.permissions_in("1", forum=False).keys() == some | threads
    assert wanted.permissions_in("1", forum=True).keys() == some | threads | {"manage_threads"}
    assert wanted.permissions_in("2", forum=False).keys() == some | {"add_reactions"}
    assert wanted.permissions_in("3", forum=False).keys() == some
    assert wanted.permissions_in("4", forum=False).keys() == some | {"attach_files"}


def test_a_channel_that_only_has_settings_takes_nothing() -> None:
    wanted = needs(configured('[connections.fans.channels.7]\naudience = "inbox"'), "fans")
    assert wanted.channels == {"7": "channels"}
    assert wanted.permissions_in("7", forum=False) == {}
    assert wanted.permissions == {}


def test_the_bot_is_never_to_be_administrator() -> None:
    asked = {permission for feature in FEATURES for permission in feature.permissions}
    assert not asked & {"administrator", "manage_messages", "mention_everyone", "manage_channels"}


def test_an_inbox_without_a_named_team_is_the_team() -> None:
    inbox = '[product]\ninbox = "fans/3"'
    assert needs(configured("", inbox), "fans").team_channels == ("3",)
    assert needs(configured('product_team = ["5"]', inbox), "fans").team_channels == ()


def test_an_inbox_elsewhere_is_no_business_of_this_connection() -> None:
    office = f'[connections.office]\n{TOKEN}[product]\ninbox = "office/3"'
    wanted = needs(configured("", office), "fans")
    assert (wanted.team_channels, wanted.channels) == ((), {})


def test_every_configured_channel_is_told_with_what_names_it() -> None:
    fans = 'listen = ["1", "2"]\nboard = "2"\nmoderators_channel = "3"'
    rest = '[product]\ninbox = "fans/4"\n[digest]\nto = ["fans/4"]'
    wanted = needs(configured(fans, rest), "fans")
    assert wanted.channels == {
        "1": "listen",
        "2": "listen; board",
        "3": "moderators_channel",
        "4": "product inbox; digest.to",
    }
    assert wanted.inside == {"3", "4"}


def test_every_intent_and_permission_has_a_reason() -> None:
    for feature in FEATURES:
        assert feature.what
        assert feature.intents or feature.permissions
