"""An app as its manifest declares it (docs.slack.dev/reference/app-manifest)."""

from tests.slack.elements import Json
from tests.slack.model import App, Command

BOT_SCOPES = frozenset(
    "app_mentions:read channels:history channels:read chat:write commands files:read files:write "
    "groups:history groups:read im:history im:read im:write reactions:read reactions:write "
    "usergroups:read users:read".split()
)
"""Everything a bot of this kind may want, for tests that are not about scopes."""


def declared(app: App, manifest: Json) -> None:
    """Install by a manifest: only its scopes, events, commands and shortcuts from now on."""
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    app.scopes = frozenset(manifest["oauth_config"]["scopes"]["bot"])
    app.events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", ()))
    app.commands = {
        one["command"]: Command(one["command"], one.get("should_escape", False))
        for one in features.get("slash_commands", ())
    }
    app.shortcuts = frozenset(one["callback_id"] for one in features.get("shortcuts", ()))
    home = features.get("app_home", {})
    app.home_tab = home.get("home_tab_enabled", False)
    app.messages_tab = home.get("messages_tab_enabled", True)
    app.socket_mode = settings.get("socket_mode_enabled", False)
    app.name = manifest["display_information"]["name"]
    app.bot.name = app.bot.display_name = features["bot_user"]["display_name"]
