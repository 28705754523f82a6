"""The whole bot between two workspaces of our Slack: a community's and the company's own.

Everything is real but Slack and the passing of time: what the queue holds is delivered when a test
lets time pass.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from aiohttp import ClientSession

from adapters.slack.adapter import SlackAdapter
from adapters.slack.listener import ANSWER_SECONDS
from adapters.slack.manifest import manifest
from adapters.slack.text import message_text
from bot.cli.parts import Bot
from bot.config import Config, parse
from bot.dispatch import menu_of
from bot.ports import Adapter, Database
from handlers.routes import ROUTES
from tests.adapters.running import RunningBot
from tests.clock import Clock as SlackTime
from tests.slack.manifests import declared
from tests.slack.model import Channel, Message
from tests.slack.person import Person
from tests.slack.screen import Ephemeral, View
from tests.slack.server import SlackServer, running_slack
from tests.slack.workspace import Workspace


@dataclass(frozen=True)
class SlackClock:
    """The port `Clock` on the time of our Slack."""

    time: SlackTime

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.time.now(), UTC)

    def move_to(self, moment: datetime) -> None:
        self.time.advance(max(0.0, moment.timestamp() - self.time.now()))


@dataclass
class Company:
    """Ana and Ben are customers, Mo moderates, Pia decides. Ideas go from #ideas to #inbox;
    moderators meet in #moderators."""

    server: SlackServer
    customers: Workspace
    office: Workspace
    ana: Person
    ben: Person
    mo: Person
    pia: Person
    general: Channel
    ideas: Channel
    inbox: Channel
    watch: Channel
    clock: SlackClock
    folder: Path
    answer: float = ANSWER_SECONDS
    adapters: dict[str, SlackAdapter] = field(default_factory=dict)
    _running: RunningBot | None = None

    @property
    def tokens(self) -> dict[str, str]:
        """The environment in which the configuration is read."""
        return {
            "CUSTOMERS_BOT": self.customers.bot_token,
            "CUSTOMERS_APP": self.customers.app_token,
            "OFFICE_BOT": self.office.bot_token,
            "OFFICE_APP": self.office.app_token,
        }

    @cached_property
    def config(self) -> Config:
        text = (self.folder / "config.toml").read_text("utf-8")
        return parse(text, self.tokens, self.folder)

    @property
    def running(self) -> RunningBot:
        """The bot."""
        assert self._running
        return self._running

    @property
    def session(self) -> ClientSession:
        return self.running.session

    @property
    def bot(self) -> Bot:
        return self.running.bot

    @property
    def database(self) -> Database:
        return self.running.database

    async def start(self) -> None:
        """The bot begins, or begins again."""
        self._running = await RunningBot.start(self.config, self.clock, self._adapters)
        for workspace in (self.customers, self.office):
            await workspace.connected(2)

    def _adapters(self, session: ClientSession) -> Mapping[str, Adapter]:
        self.adapters = {
            name: SlackAdapter(name, self.config, session, self.clock, answer=self.answer)
            for name in self.config.connections
        }
        return self.adapters

    async def stop(self) -> None:
        """The bot ends; what it has queued stays."""
        await self.running.stop()

    async def restart(self) -> None:
        """It ends, and another one begins with what was kept."""
        await self.stop()
        await self.start()

    async def pass_time(self, seconds: float = 5.0) -> None:
        """What was said is heard, and what is due within so many seconds happens at its time."""
        await self.running.pass_time(seconds, self._settled)

    async def _settled(self) -> None:
        await self.customers.settled()
        await self.office.settled()

    async def modal(self, person: Person) -> View:
        """The modal in front of somebody, once there is one."""
        await self.customers.until(lambda: person.screen.view)
        assert person.screen.view
        return person.screen.view

    async def notice(self, person: Person) -> Ephemeral:
        """The last private notice that somebody sees, once there is one."""
        await self.customers.until(lambda: person.screen.ephemerals)
        return person.screen.ephemerals[-1]

    def card(self, channel: Channel, title: str) -> Message:
        """The bot's card with this title in a channel."""
        workspace = self.customers if channel.id in self.customers.team.channels else self.office
        cards = [one for one in workspace.messages(channel) if title in one.text]
        assert cards, [one.text for one in workspace.messages(channel)]
        return cards[-1]

    def assert_clean(self) -> None:
        """Nothing that was sent would be refused by Slack."""
        self.customers.assert_clean()
        self.office.assert_clean()


@asynccontextmanager
async def open_company(
    folder: Path,
    more: str = "",
    rest: str = "",
    answer: float = ANSWER_SECONDS,
    *,
    digest: bool = False,
) -> AsyncIterator[Company]:
    """A company whose bot runs until the block ends. `more` are keys of the customers' connection,
    where `%(ideas)s` and `%(watch)s` are the ids of #ideas and #moderators; `rest` is the end of
    the configuration; `digest`: the inbox gets one."""
    async with running_slack() as server:
        company = found(server, folder, more, rest, digest=digest)
        company.answer = answer
        await company.start()
        try:
            yield company
        finally:
            await company.stop()


def found(
    server: SlackServer, folder: Path, more: str = "", rest: str = "", *, digest: bool = False
) -> Company:
    """The two workspaces and who is in them; the configuration is in the folder, too."""
    customers, office = server.add_workspace("Customers"), server.add_workspace("Office")
    ana, ben, mo = (customers.add_user(name) for name in ("Ana", "Ben", "Mo"))
    pia = office.add_user("Pia")
    watch = customers.add_channel("moderators", [mo], private=True)
    company = Company(
        server,
        customers,
        office,
        ana,
        ben,
        mo,
        pia,
        general=customers.add_channel("general", [ana, ben, mo]),
        ideas=customers.add_channel("ideas", [ana, ben, mo]),
        inbox=office.add_channel("inbox", [pia], private=True),
        watch=watch,
        clock=SlackClock(server.clock),
        folder=folder,
    )
    text = _configuration(company, more, rest, digest=digest)
    (folder / "config.toml").write_text(text, "utf-8")
    for name, workspace in (("customers", customers), ("office", office)):
        declared(workspace.team.app, manifest(company.config, name, menu_of(ROUTES)))
    return company


def _configuration(company: Company, more: str, rest: str, *, digest: bool) -> str:
    inbox = f"office/{company.inbox.id}"
    more %= {"ideas": company.ideas.id, "watch": company.watch.id}
    return f"""
        [storage]
        url = "sqlite:///board.sqlite"
        [connections.customers]
        platform = "slack"
        bot_token = "$CUSTOMERS_BOT"
        app_token = "$CUSTOMERS_APP"
        api_url = "{company.server.api_url}"
        listen = ["{company.general.id}", "{company.ideas.id}"]
        board = "{company.ideas.id}"
        moderators = ["{company.mo.id}"]
        {more}
        [connections.office]
        platform = "slack"
        bot_token = "$OFFICE_BOT"
        app_token = "$OFFICE_APP"
        api_url = "{company.server.api_url}"
        product_team = ["{company.pia.id}"]
        [product]
        inbox = "{inbox}"
        [digest]
        to = {[inbox] if digest else []}
        [web]
        port = 0
        {rest}
        """


def words_of(view: View) -> str:
    """What a modal or the bot's own page says."""
    return message_text({"blocks": view.blocks})
