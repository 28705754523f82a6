from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.playground.world import Hands, RecordingBot, World, browsing, opened, running


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    hands, bot = Hands(), RecordingBot()
    async with (
        opened(tmp_path, hands) as adapter,
        running(adapter, bot),
        browsing(adapter) as (browser, url),
    ):
        yield World(adapter, bot, hands, browser, url, tmp_path)
