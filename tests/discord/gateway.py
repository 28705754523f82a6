"""The gateway, the promises: HELLO, IDENTIFY, heartbeats, RESUME with replay, invalid sessions.

docs.discord.com/developers/events/gateway and /topics/opcodes-and-status-codes#gateway. A session
lives on while its socket is gone, unless the client closed with 1000 or 1001, and is told what it
missed when it resumes.
"""

import secrets
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from aiohttp import web

from tests.changes import Changes
from tests.clock import Clock
from tests.discord.events import Event, guild_created
from tests.discord.model import App, Guild, Intent
from tests.discord.payloads import shown_user
from tests.discord.rules import Rules
from tests.discord.sessions import Session
from tests.discord.sockets import Socket

Json = dict[str, Any]
PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT
DAY = 24 * 60 * 60.0


class Gateway:
    """Every session of the app."""

    def __init__(
        self,
        app: App,
        rules: Rules,
        clock: Clock,
        changes: Changes,
        guilds: Callable[[], Iterator[Guild]],
        problem: Callable[[str], None],
    ) -> None:
        self._app, self._rules, self._clock, self._changes = app, rules, clock, changes
        self._guilds, self._problem = guilds, problem
        self._identified: deque[float] = deque()
        self._held: list[Event] | None = None
        self._deaf_from_now = False
        self.sessions: dict[str, Session] = {}
        self.sockets: list[Socket] = []
        self.identifies = 0
        self.heartbeats = 0
        self.url = ""

    # ── what the world does to it ──
    @property
    def open(self) -> list[Session]:
        """The sessions with somebody at the other end."""
        return [session for session in self.sessions.values() if session.socket]

    def announce(self, events: list[Event]) -> None:
        """Tell every session whose intents cover it."""
        if self._held is not None:
            self._held += events
            return
        for session in self.sessions.values():
            for event in events:
                if not event.intent or session.intents & event.intent:
                    session.tell(event.name, event.body(session.intents))
        self._changes.happened()

    def hold(self) -> None:
        """Tell nothing from now on."""
        self._held = []

    def reverse(self) -> None:
        """Tell what is held in the opposite order."""
        (self._held or []).reverse()

    def release(self) -> None:
        """Tell what was held."""
        held, self._held = self._held or [], None
        self.announce(held)

    async def read(self, seconds: float | None = None) -> None:
        """Return once whoever is there has read what they were told until now."""
        for session in self.open:
            session.mark()
        told = [(one, len(one.told)) for one in self.sessions.values()]
        await self._changes.until(lambda: all(one.has_read(much) for one, much in told), seconds)

    # ── what a test does to it ──
    def kill(self) -> None:
        """Cut every socket, with no goodbye; the sessions can be resumed."""
        for socket in self.sockets:
            socket.kill()

    def close(self, code: int) -> None:
        """Close every socket with a code: 4000 to be resumed, 4009 (timed out) not."""
        if code in (4003, 4007, 4009):
            self.forget()
        for socket in self.sockets:
            socket.close(code)

    def reconnect(self) -> None:
        """Op 7: ask everybody to come back and resume."""
        for session in self.open:
            session.send(7, None)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Op 9. When it is not resumable the sessions are gone, and what they missed with them."""
        for session in self.open:
            session.send(9, resumable)
        if not resumable:
            self.forget()

    def forget(self) -> None:
        """Whoever comes to resume finds the session gone."""
        self.sessions.clear()

    def deafen(self) -> None:
        """The sockets look open, but nothing is acknowledged any more: zombies."""
        for socket in self.sockets:
            socket.deaf = True

    # ── what the client says ──
    async def serve(self, request: web.Request) -> web.StreamResponse:
        """A websocket from HELLO to its end."""
        wire = web.WebSocketResponse(autoping=False, max_msg_size=0)
        await wire.prepare(request)
        socket = Socket(wire, request)
        self.sockets.append(socket)
        interval = int(self._rules.heartbeat_seconds * 1_000)
        socket.send({"op": 10, "d": {"heartbeat_interval": interval, "_trace": ["loopback"]}})
        sends: deque[float] = deque()
        try:
            await socket.serve(lambda frame: self._heard(socket, frame, sends), self._marked)
        finally:
            self.sockets.remove(socket)
            self._gone(socket)
        return wire

    def _heard(self, socket: Socket, frame: Json, sends: deque[float]) -> None:
        opcode, body = frame.get("op"), frame.get("d")
        if opcode == 1:
            self.heartbeats += 1
            socket.send({"op": 11, "d": None})
            self._changes.happened()
            return
        if self._too_many(sends):
            self._problem("gateway: more frames than a connection may send (4008)")
            socket.close(4008)
        elif opcode == 2 and isinstance(body, dict):
            self._identify(socket, body)
        elif opcode == 6 and isinstance(body, dict):
            self._resume(socket, body)
        elif opcode not in (3, 4):
            self._problem(f"gateway: our Discord does not know opcode {opcode}")
            socket.close(4001)

    def _too_many(self, sends: deque[float]) -> bool:
        now, allowed = self._clock.now(), self._rules.gateway_sends
        while sends and now - sends[0] >= allowed.seconds:
            sends.popleft()
        sends.append(now)
        return len(sends) > allowed.calls

    def _identify(self, socket: Socket, body: Json) -> None:
        self.identifies += 1
        intents = body.get("intents", 0)
        if not self._budget() or body.get("token") != self._app.token:
            socket.close(4004)
        elif not isinstance(intents, int) or intents >= 1 << 26:
            socket.close(4013)
        elif intents & PRIVILEGED & ~self._app.portal:
            socket.close(4014)
        else:
            session = Session(secrets.token_hex(16), intents, socket)
            self.sessions[session.id] = session
            self._welcome(session)
        self._changes.happened()

    def _budget(self) -> bool:
        """Whether this IDENTIFY is within the day's; one too many resets the token."""
        self._identified.append(self._clock.now())
        if self._today() <= self._rules.identifies_a_day:
            return True
        self._problem("gateway: more IDENTIFYs than a day has; the token was reset")
        self._app.token = secrets.token_hex(16)
        return False

    @property
    def remaining(self) -> int:
        """IDENTIFYs left today, as `/gateway/bot` says."""
        return max(0, self._rules.identifies_a_day - self._today())

    def _today(self) -> int:
        """IDENTIFYs of the last day."""
        now, past = self._clock.now(), self._identified
        while past and now - past[0] >= DAY:
            past.popleft()
        return len(past)

    def _welcome(self, session: Session) -> None:
        guilds = list(self._guilds())
        unavailable = [{"id": guild.id, "unavailable": True} for guild in guilds]
        ready = {
            "v": 10,
            "user": shown_user(self._app.bot) | {"mfa_enabled": False, "verified": True},
            "guilds": unavailable,
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": self._app.id, "flags": 0},
        }
        session.tell("READY", ready)
        if session.intents & Intent.GUILDS:
            for guild in guilds:
                event = guild_created(guild, self._app.bot)
                session.tell(event.name, event.body(session.intents))
        session.mark()

    def _resume(self, socket: Socket, body: Json) -> None:
        session = self.sessions.get(str(body.get("session_id")))
        seen = body.get("seq")
        if body.get("token") != self._app.token:
            socket.close(4004)
        elif session is None or not isinstance(seen, int) or seen > len(session.told):
            socket.send({"op": 9, "d": False})
        else:
            session.socket, session.resumes = socket, session.resumes + 1
            for frame in session.told[seen:]:
                socket.send(frame)
            session.tell("RESUMED", {})
            session.mark()
        self._changes.happened()

    def _marked(self, word: bytes) -> None:
        name, _, sequence = word.decode().partition(" ")
        if session := self.sessions.get(name):
            session.read = max(session.read, int(sequence))
            self._changes.happened()

    def _gone(self, socket: Socket) -> None:
        for session in self.open:
            if session.socket is socket:
                session.socket = None
                if socket.closed_with in (1000, 1001):
                    del self.sessions[session.id]
        self._changes.happened()
