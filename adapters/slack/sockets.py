"""Socket Mode without gaps: two sockets, each replaced before it closes.

Slack delivers a payload to any one of an app's sockets, at most ten. slack_sdk's client closes a
socket before it opens the next one, and tries a one-time address again after a failed handshake
(slack_sdk/socket_mode/aiohttp); here a client that has had its time is replaced by a new one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import structlog
from slack_bolt.adapter.socket_mode.async_internals import (
    run_async_bolt_app,
    send_async_response,
)
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import proxy_for
from adapters.slack.log import LIBRARY
from bot.errors import NotConnected

SOCKETS = 2


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds. `ping`: a socket that has not answered for four times as long is dead
    (slack_sdk). `opening`: after that a socket is given up, with its one-time address, and the next
    is tried after the first to the longest `back_off`. `lingering`: a socket that Slack said it
    would close is left to it for so long, for what is still on its way. `finishing`: for what is in
    hand."""

    ping: float = 5.0
    opening: float = 15.0
    lingering: float = 12.0
    finishing: float = 3.0
    back_off: tuple[float, float] = (1.0, 30.0)


PATIENCE = Patience()

log = structlog.get_logger()


Send = Callable[[str], Awaitable[None]]


class Socket(SocketModeClient):
    """One socket. Where slack_sdk would mend it, it is `spent`."""

    def __init__(
        self,
        app: AsyncApp,
        web: AsyncWebClient,
        app_token: str,
        patience: Patience,
        elsewhere: Send,
    ) -> None:
        """`elsewhere` sends on another socket: Slack takes an acknowledgement on any of them."""
        super().__init__(app_token, LIBRARY, web, ping_interval=patience.ping)
        self.proxy = proxy_for(web.base_url)
        self.spent = asyncio.Event()
        self.ended = asyncio.Event()
        self._app = app
        self._patience = patience
        self._elsewhere = elsewhere
        self._in_hand: set[asyncio.Task[None] | None] = set()
        self.socket_mode_request_listeners.append(self._handle)

    async def opens(self) -> bool:
        """Whether it can be opened in time; one that cannot is closed again."""
        try:
            async with asyncio.timeout(self._patience.opening):
                await self.connect()  # type: ignore[no-untyped-call]
        except BaseException as error:
            await self.close()  # type: ignore[no-untyped-call]
            if isinstance(error, TimeoutError):
                return False
            raise
        return True

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Slack said `disconnect` (`force`), closed the socket or has not answered pings."""
        self.spent.set()
        if not force:
            self.ended.set()

    async def send_message(self, message: str) -> None:
        """Here, or elsewhere when this socket has just been closed."""
        if not await self.try_to_send(message):
            await self._elsewhere(message)

    async def try_to_send(self, message: str) -> bool:
        """Whether it went out."""
        try:
            await self.current_session.send_str(message)  # type: ignore[union-attr]
        except ConnectionError:
            return False
        return True

    async def _handle(self, _: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        task = asyncio.current_task()
        self._in_hand.add(task)
        try:
            response = await run_async_bolt_app(self._app, request)
            await send_async_response(self, request, response, time.time())
        finally:
            self._in_hand.discard(task)

    async def linger(self) -> None:
        """Until Slack closes it, as it said it would."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.ended.wait(), self._patience.lingering)
        await self.finish()

    async def finish(self) -> None:
        """Acknowledge what is in hand, then close."""
        if tasks := [task for task in self._in_hand if task]:
            await asyncio.wait(tasks, timeout=self._patience.finishing)
        await self.close()  # type: ignore[no-untyped-call]


class Sockets:
    """Keeps two sockets open, as long as one of them can be."""

    def __init__(
        self, app: AsyncApp, web: AsyncWebClient, app_token: str, patience: Patience = PATIENCE
    ) -> None:
        self._app = app
        self._web = web
        self._token = app_token
        self._patience = patience
        self._open: set[Socket] = set()
        self._opened = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled; NotConnected when no socket is open and none can be opened."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for _ in range(SOCKETS):
                    tasks.create_task(self._keep(tasks))
        except* NotConnected as group:
            raise group.exceptions[0] from None
        finally:
            await asyncio.gather(*(socket.finish() for socket in self._open))

    async def _keep(self, tasks: asyncio.TaskGroup) -> None:
        socket = await self._connect()
        while True:
            await socket.spent.wait()
            spent, socket = socket, await self._connect()
            tasks.create_task(self._leave(spent))

    async def _leave(self, spent: Socket) -> None:
        await spent.linger()
        self._open.discard(spent)

    async def _connect(self) -> Socket:
        """A new socket, however long it takes while there is another one."""
        pause, longest = self._patience.back_off
        while True:
            socket = Socket(self._app, self._web, self._token, self._patience, self._send)
            if await socket.opens():
                self._open.add(socket)
                self._opened.set()
                self._opened = asyncio.Event()
                return socket
            if all(other.spent.is_set() for other in self._open):
                raise NotConnected("Slack opens no socket; it will be tried again")
            log.warning("socket_not_opened", again_in_seconds=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, longest)

    async def _send(self, message: str) -> None:
        """On any socket that takes it, once there is one; after a while nobody waits for it. Slack
        then delivers an event again, and tells a person that it did not work."""
        try:
            async with asyncio.timeout(self._patience.finishing):
                while True:
                    opened = self._opened
                    for socket in tuple(self._open):
                        if await socket.try_to_send(message):
                            return
                    await opened.wait()
        except TimeoutError:
            log.warning("not_acknowledged", waited_seconds=self._patience.finishing)
