"""Socket Mode, the wire: one-time addresses, `hello`, pings, `disconnect` frames.

docs.slack.dev/apis/events-api/using-socket-mode and
docs.slack.dev/reference/methods/apps.connections.open.
"""

import asyncio
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

from aiohttp import WSMsgType, web

from tests.changes import Changes
from tests.clock import Clock
from tests.slack.elements import Json
from tests.slack.rules import Rules

Reason = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]
CLOSING_SECONDS = 10.0
"""Between the warning and the end of a socket, about."""


class Socket:
    """One open websocket. A `deaf` one looks open: no pong comes, and nothing arrives."""

    def __init__(self, wire: web.WebSocketResponse, request: web.Request) -> None:
        self._wire = wire
        self._request = request
        self.deaf = False

    async def send(self, frame: Json) -> None:
        """A frame to the app; a dying socket loses it."""
        if not self.deaf:
            with suppress(ConnectionError):
                await self._wire.send_str(json.dumps(frame))

    async def close(self) -> None:
        """End it in order."""
        await self._wire.close()

    def kill(self) -> None:
        """Cut it, with no goodbye."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def listen(self, heard: Callable[[Json], None]) -> None:
        """Pass on what the app says until it is gone."""
        async for message in self._wire:
            if message.type is WSMsgType.PING and not self.deaf:
                with suppress(ConnectionError):
                    await self._wire.pong(message.data)
            elif message.type is WSMsgType.TEXT and not self.deaf:
                heard(json.loads(message.data))


class Sockets:
    """The open websockets of one app; payloads go to any one of them, in turn. `refused` counts
    handshakes that failed."""

    def __init__(self, app_id: str, rules: Rules, clock: Clock, changes: Changes) -> None:
        self._app_id = app_id
        self._rules, self._clock, self._changes = rules, clock, changes
        self._tickets: set[str] = set()
        self._spoiled = 0
        self._turn = 0
        self._ends: set[asyncio.Task[None]] = set()
        self.open: list[Socket] = []
        self.refused = 0

    def issue(self) -> str:
        """The query of a new address, good for one handshake unless it was to be spoiled."""
        ticket = secrets.token_hex(8)
        if self._spoiled:
            self._spoiled -= 1
        else:
            self._tickets.add(ticket)
        return f"ticket={ticket}&app_id={self._app_id}"

    def spoil_next_url(self, times: int = 1) -> None:
        """The next addresses given out will refuse the handshake, however often it is tried."""
        self._spoiled = times

    async def serve(
        self, request: web.Request, heard: Callable[[Json], None]
    ) -> web.StreamResponse:
        """A websocket from handshake to end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            self.refused += 1
            self._changes.happened()
            raise web.HTTPForbidden(text="this address was used, or never worked")
        self._tickets.remove(ticket)
        wire = web.WebSocketResponse(autoping=False, timeout=1.0)
        await wire.prepare(request)
        socket = Socket(wire, request)
        if len(self.open) >= self._rules.websockets:
            await self._end(socket, "too_many_websockets")
            return wire
        await self._hello(socket)
        self.open.append(socket)
        self._changes.happened()
        try:
            await socket.listen(heard)
        finally:
            self.open.remove(socket)
            self._changes.happened()
        return wire

    async def _hello(self, socket: Socket) -> None:
        await socket.send(
            {
                "type": "hello",
                "num_connections": len(self.open) + 1,
                "debug_info": {"host": "loopback", "approximate_connection_time": 18060},
                "connection_info": {"app_id": self._app_id},
            }
        )

    def next(self) -> Socket | None:
        """The one whose turn it is; None when none is open."""
        if not self.open:
            return None
        self._turn += 1
        return self.open[self._turn % len(self.open)]

    async def disconnect(self, reason: Reason, which: int | None = None) -> None:
        """Tell one or all that they end; after a warning they stay for 10 s."""
        for socket in self.open if which is None else [self.open[which]]:
            if reason == "warning":
                await socket.send(_disconnect(reason))
                self._later(socket)
            else:
                await self._end(socket, reason)

    def kill(self, which: int | None = None) -> None:
        """Cut one or all, with no goodbye."""
        for socket in self.open if which is None else [self.open[which]]:
            socket.kill()

    def _later(self, socket: Socket) -> None:
        over = self._clock.now() + CLOSING_SECONDS

        async def end() -> None:
            await self._clock.reach(over)
            await socket.close()

        task = asyncio.create_task(end())
        self._ends.add(task)
        task.add_done_callback(self._ends.discard)

    async def _end(self, socket: Socket, reason: Reason) -> None:
        await socket.send(_disconnect(reason))
        task = asyncio.create_task(socket.close())
        self._ends.add(task)
        task.add_done_callback(self._ends.discard)

    async def aclose(self) -> None:
        """Let go of everything."""
        ends = list(self._ends)
        for task in ends:
            task.cancel()
        await asyncio.gather(*ends, return_exceptions=True)
        for socket in list(self.open):
            await socket.close()


def _disconnect(reason: Reason) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}}
