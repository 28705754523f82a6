"""What Discord tells once is told to the bot until it takes it.

Nothing is delivered a second time while the gateway's session goes on: a database that is locked
for a moment would cost a vote, an answer or a deletion. Telling the same thing again is harmless.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.errors import Forgotten, reason

AGAIN_SECONDS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
"""Pauses before it is told again; after the last it is given up."""

log = structlog.get_logger()


async def until_taken(tell: Callable[[], Awaitable[None]], pauses: Sequence[float]) -> None:
    """Tell it, again after each pause as long as that fails; the last failure is raised. What
    comes while the bot stops is for the next start to look up."""
    for pause in pauses:
        try:
            return await tell()
        except Forgotten:
            return None
        except Exception as error:  # the dispatch has logged its own
            log.warning("told_again", in_seconds=pause, error=reason(error))
        await asyncio.sleep(pause)
    return await tell()
