"""Calls whose failures are told in a few words."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, TypeVar

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import Forgotten, NotConnected, reason

Found = TypeVar("Found")
Call = Callable[..., Awaitable[AsyncSlackResponse]]
Argument = str | int | bool | bytes | Mapping[str, Any] | None
LONGEST_WAIT = 30.0
"""Seconds that Slack may ask to wait for; after more, or a second time, it is given up."""
LOOK_SECONDS = 0.7
"""How long what somebody does may wait for something to be looked up: Slack waits for three seconds
in all."""
TOKEN_REFUSED = frozenset(
    "invalid_auth not_authed account_inactive token_revoked token_expired".split()
)
"""Slack's words for a token that is no good any more."""
_PASSING = frozenset(
    "fatal_error internal_error request_timeout service_unavailable rate_limited ratelimited "
    "message_limit_exceeded team_added_to_org external_channel_migrating".split()
)
"""Its words for a trouble of its own (docs.slack.dev/reference/methods/chat.postMessage#errors)."""

log = structlog.get_logger()


class Refused(Exception):
    """Slack answered no; `code` is its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TokenRefused(NotConnected):
    """Slack does not take the bot token any more; `code` is its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Slack does not take the bot token any more ({code})")
        self.code = code


class Unreachable(Exception):
    """There was no answer of Slack's; the text says what came instead."""


class SlowDown(Unreachable):
    """Slack asks to wait for `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Slack asks us to wait for {seconds:.0f} seconds")
        self.seconds = seconds


async def ask(call: Call, **arguments: Argument) -> AsyncSlackResponse:
    """What Slack answers, after one wait if it asks for that; else Refused, Unreachable or
    TokenRefused."""
    try:
        return await ask_once(call, **arguments)
    except SlowDown as wait:
        if wait.seconds > LONGEST_WAIT:
            raise
        await asyncio.sleep(wait.seconds)
    return await ask_once(call, **arguments)


async def ask_once(call: Call, **arguments: Argument) -> AsyncSlackResponse:
    """What Slack answers; else Refused, SlowDown, Unreachable or TokenRefused."""
    try:
        return await call(**arguments)
    except SlackApiError as error:
        raise _meaning(error) from None
    except SlackClientError as error:  # a file that was not taken
        raise Unreachable(f"Slack did not take it ({reason(error)})") from None
    except (aiohttp.ClientError, OSError) as error:  # a timeout is an OSError
        raise Unreachable(f"no answer from Slack ({reason(error)})") from None


async def pages(
    page_at: Callable[[str], Awaitable[AsyncSlackResponse]],
) -> AsyncIterator[AsyncSlackResponse]:
    """Every page of what Slack tells in pages, each by the cursor that the last one gave."""
    cursor = ""
    while True:
        page = await page_at(cursor)
        yield page
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


async def in_time(look: Awaitable[Found], otherwise: Found, **about: str) -> Found:
    """What there is to see, or `otherwise` when Slack does not show it at once."""
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            return await look
    except (TimeoutError, Unreachable, NotConnected) as error:
        log.warning("not_looked_up", error=type(error).__name__, **about)
        return otherwise


async def tell(hook: AsyncWebhookClient, body: dict[str, Any]) -> None:
    """Send something through a `response_url`; Forgotten once it has expired."""
    try:
        answer = await hook.send_dict(body)
    except (aiohttp.ClientError, OSError) as error:
        raise Unreachable(f"no answer from Slack ({reason(error)})") from None
    status = answer.status_code
    if status == 429:
        raise SlowDown(_seconds(answer.headers.get("Retry-After")))
    if status >= 500:
        raise Unreachable(f"Slack does not take an answer now (HTTP status {status})")
    if status != 200:
        raise Forgotten(f"Slack takes no more answers there (HTTP status {status})")


def word_of(error: SlackApiError) -> str | None:
    """Slack's word for why not; an answer that is no JSON leaves slack_sdk with something else, or
    nothing, as its data."""
    data = getattr(error.response, "data", None)
    return data.get("error") if isinstance(data, dict) else None


def _meaning(error: SlackApiError) -> Exception:
    answer: Any = error.response
    status = getattr(answer, "status_code", None) or getattr(answer, "status", "?")
    code = word_of(error)
    if status == 429 or code == "ratelimited":
        return SlowDown(_seconds(answer.headers.get("Retry-After")))
    if not code:
        return Unreachable(f"what answers is not Slack, or not well (HTTP status {status})")
    if code in _PASSING:
        return Unreachable(f"Slack cannot do it now ({code})")
    return Refused(str(code))


def _seconds(header: str | None) -> float:
    return float(header) if header and header.isdecimal() else 1.0
