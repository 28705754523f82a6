"""The client of discord.py, built but not started, so that whoever wants may run it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, cast

import discord
import structlog
from aiohttp import TCPConnector, hdrs
from discord.gateway import KeepAliveHandler
from yarl import URL

from adapters.discord.calls import Refused, SlowDown, Unreachable, call
from adapters.discord.log import keep_quiet
from bot.config import Connection
from bot.errors import NotConnected, reason

if TYPE_CHECKING:
    from aiohttp import ClientRequest, ClientTimeout
    from aiohttp.connector import Connection as Wire
    from aiohttp.tracing import Trace

LONGEST_WAIT = 10.0
"""Seconds that discord.py may sleep for a rate limit, which it does inside the call that used up
what was left; for more, the queue waits, and holds up nobody else."""
FINISH_SECONDS = 3.0
"""How long the end waits for what was heard before it."""
RESERVE = 50
"""IDENTIFYs of the day that are left alone: the last one of 1,000 resets the token
(docs.discord.com/developers/events/gateway#rate-limiting)."""
_API = URL("https://discord.com/api/v10")
_GATEWAY = "gateway.discord.gg"

log = structlog.get_logger()


class Wires(TCPConnector):
    """Takes what is meant for Discord to `api`, and to the gateway that is named there. discord.py
    has both addresses as attributes of classes, the same for every client of a process; this is
    the one place that all traffic of one client passes."""

    def __init__(self, api: str) -> None:
        super().__init__(limit=0)
        self._api = URL(api)
        self.gateway: URL | None = None

    async def connect(
        self,
        req: "ClientRequest",
        traces: "list[Trace]",
        timeout: "ClientTimeout",  # noqa: ASYNC109 - aiohttp's signature
    ) -> "Wire":
        """A connection for one request."""
        there = self._there(req.url)
        if there.host != req.url.host or there.port != req.url.port:
            req.url = there
            req.headers[hdrs.HOST] = there.authority
        return await super().connect(req, traces, timeout)

    def _there(self, url: URL) -> URL:
        if url.host == _API.host:
            rest = url.raw_path.removeprefix(_API.raw_path)
            path = f"{self._api.raw_path.rstrip('/')}{rest}"
            return self._api.with_path(path, encoded=True).with_query(url.query)
        if url.host == _GATEWAY and self.gateway is not None:
            return self.gateway.with_query(url.query)
        return url


class Login(discord.Client):
    """One login: it remembers guilds, channels and roles, but neither messages nor members."""

    def __init__(self, intents: discord.Intents, wires: Wires | None, ready_seconds: float) -> None:
        super().__init__(
            intents=intents,
            connector=wires,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            guild_ready_timeout=ready_seconds,
        )
        self.http.max_ratelimit_timeout = LONGEST_WAIT  # as an option it is no less than 30
        self._wires = wires
        self._busy: set[asyncio.Task[Any]] = set()

    async def setup_hook(self) -> None:
        """Before the gateway: where it is, and whether IDENTIFY is still safe today."""
        url = await self._admitted()
        if self._wires and url.host != _GATEWAY:
            self._wires.gateway = url

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Before every IDENTIFY after the first, too: discord.py repeats them every five seconds
        for as long as Discord calls the session invalid."""
        await super().before_identify_hook(shard_id, initial=initial)
        if not initial:
            await self._admitted()

    async def _admitted(self) -> URL:
        """Where the gateway is; NotConnected when Discord does not tell, or when another IDENTIFY
        would be one of the day's last."""
        try:
            answer = await call(self, "GET", "/gateway/bot")
        except (Refused, SlowDown, Unreachable) as error:
            raise NotConnected(f"Discord does not tell where its gateway is ({error})") from None
        left = int(answer["session_start_limit"]["remaining"])
        if left < RESERVE:
            raise NotConnected(
                f"only {left} logins are left today, and the last one would reset the token. "
                "Find out what starts the bot again and again; tomorrow it goes on by itself."
            )
        return URL(str(answer["url"]))

    async def close(self) -> None:
        """A gateway that was left before IDENTIFY is closed too: discord.py forgets its heartbeat,
        a thread of its own (discord/gateway.py:DiscordWebSocket.from_client)."""
        for thread in threading.enumerate():
            if isinstance(thread, KeepAliveHandler) and thread.ws._connection is self._connection:
                thread.stop()
        await super().close()

    def hear(self, name: str, handler: Callable[..., Awaitable[None]]) -> None:
        """Call `handler` for discord.py's event `name`, such as `raw_reaction_add`."""
        setattr(self, f"on_{name}", self.minded(handler))

    def minded(self, handler: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        """The same, and `finish` waits for it."""

        async def heard(*given: Any) -> None:  # noqa: ANN401 - discord.py's
            task = cast("asyncio.Task[Any]", asyncio.current_task())
            self._busy.add(task)
            try:
                await handler(*given)
            finally:
                self._busy.discard(task)

        return heard

    async def finish(self) -> None:
        """Return once what was heard is dealt with: discord.py gives every event a task, and ends
        none of them. What takes too long is given up."""
        await asyncio.sleep(0)  # those that have just been made begin
        if not self._busy:
            return
        _, hanging = await asyncio.wait(self._busy, timeout=FINISH_SECONDS)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - discord.py's
        """An event that could not be dealt with, without what it said."""
        del args, kwargs
        log.exception("event_not_heard", kind=event_method)


def build_client(
    settings: Connection, intents: discord.Intents, ready_seconds: float = 2.0
) -> Login:
    """A client for a connection, not started: `await client.start(token)` does. Inside a running
    loop; it waits `ready_seconds` for one more guild before it is ready."""
    keep_quiet()
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak
    wires = Wires(settings.api_url) if settings.api_url else None
    return Login(intents, wires, ready_seconds)


async def run_client(client: Login, token: str) -> None:
    """Until it is cancelled; NotConnected when Discord does not let us in."""
    try:
        if client.application_id is None:
            await client.login(token)
        await client.connect()
    except discord.LoginFailure:
        raise NotConnected(REFUSED) from None
    except discord.PrivilegedIntentsRequired:
        raise NotConnected(
            "an intent is not switched on. Open discord.com/developers/applications, your app, "
            "Bot, and switch on Message Content Intent."
        ) from None
    except discord.ConnectionClosed as closed:
        refused = closed.code == 4004
        why = REFUSED if refused else f"Discord closed the gateway (code {closed.code})"
        raise NotConnected(why) from None
    except (discord.HTTPException, discord.GatewayNotFound, OSError) as error:
        raise NotConnected(f"Discord cannot be reached ({reason(error)})") from None
    finally:
        await client.finish()
        await client.close()


REFUSED = (
    "Discord does not take the token any more. Open discord.com/developers/applications, your app, "
    "Bot, Reset Token, and set it in the environment."
)
"""What to do about a token that is refused."""
