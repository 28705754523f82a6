"""A fresh community for each flow; afterwards every event comes again, backwards."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import playground_config
from storage.database import open_database
from tests.community import Community


@pytest.fixture
async def community(tmp_path: Path) -> AsyncIterator[Community]:
    """Ana, Ben, Chloé and Dmitri are members, Mo moderates, Pia and Paul are the product team."""
    config = playground_config(tmp_path)
    database = await open_database(config.storage.url.get_secret_value())
    community = Community(config, database, tmp_path / "soundingboard.sqlite")
    yield community
    await community.again_backwards()
    await database.close()
