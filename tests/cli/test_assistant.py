"""The model is there when it is configured, and only then."""

from contextlib import AsyncExitStack
from pathlib import Path

from adapters.openai.assistant import OpenAIAssistant
from bot.cli.run import _assistant
from bot.config import parse, playground_config

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
