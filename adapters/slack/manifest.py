"""The app as Slack's manifest describes it: https://docs.slack.dev/reference/app-manifest. Pure.

Schema: https://github.com/slackapi/manifest-schema, schemas/manifest.schema.2.0.0.json
"""

from typing import Any

from adapters.slack.needs import needs
from bot.config import Config
from bot.ports import Menu

Json = dict[str, Any]
APP_NAME = "Sounding Board"
HANDLE = "soundingboard"
_DESCRIPTION = "Suggest ideas, vote for them, and hear what becomes of them."


def manifest(config: Config, name: str, menu: Menu) -> Json:
    """What to create the app of a connection from: what its configuration uses, and no more."""
    wanted = needs(config, name)
    return {
        "_metadata": {"major_version": 2},
        "display_information": {"name": APP_NAME, "description": _DESCRIPTION},
        "features": _features(menu),
        "oauth_config": {"scopes": {"bot": sorted(wanted.scopes)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted(wanted.events)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def _features(menu: Menu) -> Json:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": HANDLE, "always_online": True},
        "shortcuts": [
            {
                "name": item.help,
                "type": "message",
                "callback_id": item.name,
                "description": item.help,
            }
            for item in menu.shortcuts
        ],
        "slash_commands": [
            {
                "command": f"/{item.name}",
                "description": item.help,
                **({"usage_hint": item.usage} if item.usage else {}),
                "should_escape": True,
            }
            for item in menu.commands
        ],
    }
