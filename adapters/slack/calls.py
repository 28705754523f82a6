"""Calls whose failures are told in a few words: for looking around, not for delivering."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import reason

Call = Callable[..., Awaitable[AsyncSlackResponse]]
LONGEST_WAIT = 30.0
"""Seconds that Slack may ask to wait for; after more, or a second time, it is given up."""


class Refused(Exception):
    """Slack answered no; `code` is its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreachable(Exception):
    """There was no answer of Slack's; the text says what came instead."""


async def ask(call: Call, **arguments: str) -> AsyncSlackResponse:
    """What Slack answers, after one wait if it asks for that; else Refused or Unreachable."""
    try:
        return await _once(call, arguments)
    except _Wait as wait:
        await asyncio.sleep(wait.seconds)
    try:
        return await _once(call, arguments)
    except _Wait:
        raise Unreachable("Slack asks us to slow down again and again") from None


class _Wait(Exception):
    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


async def _once(call: Call, arguments: dict[str, str]) -> AsyncSlackResponse:
    try:
        return await call(**arguments)
    except SlackApiError as error:
        raise _meaning(error) from None
    except (aiohttp.ClientError, OSError) as error:  # a timeout is an OSError
        raise Unreachable(f"no answer from Slack ({reason(error)})") from None


def _meaning(error: SlackApiError) -> Exception:
    """An answer that is no JSON leaves slack_sdk with something else, or nothing, as its data."""
    answer: Any = error.response
    status = getattr(answer, "status_code", None) or getattr(answer, "status", "?")
    data = getattr(answer, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    if status == 429 or code == "ratelimited":
        seconds = _seconds(answer.headers.get("Retry-After"))
        if seconds > LONGEST_WAIT:
            return Unreachable(f"Slack asks us to wait for {seconds:.0f} seconds")
        return _Wait(seconds)
    if not code:
        return Unreachable(f"what answers is not Slack, or not well (HTTP status {status})")
    return Refused(str(code))


def _seconds(header: str | None) -> float:
    return float(header) if header and header.isdecimal() else 1.0
