"""The manifest is what Slack's schema takes; the schema, as far as it concerns us, is below.

From https://github.com/slackapi/manifest-schema (schemas/manifest.schema.2.0.0.json): it refuses
keys that it does not know, and long texts.
"""

import json
import re
from collections.abc import Iterator

import pytest

from adapters.slack.manifest import manifest
from bot.dispatch import menu_of
from bot.ports import Menu, MenuItem
from handlers.routes import ROUTES
from tests.adapters.slack.configured import configured

FULL = 'listen = ["C0GENERAL"]\nboard = "C0IDEAS"\nmoderators = ["S0MODERATORS"]'
ALL = menu_of(ROUTES)

FLAG = r"true|false"
VALUES = {
    "_metadata.major_version": "2",
    "display_information.name": r".{1,35}",
    "display_information.description": r".{1,140}",
    "features.app_home.home_tab_enabled": FLAG,
    "features.app_home.messages_tab_enabled": FLAG,
    "features.app_home.messages_tab_read_only_enabled": FLAG,
    "features.bot_user.display_name": r".{1,80}",
    "features.bot_user.always_online": FLAG,
    "features.shortcuts[].name": r".{1,24}",
    "features.shortcuts[].type": r"message|global",
    "features.shortcuts[].callback_id": r".{1,255}",
    "features.shortcuts[].description": r".{1,150}",
    "features.slash_commands[].command": r"/.{1,31}",
    "features.slash_commands[].description": r".{1,2000}",
    "features.slash_commands[].usage_hint": r".{1,1000}",
    "features.slash_commands[].should_escape": FLAG,
    "oauth_config.scopes.bot[]": r".{1,50}",
    "settings.event_subscriptions.bot_events[]": r".{1,50}",
    "settings.interactivity.is_enabled": FLAG,
    "settings.org_deploy_enabled": FLAG,
    "settings.socket_mode_enabled": FLAG,
    "settings.token_rotation_enabled": FLAG,
}
"""What may be where; `[]` is an item of a list."""
LENGTHS = {
    "features.shortcuts": 10,
    "features.slash_commands": 50,
    "oauth_config.scopes.bot": 255,
    "settings.event_subscriptions.bot_events": 100,
}
REQUIRED = {
    "": {"display_information"},
    "display_information": {"name"},
    "features.bot_user": {"display_name"},
    "features.shortcuts[]": {"name", "type", "callback_id", "description"},
    "features.slash_commands[]": {"command", "description"},
    "settings.interactivity": {"is_enabled"},
}


def problems(value: object, where: str = "") -> Iterator[str]:
    """What Slack would refuse."""
    if isinstance(value, dict):
        yield from (f"{where} has no {key}" for key in REQUIRED.get(where, set()) - value.keys())
        for key, each in value.items():
            yield from problems(each, f"{where}.{key}".lstrip("."))
    elif isinstance(value, list):
        if not 0 < len(value) <= LENGTHS[where]:
            yield f"{where} has {len(value)} items"
        for each in value:
            yield from problems(each, f"{where}[]")
    elif where not in VALUES:
        yield f"{where} is unknown"
    elif not re.fullmatch(VALUES[where], value if isinstance(value, str) else json.dumps(value)):
        yield f"{where} is not as it should be"


@pytest.mark.parametrize("community", ["", FULL])
def test_slack_takes_the_manifest(community: str) -> None:
    assert [*problems(manifest(configured(community), "community", ALL))] == []


def test_the_schema_refuses_what_slack_refuses() -> None:
    long = Menu(
        (MenuItem("suggest", "", ""),), (MenuItem("turn", "", "Turn into an idea at once"),)
    )
    made = manifest(configured(), "community", long) | {"colour": "blue"}
    assert {*problems(made)} == {
        "colour is unknown",
        "features.slash_commands[].description is not as it should be",
        "features.shortcuts[].name is not as it should be",
    }


def test_commands_and_message_menus_are_those_of_the_routes() -> None:
    features = manifest(configured(), "community", ALL)["features"]
    commands = {one["command"]: one["description"] for one in features["slash_commands"]}
    assert commands == {f"/{item.name}": item.help for item in ALL.commands}
    shortcuts = {one["callback_id"]: one["name"] for one in features["shortcuts"]}
    assert shortcuts == {item.name: item.help for item in ALL.shortcuts}
    assert {one["type"] for one in features["shortcuts"]} == {"message"}


def test_people_may_write_to_the_bot_and_it_needs_no_address() -> None:
    made = manifest(configured(), "community", ALL)
    assert made["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert made["settings"]["socket_mode_enabled"]
    assert made["settings"]["interactivity"] == {"is_enabled": True}
    assert "url" not in str(made)


def test_it_asks_for_no_more_than_the_configuration_uses() -> None:
    plain = manifest(configured(), "community", ALL)
    full = manifest(configured(FULL), "community", ALL)
    scopes = [{*made["oauth_config"]["scopes"]["bot"]} for made in (plain, full)]
    assert scopes[1] - scopes[0] == {"reactions:read", "usergroups:read"}
    events = [{*made["settings"]["event_subscriptions"]["bot_events"]} for made in (plain, full)]
    assert events[0] < events[1]
