"""`soundingboard backup FILE`: a whole copy, while the bot runs."""

import argparse
import asyncio
from pathlib import Path

from bot.config import Config
from storage.backup import back_up


async def backup(config: Config, _folder: Path, options: argparse.Namespace) -> int:
    """Copy the database to a new file that only its owner may read."""
    size = await asyncio.to_thread(back_up, config.storage.url.get_secret_value(), options.file)
    print(f"The backup is in {options.file} ({size / 1_000_000:,.1f} MB).")
    return 0
