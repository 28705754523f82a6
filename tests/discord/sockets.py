"""The gateway, the wire: frames in and out of one websocket, compressed as the client asked.

docs.discord.com/developers/events/gateway#transport-compression: with `compress=zlib-stream` every
message ends in a sync flush of one stream per connection.
"""

import asyncio
import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

Json = dict[str, Any]


class Socket:
    """One open websocket. A `deaf` one looks open: nothing arrives, and nothing is answered."""

    def __init__(self, wire: web.WebSocketResponse, request: web.Request) -> None:
        self._wire, self._request = wire, request
        self._zlib = request.query.get("compress") == "zlib-stream"
        self._stream = zlib.compressobj()
        self._frames: asyncio.Queue[Json | bytes | int] = asyncio.Queue()
        self._heard: Callable[[Json], None] | None = None
        self.deaf = False
        self.closed_with: int | None = None

    def send(self, frame: Json) -> None:
        """A frame to the client, after those before it; a dying socket loses it."""
        self._frames.put_nowait(frame)

    def mark(self, word: bytes) -> None:
        """Have `marked` called with this word once the client has read all that was sent: it
        answers a websocket ping only after the frames before it. Asking for a heartbeat (op 1)
        would tell the same, but discord.py counts its answers as sends, of which it allows itself
        110 a minute."""
        self._frames.put_nowait(word)

    def close(self, code: int) -> None:
        """End it in order, after all that was sent."""
        self._frames.put_nowait(code)

    def kill(self) -> None:
        """Cut it, with no goodbye."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def serve(self, heard: Callable[[Json], None], marked: Callable[[bytes], None]) -> None:
        """Pass on what the client says until it is gone."""
        writing = asyncio.create_task(self._write())
        try:
            async for message in self._wire:
                if self.deaf:
                    continue
                if message.type is WSMsgType.TEXT:
                    heard(json.loads(message.data))
                elif message.type is WSMsgType.PONG:
                    marked(bytes(message.data))
                elif message.type is WSMsgType.PING:
                    await self._wire.pong(message.data)
        finally:
            self.closed_with = self.closed_with or self._wire.close_code
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)

    async def _write(self) -> None:
        with suppress(ConnectionError):
            while True:
                frame = await self._frames.get()
                if isinstance(frame, int):
                    self.closed_with = frame
                    await self._wire.close(code=frame)
                    return
                if self.deaf:
                    continue
                if isinstance(frame, bytes):
                    await self._wire.ping(frame)
                else:
                    await self._put(json.dumps(frame))

    async def _put(self, text: str) -> None:
        if not self._zlib:
            await self._wire.send_str(text)
            return
        packed = self._stream.compress(text.encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)
        await self._wire.send_bytes(packed)
