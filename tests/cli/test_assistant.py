"""The model is there when it is configured, and only then."""

import asyncio
import re
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from adapters.openai.assistant import OpenAIAssistant
from bot.cli.run import _assistant
from bot.config import parse, playground_config
from tests.adapters.openai.server import failure, model_server
from tests.cli.test_commands import ended

ALONE = """
[product]
inbox = "playground/product"
"""
TOML = """
[connections.playground]
platform = "playground"
[assistant]
base_url = "http://127.0.0.1:1/v1"
api_key = "$KEY"
model = "m-1"
"""


async def test_without_the_table_there_is_no_model() -> None:
    async with AsyncExitStack() as stack:
        assert await _assistant(playground_config(Path("/nowhere")), stack) is None


async def test_with_it_there_is_one_and_it_is_closed_in_the_end() -> None:
    config = parse(TOML, {"KEY": "sk-secret"}, Path("/nowhere"))
    async with AsyncExitStack() as stack:
        assistant = await _assistant(config, stack)
        assert isinstance(assistant, OpenAIAssistant)
        assert not assistant._client.is_closed()
    assert assistant._client.is_closed()


async def test_check_looks_at_it(tmp_path: Path) -> None:
    async with model_server() as server:
        server.models = ["m-1"]
        text = TOML.replace("http://127.0.0.1:1/v1", server.url) + ALONE
        (tmp_path / "config.toml").write_text(text)
        command = partial(ended, tmp_path, "--config", "config.toml", "check", KEY="sk-secret")
        code, said = await asyncio.to_thread(command)
        assert code == 0
        assert re.search(r"right +assistant +the server has m-1; nothing was asked", said)
        server.models = failure(401)
        code, said = await asyncio.to_thread(command)
        assert code == 2
        assert re.search(r"mend +assistant +the server refuses the key", said)
        assert "sk-secret" not in said
