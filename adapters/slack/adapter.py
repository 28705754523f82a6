"""A Slack workspace as one of the bot's connections: the `Adapter` port over slack-bolt."""

import asyncio
from contextlib import suppress
from datetime import datetime

import aiohttp
import structlog

from adapters.slack.answers import Answers
from adapters.slack.calls import Refused, Unreachable, ask
from adapters.slack.channels import Channels
from adapters.slack.client import Web, open_web
from adapters.slack.examine import examine
from adapters.slack.listener import ANSWER_SECONDS, Listener
from adapters.slack.needs import needs
from adapters.slack.people import People
from adapters.slack.reading import Reading
from adapters.slack.sending import Sender
from adapters.slack.sockets import PATIENCE, Patience, Sockets
from adapters.slack.workspace import Workspace
from bot.config import Config
from bot.errors import NotConnected
from bot.events import ReadMessage
from bot.findings import Verdict
from bot.ports import Clock, Pace, Sending, Sink
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef

PACE = Pace(post_seconds=1.0, edits_per_minute=40, directs_per_minute=40)
"""One post a second in a channel; `chat.update`, and `conversations.open` before each direct
message, are tier 3, 50 a minute for the whole workspace
(https://docs.slack.dev/apis/web-api/rate-limits)."""
LOOK_SECONDS = 60.0
"""How often the token is tried: a revoked one gets no event."""

log = structlog.get_logger()


class _Open:
    """A workspace, and what is done in it for as long as the login holds."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.answers = Answers(workspace)
        self.sender = Sender(workspace, self.answers)
        self.reading = Reading(workspace)
        self.patient_reading = Reading(workspace, patient=True)


class SlackAdapter:
    """One login. An interaction is acknowledged after `answer` seconds at the latest; the token is
    tried every `look` seconds."""

    def __init__(
        self,
        connection: str,
        config: Config,
        session: aiohttp.ClientSession,
        clock: Clock,
        *,
        answer: float = ANSWER_SECONDS,
        look: float = LOOK_SECONDS,
        patience: Patience = PATIENCE,
    ) -> None:
        self._connection = connection
        self._config = config
        self._settings = config.connections[connection]
        self._session = session
        self._clock = clock
        self._patience = patience
        self._answer = answer
        self._look = look
        self._at: _Open | None = None

    @property
    def pace(self) -> Pace:
        """Slack's limits on us."""
        return PACE

    async def workspace(self) -> str:
        """The workspace's id; NotConnected when a token is refused or a scope is missing."""
        if self._at is None:
            self._at = await self._enter()
        return self._at.workspace.identity.team

    async def run(self, sink: Sink) -> None:
        """Receive until cancelled; NotConnected when Slack does not let us any more."""
        at = self._at or await self._enter()
        self._at = at
        listener = Listener(at.workspace, at.reading, at.answers, sink, self._clock, self._answer)
        try:
            async with asyncio.TaskGroup() as tasks:
                web = at.workspace.web
                sockets = Sockets(listener.app(), web, self._app_token, self._patience)
                tasks.create_task(sockets.run())
                tasks.create_task(self._watch(web))
        except* NotConnected as group:
            raise group.exceptions[0] from None
        finally:
            await listener.finish()
            self._at = None

    async def send(
        self, sending: Sending, nonce: str, since: datetime | None = None
    ) -> MessageRef | None:
        """Deliver; what may have been sent before is looked for by its metadata first."""
        return await self._connected.sender.send(sending, nonce, since)

    async def read_message(self, ref: MessageRef) -> ReadMessage | None:
        """A person's message as it is now, or None."""
        return await self._connected.patient_reading.message(ref)

    async def read_thread(self, thread: ThreadRef) -> tuple[ReadMessage, ...] | None:
        """People's messages in a thread, oldest first, or None."""
        return await self._connected.patient_reading.thread(thread)

    async def can_see(self, account: AccountRef, place: ChannelRef | ThreadRef) -> bool:
        """Whether an account may read a channel, and so each thread in it."""
        channel = ChannelRef(place.connection, place.channel)
        return await self._connected.reading.may_see(account, channel)

    @property
    def _connected(self) -> _Open:
        if self._at is None:
            raise NotConnected("not connected")
        return self._at

    @property
    def _app_token(self) -> str:
        token = self._settings.app_token
        return token.get_secret_value() if token else ""

    async def _enter(self) -> _Open:
        """Try the tokens and look around, as `soundingboard check` does."""
        web = open_web(self._settings, self._session)
        found = await examine(web, self._app_token, self._config, self._connection)
        if found.refused or found.identity is None:
            raise NotConnected(found.refused or "Slack did not say who we are")
        for finding in found.findings:
            if finding.verdict is not Verdict.RIGHT:
                log.warning("to_look_at", part=finding.part, text=finding.text)
        channels = Channels(web, found.channels.values())
        wanted = needs(self._config, self._connection)
        workspace = Workspace(
            connection=self._connection,
            settings=self._settings,
            configured=frozenset(wanted.channels),
            identity=found.identity,
            web=web,
            session=self._session,
            people=People(web, self._settings, wanted, channels, found.identity),
            channels=channels,
        )
        return _Open(workspace)

    async def _watch(self, web: Web) -> None:
        """Notice that the token was revoked: Slack tells by an event at best."""
        while not web.lost.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(web.lost.wait(), self._look)
            with suppress(Refused, Unreachable, NotConnected):
                await ask(web.auth_test)
        raise NotConnected(
            "Slack does not take the bot token any more; `soundingboard check` says why"
        )
