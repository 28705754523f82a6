"""A look at a connection, at a start and for `soundingboard check`: what is right, what to do."""

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import login, places, roles
from adapters.slack.calls import Refused, TokenRefused, Unreachable
from adapters.slack.facts import ChannelFacts, Examined, Identity
from adapters.slack.login import APP, BOT, Login
from adapters.slack.needs import needs
from bot.config import Config
from bot.findings import Finding, Verdict, part_of

PATIENCE = 60.0
"""Seconds that the whole look may take; Slack allows about 50 channels in that time."""


async def examine(web: AsyncWebClient, app_token: str, config: Config, name: str) -> Examined:
    """Try both tokens and look at every configured channel, group and person. Whatever Slack or the
    network does is a finding."""
    look = _Look(web, config, name)
    try:
        async with asyncio.timeout(PATIENCE):
            await look.enter(app_token)
            await look.around()
    except (Unreachable, TokenRefused) as trouble:
        look.broken_off(str(trouble))
    except TimeoutError:
        look.broken_off(f"it took more than {PATIENCE:.0f} seconds")
    return Examined(name, tuple(look.found), look.identity, look.channels)


class _Look:
    """What has been found so far; it may break off at any call."""

    def __init__(self, web: AsyncWebClient, config: Config, name: str) -> None:
        self.found: list[Finding] = []
        self.identity: Identity | None = None
        self.channels: dict[str, ChannelFacts] = {}
        self._web = web
        self._name = name
        self._settings = config.connections[name]
        self._needs = needs(config, name)
        self._handle = ""
        self._is_in = False

    async def enter(self, app_token: str) -> None:
        """Use both tokens once."""
        wrong = login.wrong_kind(self._name, APP, app_token)
        self._add(wrong or await login.open_door(self._name, self._web, app_token))
        wrong = login.wrong_kind(self._name, BOT, self._web.token or "")
        entered = wrong or await login.log_in(self._name, self._web)
        if isinstance(entered, Login):
            self._greet(entered, app_token)
        else:
            self._add(entered)
        self._is_in = True

    def _greet(self, entered: Login, app_token: str) -> None:
        self.identity, self._handle = entered.identity, entered.handle
        text = f"the bot is @{entered.handle} in {entered.workspace} ({entered.identity.team})"
        self._add(Finding(part_of(self._name), Verdict.RIGHT, text))
        self._add(login.other_app(self._name, entered.identity, app_token))
        self.found += login.scope_findings(self._name, entered.scopes, self._needs)

    async def around(self) -> None:
        """Look at what the configuration names."""
        if self.identity is None:
            return
        guide = places.Guide(self._name, self._settings, self._needs, self._handle)
        for channel in self._needs.channels:
            try:
                facts = await places.facts_of(self._web, channel)
            except Refused as refused:
                self._add(places.absence(guide, channel, refused))
            else:
                self.channels[channel] = facts
                self.found += places.findings(guide, facts)
        for group in self._needs.groups:
            self._add(await roles.look_at_group(self._name, self._web, group))
        for person in self._needs.people:
            self._add(await roles.look_at_person(self._name, self._web, person))

    def broken_off(self, why: str) -> None:
        """Before the bot was let in, nothing can work; after that, only the look is not whole."""
        text = f"the look at {self._web.base_url} broke off: {why}"
        self._add(Finding(part_of(self._name), Verdict.LOOK if self._is_in else Verdict.MEND, text))

    def _add(self, finding: Finding | None) -> None:
        if finding:
            self.found.append(finding)
