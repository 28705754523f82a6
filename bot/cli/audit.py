"""`soundingboard audit 12`: the story of an idea."""

import argparse
import sys
from pathlib import Path

from bot.cli.parts import opened
from bot.config import Config


async def audit(config: Config, _folder: Path, options: argparse.Namespace) -> int:
    """Print every change with its time and who made it; exit code 1 when there is no such idea."""
    async with opened(config) as database, database.reading() as store:
        idea = await store.idea(options.number)
        if idea is None:
            print(f"There is no idea #{options.number}.", file=sys.stderr)
            return 1
        print(f"#{idea.number} {idea.wording.title}")
        for entry in await store.story(options.number):
            who = entry.name or ("the bot" if entry.member is None else "a former member")
            when = entry.at.astimezone(config.zone).strftime("%Y-%m-%d %H:%M")
            print(f"  {when}  {who}: {entry.verb.replace('_', ' ')} {entry.detail}".rstrip())
    return 0
