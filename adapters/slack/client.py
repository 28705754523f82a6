"""The way to Slack's Web API, for the adapter and for `soundingboard check` alike."""

from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.log import LIBRARY
from bot.config import Connection

CALL_SECONDS = 30.0
"""How long a call may take, a file included. slack_sdk sets no limit in a session that is not its
own."""


def open_session() -> aiohttp.ClientSession:
    """The one session that a connection's calls share; whoever opens it closes it."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_SECONDS))


def open_web(settings: Connection, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client with the bot token. It repeats nothing by itself: after a broken connection,
    slack_sdk would post a message a second time."""
    token = settings.bot_token
    web = AsyncWebClient(
        token=token.get_secret_value() if token else None,
        base_url=settings.api_url or AsyncWebClient.BASE_URL,
        session=session,
        logger=LIBRARY,
        retry_handlers=[],
    )
    # Whenever it is given none, slack_sdk takes a proxy from the environment.
    web.proxy = proxy_for(web.base_url)
    return web


def proxy_for(url: str) -> str | None:
    """The environment's proxy for an address, or None. slack_sdk would ignore NO_PROXY, and ask a
    proxy even for this machine."""
    host = urlsplit(url).hostname or ""
    if _is_loopback(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    return proxies.get("https") or proxies.get("http")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
