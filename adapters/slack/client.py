"""The way to Slack's Web API, for the adapter and for `soundingboard check` alike."""

import asyncio
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.calls import TOKEN_REFUSED, TokenRefused, word_of
from adapters.slack.log import LIBRARY
from bot.config import Connection

CALL_SECONDS = 30.0
"""How long a call may take, a file included. slack_sdk sets no limit in a session that is not its
own."""


class Web(AsyncWebClient):
    """A client whose every call notices that the bot token is refused: then `lost` is set."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - slack_sdk's
        super().__init__(**settings)
        self.lost = asyncio.Event()

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:  # noqa: ANN401
        """As slack_sdk has it; and TokenRefused."""
        try:
            return await super().api_call(api_method, **arguments)
        except SlackApiError as error:
            code = word_of(error)
            # That one call is made with the app token.
            if code not in TOKEN_REFUSED or api_method == "apps.connections.open":
                raise
            self.lost.set()
            raise TokenRefused(code) from None


def open_session() -> aiohttp.ClientSession:
    """The one session that a connection's calls share; whoever opens it closes it."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_SECONDS))


def open_web(settings: Connection, session: aiohttp.ClientSession) -> Web:
    """A client with the bot token. It repeats nothing by itself: after a broken connection,
    slack_sdk would post a message a second time."""
    token = settings.bot_token
    web = Web(
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
