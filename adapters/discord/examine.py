"""A look at a connection, at a start and for `soundingboard check`: what is right, what to do."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import discord

from adapters.discord import places, roles
from adapters.discord.calls import Refused, SlowDown, Unreachable, call
from adapters.discord.facts import ChannelFacts, Examined, Identity
from adapters.discord.needs import needs
from adapters.discord.standing import Standing, everyone
from bot.config import Config
from bot.errors import NotConnected, reason
from bot.findings import Finding, Verdict, part_of

Json = Mapping[str, Any]

PATIENCE = 60.0
"""Seconds that the whole look may take."""
_READS = discord.ApplicationFlags(
    gateway_message_content=True, gateway_message_content_limited=True
).value
_MEMBER = "/guilds/{guild_id}/members/{member_id}"
_PORTAL = "Open discord.com/developers/applications, your app, Bot"
_WITHOUT = (
    "Message Content Intent is not asked for, since `listen` names no channel: reactions make no "
    "ideas of messages, forum posts are left alone, and threads cannot be summarised. Commands, "
    "forms, buttons, message menus, votes and direct messages work."
)


async def examine(client: discord.Client, config: Config, name: str) -> Examined:
    """Log in, and look at every server, configured channel, role and person. Whatever Discord or
    the network does is a finding. The client stays open, and is its owner's to close."""
    look = _Look(client, config, name)
    try:
        async with asyncio.timeout(PATIENCE):
            await look.enter()
            await look.around()
    except Unreachable as trouble:
        look.broken_off(str(trouble))
    except SlowDown as wait:
        look.broken_off(f"Discord asks to wait for {wait.seconds:.0f} seconds")
    except Refused as refused:  # the bot was removed a moment ago
        look.broken_off(f"Discord refused ({refused})")
    except TimeoutError:
        look.broken_off(f"it took more than {PATIENCE:.0f} seconds")
    return Examined(name, tuple(look.found), look.identity, look.channels)


class _Look:
    """What has been found so far; it may break off at any call."""

    def __init__(self, client: discord.Client, config: Config, name: str) -> None:
        self.found: list[Finding] = []
        self.identity: Identity | None = None
        self.channels: dict[str, ChannelFacts] = {}
        self._client = client
        self._name = name
        self._settings = config.connections[name]
        self._needs = needs(config, name)
        self._guilds: dict[str, Json] = {}

    async def enter(self) -> None:
        """Use the token once, unless it is in use already."""
        try:
            if self._client.application_id is None:
                await self._client.login(self._token)
            app: Json = await self._get("/applications/@me")
        except (discord.LoginFailure, Refused):
            text = f"connections.{self._name}.token: Discord does not take it. {_PORTAL}, Reset "
            self._login(Verdict.MEND, f"{text}Token, and set it in the environment.")
            return
        except NotConnected as trouble:
            self._login(Verdict.MEND, str(trouble))
            return
        except (discord.HTTPException, OSError) as error:
            raise Unreachable(f"no answer from Discord ({reason(error)})") from None
        reads = bool(int(app.get("flags") or 0) & _READS)
        application, bot = str(app["id"]), str(app["bot"]["id"])
        self.identity = Identity(application, bot, app["name"], bool(app["bot_public"]), reads)
        self._greet(self.identity)

    def _greet(self, identity: Identity) -> None:
        self._login(Verdict.RIGHT, f"the bot is {identity.name} ({identity.bot_user})")
        if self._needs.content and not identity.reads:
            for_what = self._needs.intents["message_content"]
            self._login(
                Verdict.MEND,
                f"Message Content Intent is not switched on ({for_what}). {_PORTAL}, and switch it "
                "on; or take `listen` away and do without.",
            )
        elif not self._needs.content:
            self._login(Verdict.RIGHT, _WITHOUT)
        if identity.public and not self._settings.guilds:
            self._login(
                Verdict.LOOK,
                f"anybody may add the bot to a server, and `guilds` names none. {_PORTAL}, and "
                "switch Public Bot off, or name your servers.",
            )

    async def around(self) -> None:
        """Look at what the configuration names."""
        if self.identity is None:
            return
        joined = {str(one["id"]) for one in await self._get("/users/@me/guilds")}
        wanted = self._settings.guilds
        if not joined:
            self._login(Verdict.MEND, f"the bot is on no server. {self._invite}")
        for guild in (one for one in wanted if joined and one not in joined):
            text = f"the bot is not on this server, or the id is wrong. {self._invite}"
            self.found.append(Finding(f"{self._name}/{guild}", Verdict.MEND, text))
        for number in sorted(joined & set(wanted) if wanted else joined):
            await self._visit(number, self.identity)
        if self._guilds:
            await self._look_at_channels()
            for named in self._needs.named:
                self.found.append(await self._look_at(named))

    async def _visit(self, number: str, identity: Identity) -> None:
        """A server, the channels of it that are configured, and how the bot stands there."""
        guild: Json = await self._get("/guilds/{guild_id}", number)
        self._guilds[number] = guild
        channels = await self._get("/guilds/{guild_id}/channels", number)
        member: Json = await self._get(_MEMBER, number, identity.bot_user)
        bot = Standing(guild, identity.bot_user, frozenset(member["roles"]))
        part = f"{self._name}/{number}"
        if discord.Permissions(bot.at_large).administrator:
            text = f"{guild['name']}: the bot is administrator, which is more than it needs"
            self.found.append(Finding(part, Verdict.LOOK, f"{text}. {self._invite}"))
        else:
            self.found.append(Finding(part, Verdict.RIGHT, f"{guild['name']}: the bot is there"))
        for channel in channels:
            if channel["id"] in self._needs.channels:
                self.channels[channel["id"]] = _facts(guild, channel, bot)

    async def _look_at_channels(self) -> None:
        role = self.identity.name if self.identity else ""
        guide = places.Guide(self._name, self._settings, self._needs, role)
        for channel in self._needs.channels:
            facts = self.channels.get(channel)
            if facts is None:
                self.found.append(places.absence(guide, channel))
            else:
                self.found += places.findings(guide, facts)

    async def _look_at(self, named: str) -> Finding:
        person: Json | None = None
        if not roles.is_role(self._guilds.values(), named):
            for number in self._guilds:
                with suppress(Refused):
                    person = (await self._get(_MEMBER, number, named))["user"]
        return roles.finding(self._name, self._guilds.values(), named, person)

    def broken_off(self, why: str) -> None:
        """Before the bot was let in, nothing can work; after that, only the look is not whole."""
        text = f"the look at {self._settings.api_url or 'discord.com'} broke off: {why}"
        self._login(Verdict.LOOK if self.identity else Verdict.MEND, text)

    async def _get(self, path: str, guild: str = "", member: str = "") -> Any:  # noqa: ANN401 - JSON
        return await call(self._client, "GET", path, guild_id=guild, member_id=member)

    @property
    def _token(self) -> str:
        return self._settings.token.get_secret_value() if self._settings.token else ""

    @property
    def _invite(self) -> str:
        return f"Open the link that `soundingboard invite {self._name}` prints."

    def _login(self, verdict: Verdict, text: str) -> None:
        self.found.append(Finding(part_of(self._name), verdict, text))


def _facts(guild: Json, channel: Json, bot: Standing) -> ChannelFacts:
    view = discord.Permissions(view_channel=True).value
    return ChannelFacts(
        id=str(channel["id"]),
        name=str(channel["name"]),
        guild=str(guild["id"]),
        kind=int(channel["type"]),
        closed=not everyone(guild).allowed_in(channel) & view,
        allowed=bot.allowed_in(channel),
    )
