"""Calls whose failures are told in a few words: for looking around, not for delivering."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import Forgotten, reason

Call = Callable[..., Awaitable[AsyncSlackResponse]]
Argument = str | int | bool | bytes | Mapping[str, Any] | None
LONGEST_WAIT = 30.0
"""Seconds that Slack may ask to wait for; after more, or a second time, it is given up."""


class Refused(Exception):
    """Slack answered no; `code` is its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreachable(Exception):
    """There was no answer of Slack's; the text says what came instead."""


class SlowDown(Exception):
    """Slack asks to wait for `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


async def ask(call: Call, **arguments: Argument) -> AsyncSlackResponse:
    """What Slack answers, after one wait if it asks for that; else Refused or Unreachable."""
    try:
        return await ask_once(call, **arguments)
    except SlowDown as wait:
        if wait.seconds > LONGEST_WAIT:
            raise Unreachable(f"Slack asks us to wait for {wait.seconds:.0f} seconds") from None
        await asyncio.sleep(wait.seconds)
    try:
        return await ask_once(call, **arguments)
    except SlowDown:
        raise Unreachable("Slack asks us to slow down again and again") from None


async def ask_once(call: Call, **arguments: Argument) -> AsyncSlackResponse:
    """What Slack answers; else Refused, SlowDown or Unreachable."""
    try:
        return await call(**arguments)
    except SlackApiError as error:
        raise _meaning(error) from None
    except SlackClientError as error:  # a file that was not taken
        raise Unreachable(f"Slack did not take it ({reason(error)})") from None
    except (aiohttp.ClientError, OSError) as error:  # a timeout is an OSError
        raise Unreachable(f"no answer from Slack ({reason(error)})") from None


async def tell(hook: AsyncWebhookClient, body: dict[str, Any]) -> None:
    """Send something through a `response_url`; Forgotten once it has expired."""
    try:
        answer = await hook.send_dict(body)
    except (aiohttp.ClientError, OSError) as error:
        raise Unreachable(f"no answer from Slack ({reason(error)})") from None
    status = answer.status_code
    if status == 429 or status >= 500:
        raise Unreachable(f"Slack does not take an answer now (HTTP status {status})")
    if status != 200:
        raise Forgotten(f"Slack takes no more answers there (HTTP status {status})")


def _meaning(error: SlackApiError) -> Exception:
    """An answer that is no JSON leaves slack_sdk with something else, or nothing, as its data."""
    answer: Any = error.response
    status = getattr(answer, "status_code", None) or getattr(answer, "status", "?")
    data = getattr(answer, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    if status == 429 or code == "ratelimited":
        return SlowDown(_seconds(answer.headers.get("Retry-After")))
    if not code:
        return Unreachable(f"what answers is not Slack, or not well (HTTP status {status})")
    return Refused(str(code))


def _seconds(header: str | None) -> float:
    return float(header) if header and header.isdecimal() else 1.0
