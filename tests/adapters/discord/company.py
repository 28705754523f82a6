"""The whole bot between a community on our Discord and the company's own workspace on our Slack.

Everything is real but the two platforms and the passing of time: what the queue holds is delivered
when a test lets time pass.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import ClientSession

from adapters.discord.adapter import DiscordAdapter
from adapters.discord.again import AGAIN_SECONDS
from adapters.discord.listener import ANSWER_SECONDS
from adapters.slack.adapter import SlackAdapter
from adapters.slack.manifest import manifest
from bot.cli.parts import Bot
from bot.config import Config, parse
from bot.dispatch import menu_of
from bot.ports import Adapter, Database
from handlers.routes import ROUTES
from tests.adapters.discord.pings import assert_only_ours
from tests.adapters.running import RunningBot
from tests.clock import Clock
from tests.discord.community import Community
from tests.discord.model import Channel, Intent, Message
from tests.discord.person import Person
from tests.discord.server import DiscordServer, running_discord
from tests.slack.manifests import declared
from tests.slack.model import Channel as SlackChannel
from tests.slack.model import Message as SlackMessage
from tests.slack.person import Person as Colleague
from tests.slack.screen import View
from tests.slack.server import SlackServer, running_slack
from tests.slack.workspace import Workspace


@dataclass(frozen=True)
class BothClocks:
    """The port `Clock` on the time of our Discord, with which our Slack's goes along."""

    time: Clock
    slack: Clock

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.time.now(), UTC)

    def move_to(self, moment: datetime) -> None:
        seconds = max(0.0, moment.timestamp() - self.time.now())
        self.time.advance(seconds)
        self.slack.advance(seconds)


@dataclass
class Company:
    """Ana and Ben are fans, Mo moderates, Pia decides in the office. Ideas go from #ideas on
    Discord to #inbox on Slack; #talk is listened to as well, #lounge is not.

    The other way round, ideas of #wishes on Slack, where Pia moderates, go to #product on Discord,
    which is hidden from all but Dora. Moderators meet in #moderators.
    """

    server: DiscordServer
    slack: SlackServer
    fans: Community
    office: Workspace
    config: Config
    ana: Person
    ben: Person
    mo: Person
    dora: Person
    pia: Colleague
    talk: Channel
    ideas: Channel
    lounge: Channel
    forum: Channel
    product: Channel
    watch: Channel
    inbox: SlackChannel
    wishes: SlackChannel
    clock: BothClocks
    answer: float = ANSWER_SECONDS
    again: Sequence[float] = AGAIN_SECONDS
    _discord: DiscordAdapter | None = None
    _running: RunningBot | None = None

    @property
    def running(self) -> RunningBot:
        """The bot."""
        assert self._running
        return self._running

    @property
    def bot(self) -> Bot:
        return self.running.bot

    @property
    def database(self) -> Database:
        return self.running.database

    @property
    def discord(self) -> DiscordAdapter:
        """The community's connection."""
        assert self._discord
        return self._discord

    async def pias_form(self) -> View:
        """The modal in front of Pia, once there is one."""
        await self.office.until(lambda: self.pia.screen.view)
        assert self.pia.screen.view
        return self.pia.screen.view

    async def start(self) -> None:
        """The bot begins, or begins again."""
        self._running = await RunningBot.start(self.config, self.clock, self._adapters)
        await self.office.connected(2)
        await self.server.connected()
        await self.caught_up()

    def _adapters(self, session: ClientSession) -> Mapping[str, Adapter]:
        self._discord = DiscordAdapter(
            "fans",
            self.config,
            ROUTES,
            self.clock,
            answer=self.answer,
            ready_seconds=0,
            again=self.again,
        )
        office = SlackAdapter("office", self.config, session, self.clock)
        return {"fans": self._discord, "office": office}

    async def stop(self) -> None:
        """The bot ends; what it has queued stays."""
        await self.running.stop()

    async def restart(self) -> None:
        """It ends, and another one begins with what was kept."""
        await self.stop()
        await self.start()

    async def ended(self, seconds: float = 5.0) -> None:
        """Once the community's connection has ended by itself."""
        async with asyncio.timeout(seconds):
            await asyncio.wait([self.running.tasks["fans"]])

    async def resumed(self) -> None:
        """Once the gateway's session goes on."""
        sessions = self.server.gateway.sessions.values
        await self.server.until(lambda: any(one.resumes and one.socket for one in sessions()))
        await self.server.connected()

    async def caught_up(self, seconds: float = 5.0) -> None:
        """Once the bot has looked at the board and the forums again in this session."""
        async with asyncio.timeout(seconds):
            await self.discord.current.wait()

    async def pass_time(self, seconds: float = 5.0) -> None:
        """What was said is heard, and what is due within so many seconds happens at its time."""
        await self.running.pass_time(seconds, self._settled)

    async def _settled(self) -> None:
        await self.server.settled()
        await self.office.settled()

    def card(self, channel: Channel, title: str) -> Message:
        """The bot's card with this title in a channel on Discord."""
        cards = [one for one in self.server.messages(channel) if title in words_of(one)]
        assert cards, [words_of(one) for one in self.server.messages(channel)]
        return cards[-1]

    def inbox_card(self, title: str) -> SlackMessage:
        """The card with this title in the office."""
        cards = [one for one in self.office.messages(self.inbox) if title in one.text]
        assert cards, [one.text for one in self.office.messages(self.inbox)]
        return cards[-1]

    def wish_card(self, title: str) -> SlackMessage:
        """The card with this title on the board on Slack."""
        cards = [one for one in self.office.messages(self.wishes) if title in one.text]
        assert cards, [one.text for one in self.office.messages(self.wishes)]
        return cards[0]

    def option_of(self, command: str) -> str:
        """The first option of a command, as it was registered."""
        body = next(one.body for one in self.server.app.commands if one.name == command)
        return str(body["options"][0]["name"])

    def directs(self, person: Person) -> list[str]:
        """What the bot told somebody directly."""
        return [words_of(one) for one in self.server.directs(person) if one.author.bot]

    def assert_clean(self) -> None:
        """Nothing that was sent would be refused, or pings anybody but whom it means."""
        self.server.assert_clean()
        assert_only_ours(self.server.calls)
        self.office.assert_clean()


@asynccontextmanager
async def open_company(
    folder: Path,
    more: str = "",
    rest: str = "",
    answer: float = ANSWER_SECONDS,
    portal: int = Intent.MESSAGE_CONTENT,
    *,
    office: str = "",
    other_way: bool = False,
) -> AsyncIterator[Company]:
    """A company whose bot runs until the block ends. `more` are keys of the community's connection,
    where `%(forum)s`, `%(talk)s` and `%(watch)s` are the ids of the forum, #talk and #moderators;
    `office` of the company's own, `rest` is the end of the configuration, in which INBOX stands for
    the product team's; `other_way`: it is decided on Discord."""
    async with running_discord(portal=portal) as server, running_slack() as slack:
        company = _found(server, slack, folder, more, rest, office, other_way=other_way)
        company.answer = answer
        await company.start()
        await server.until(lambda: server.app.commands)
        try:
            yield company
            company.assert_clean()
        finally:
            await company.stop()


def _found(
    server: DiscordServer,
    slack: SlackServer,
    folder: Path,
    more: str,
    rest: str,
    own: str,
    *,
    other_way: bool,
) -> Company:
    fans, office = server.add_community("Fans"), slack.add_workspace("Office")
    moderators = fans.add_role("Moderators")
    ana, ben, mo = fans.add_user("Ana"), fans.add_user("Ben"), fans.add_user("Mo", moderators)
    dora, pia = fans.add_user("Dora"), office.add_user("Pia")
    talk, ideas, lounge = (fans.add_channel(name) for name in ("talk", "ideas", "lounge"))
    forum = fans.add_forum("suggestions", tags=("Planned", "Shipped", "Declined"))
    product = fans.add_private_channel("product", dora)
    watch = fans.add_private_channel("moderators", moderators)
    more %= {"forum": forum.id, "talk": talk.id, "watch": watch.id}
    inbox = office.add_channel("inbox", [pia], private=True)
    wishes = office.add_channel("wishes", [pia])
    there = f"fans/{product.id}" if other_way else f"office/{inbox.id}"
    text = f"""
        [storage]
        url = "sqlite:///board.sqlite"
        [connections.fans]
        platform = "discord"
        token = "$FANS_TOKEN"
        api_url = "{server.api_url}"
        guilds = ["{fans.id}"]
        listen = ["{talk.id}", "{ideas.id}", "{forum.id}"]
        board = "{ideas.id}"
        moderators = ["{moderators.id}"]
        {more}
        [connections.office]
        platform = "slack"
        bot_token = "$OFFICE_BOT"
        app_token = "$OFFICE_APP"
        api_url = "{slack.api_url}"
        listen = ["{wishes.id}"]
        board = "{wishes.id}"
        moderators = ["{pia.id}"]
        product_team = ["{pia.id}"]
        {own}
        [product]
        inbox = "{there}"
        {rest.replace("INBOX", there)}
        """
    tokens = {
        "FANS_TOKEN": server.token,
        "OFFICE_BOT": office.bot_token,
        "OFFICE_APP": office.app_token,
    }
    config = parse(text, tokens, folder)
    declared(office.team.app, manifest(config, "office", menu_of(ROUTES)))
    clock = BothClocks(server.clock, slack.clock)
    return Company(
        server, slack, fans, office, config, ana, ben, mo, dora, pia, talk, ideas, lounge, forum,
        product, watch, inbox, wishes, clock,
    )  # fmt: skip


def words_of(message: Message) -> str:
    """What a message on Discord says, embeds included."""
    words = [message.content]
    for embed in message.embeds:
        words += [embed.get("title", ""), embed.get("description", "")]
        words += [f"{one['name']}: {one['value']}" for one in embed.get("fields", ())]
        words.append((embed.get("footer") or {}).get("text", ""))
    return "\n".join(word for word in words if word)
