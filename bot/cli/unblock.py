"""`soundingboard unblock 12`: the author of an idea may suggest again."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.parts import opened
from bot.config import Config


async def unblock(config: Config, _folder: Path, options: argparse.Namespace) -> int:
    """Lift the block on the author of an idea; exit code 1 when there was none."""
    now = datetime.now(UTC)
    async with opened(config) as database, database.transaction() as store:
        idea = await store.idea(options.number)
        if idea is None or idea.author is None:
            print(f"There is no idea #{options.number} with an author.", file=sys.stderr)
            return 1
        if not await store.block_author(idea.number, False, now):
            print(f"{idea.author_name} was not blocked.", file=sys.stderr)
            return 1
        await store.audit("unblocked_author", idea.number, None, now)
        print(f"{idea.author_name} may suggest ideas again.")
    return 0
