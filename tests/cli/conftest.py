"""A folder that the command line finds a board in."""

from pathlib import Path

import pytest

from bot.config import playground_config
from storage.database import open_database
from tests.community import Community


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """Ana has suggested #1, Ben supports it, and Mo has blocked Ana."""
    data = tmp_path / "soundingboard-data"
    data.mkdir()
    config = playground_config(data)
    database = await open_database(config.storage.url.get_secret_value())
    community = Community(config, database, data / "soundingboard.sqlite")
    await community.suggest("ana", "Dark mode", body="Something private")
    await community.press("ben", "vote:1")
    await community.press("mo", "block:1")
    await database.close()
    return tmp_path
