"""Calls to Discord's REST API through discord.py's limiter, their failures told in a few words."""

import asyncio
import io
import json
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
import discord
import structlog
from discord.http import Route

from adapters.discord.limits import LIMITS, Json
from bot.errors import reason

Found = TypeVar("Found")
LOOK_SECONDS = 0.7
"""How long what somebody does may wait for something to be looked up: Discord waits for three
seconds in all."""
NO_TOKEN = 401
"""The status of a refusal because of our token."""
_CLOUDFLARE_SECONDS = 600.0
"""How long an address that is shut out waits when it is not told."""
_NO_ANSWER = (
    aiohttp.ClientError,
    OSError,
    asyncio.IncompleteReadError,
    ValueError,  # what should be JSON is none
    RuntimeError,  # the session is closed, as the connection ends
)

log = structlog.get_logger()


class Refused(Exception):
    """Discord answered no: the HTTP status, and its own code for why (0: it gave none)."""

    def __init__(self, status: int, code: int) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


class Unreachable(Exception):
    """There was no answer of Discord's; the text says what came instead."""


class SlowDown(Exception):
    """Discord asks to wait for `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is sent along; `about` is its description."""

    name: str
    content: bytes
    about: str = ""


async def call(
    client: discord.Client,
    method: str,
    path: str,
    body: Any = None,  # noqa: ANN401 - JSON
    *,
    params: Json | None = None,
    files: Sequence[Upload] = (),
    **names: str,
) -> Any:  # noqa: ANN401 - JSON
    """What Discord answers; `names` fill in the path. Else Refused, SlowDown or Unreachable."""
    more: dict[str, Any] = {"params": params} if params else {}
    if files:
        more |= _with_files(body, files)
    elif body is not None:
        more["json"] = body
    with understood():
        return await client.http.request(Route(method, path, **names), **more)


@contextmanager
def understood() -> Iterator[None]:
    """What discord.py raises in here is Refused, SlowDown or Unreachable."""
    try:
        yield
    except discord.RateLimited as limited:
        raise SlowDown(limited.retry_after) from None
    except discord.HTTPException as error:
        raise _meaning(error) from None
    except _NO_ANSWER as error:
        raise Unreachable(f"no answer from Discord ({reason(error)})") from None


async def in_time(look: Awaitable[Found], otherwise: Found) -> Found:
    """What there is to see, or `otherwise` when Discord does not show it at once."""
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            return await look
    except (TimeoutError, Refused, SlowDown, Unreachable) as error:
        log.warning("not_looked_up", error=type(error).__name__)
        return otherwise


def _with_files(body: Json, files: Sequence[Upload]) -> dict[str, Any]:
    named = [
        {"id": number, "filename": file.name}
        | ({"description": file.about[: LIMITS.file_text]} if file.about else {})
        for number, file in enumerate(files)
    ]
    wrapped = [discord.File(io.BytesIO(file.content), file.name) for file in files]
    form: list[dict[str, Any]] = [
        {"name": "payload_json", "value": json.dumps(body | {"attachments": named})}
    ]
    form += [
        {
            "name": f"files[{number}]",
            "value": file.fp,
            "filename": file.filename,
            "content_type": "application/octet-stream",
        }
        for number, file in enumerate(wrapped)
    ]
    return {"form": form, "files": wrapped}


def _meaning(error: discord.HTTPException) -> Exception:
    if error.status == 429:  # not ours to count: Cloudflare shut us out
        return SlowDown(_seconds(error.response.headers.get("Retry-After", "")))
    if error.status >= 500:
        return Unreachable(f"Discord has trouble (HTTP status {error.status})")
    if error.status == 403 and not error.code:  # Discord's own have a code
        return Unreachable("something on the way to Discord shuts us out (HTTP status 403)")
    return Refused(error.status, error.code)


def _seconds(header: str) -> float:
    try:
        return max(float(header), 0.0)
    except ValueError:
        return _CLOUDFLARE_SECONDS
