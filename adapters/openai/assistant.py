"""The port `Assistant` for any server that speaks OpenAI's chat completions."""

import asyncio
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import openai
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion

from bot.config import Assistant
from bot.errors import NoAnswer
from bot.prompts import Prompt, Reply

REPEAT_SECONDS = 0.5
"""Before the one repeat that may help."""
_WAITED_FOR = 3.0
"""Seconds: a `Retry-After` beyond that is not sat out, somebody waits."""
_TOO_LONG = re.compile(r"context_length|above_max_length|context (?:length|window|size)|too long")

for _name in ("openai", "httpx2"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # OPENAI_LOG=debug would log what is sent


@dataclass(frozen=True, slots=True)
class _Way:
    """How to ask: by schema or by our instructions alone, and how the answer's size is named."""

    schema: bool
    size: str

    def options(self, prompt: Prompt) -> dict[str, Any]:
        """The request's options in which servers differ."""
        options: dict[str, Any] = {self.size: prompt.answer_tokens}
        if self.schema:
            form = {"name": prompt.name, "strict": True, "schema": dict(prompt.schema)}
            options["response_format"] = {"type": "json_schema", "json_schema": form}
        return options


# Reasoning models refuse `max_tokens`; servers of before know nothing else.
_WAYS = (
    _Way(schema=True, size="max_completion_tokens"),
    _Way(schema=True, size="max_tokens"),
    _Way(schema=False, size="max_completion_tokens"),
    _Way(schema=False, size="max_tokens"),
)


class OpenAIAssistant:
    """Asks in the way the server was found to understand."""

    def __init__(self, settings: Assistant, repeat_seconds: float = REPEAT_SECONDS) -> None:
        self._model = settings.model
        self._repeat_seconds = repeat_seconds
        self._way = 0
        self._client = AsyncOpenAI(
            base_url=settings.base_url,
            api_key=settings.api_key.get_secret_value(),
            timeout=settings.timeout,
            max_retries=0,  # the library would repeat after a timeout, and sleep for two minutes
        )

    async def aclose(self) -> None:
        """Let go of every connection."""
        await self._client.close()

    async def ask(self, prompt: Prompt) -> Reply:
        """What it answers; NoAnswer when it does not."""
        try:
            return _reply(await self._understood(prompt))
        except openai.APIError as error:
            raise _no_answer(error) from error
        except ValueError:  # the library reads what calls itself JSON as it is, whole or not
            raise NoAnswer("garbled", "no_choices") from None

    async def _understood(self, prompt: Prompt) -> ChatCompletion:
        """In the first way the server does not refuse, from the one that worked last."""
        for way in range(self._way, len(_WAYS)):
            try:
                answer = await self._repeated(prompt, _WAYS[way])
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if not _is_about_the_way(error) or way == len(_WAYS) - 1:
                    raise
            else:
                self._way = way
                return answer
        raise AssertionError("the last way raises")

    async def _repeated(self, prompt: Prompt, way: _Way) -> ChatCompletion:
        """Once more where that may help: a lost connection, a server's error, a short wait."""
        try:
            return await self._send(prompt, way)
        except openai.APIError as error:
            pause = self._pause(error)
            if pause is None:
                raise
        await asyncio.sleep(pause)
        return await self._send(prompt, way)

    async def _send(self, prompt: Prompt, way: _Way) -> ChatCompletion:
        answer: ChatCompletion = await self._client.chat.completions.create(
            model=self._model,
            messages=[
                {"role": "system", "content": prompt.instructions},
                {"role": "user", "content": prompt.material},
            ],
            **way.options(prompt),
        )
        return answer

    def _pause(self, error: openai.APIError) -> float | None:
        match error:
            case openai.APITimeoutError():
                return None
            case openai.APIConnectionError() | openai.InternalServerError():
                return self._repeat_seconds
            case openai.RateLimitError():
                asked_for = _retry_after(error)
                short = asked_for is not None and asked_for <= _WAITED_FOR
                return asked_for if short and error.code != "insufficient_quota" else None
            case _:
                return None


def _is_about_the_way(error: openai.APIStatusError) -> bool:
    """Not about the prompt itself, which no other way would mend."""
    return not _is_too_long(error) and error.code != "content_filter"


def _is_too_long(error: openai.APIStatusError) -> bool:
    """OpenAI has a code for it; vLLM and llama.cpp say so in words."""
    said = f"{error.code} {error.message}".casefold()
    return error.status_code == 413 or _TOO_LONG.search(said) is not None


def _reply(answer: ChatCompletion) -> Reply:
    """The text of an answer. Nothing of it can be relied on: the library checks no response, and
    hands on a page of HTML as a `str`."""
    choices = getattr(answer, "choices", None)
    if not isinstance(choices, list) or not choices or choices[0] is None:
        raise NoAnswer("garbled", "no_choices")
    choice = choices[0]
    message = getattr(choice, "message", None)
    filtered = getattr(choice, "finish_reason", None) == "content_filter"
    if filtered or getattr(message, "refusal", None):
        raise NoAnswer("refused")
    text = getattr(message, "content", None)
    if not isinstance(text, str) or not text.strip():
        raise NoAnswer("garbled", "no_content")
    usage = getattr(answer, "usage", None)
    return Reply(text, _count(usage, "prompt_tokens"), _count(usage, "completion_tokens"))


def _count(usage: object, name: str) -> int | None:
    value = getattr(usage, name, None)
    return value if isinstance(value, int) and value >= 0 else None


def _no_answer(error: openai.APIError) -> NoAnswer:
    """What it means for us: never the server's words, which may quote people's."""
    match error:
        case openai.APITimeoutError():
            return NoAnswer("slow")
        case openai.RateLimitError():
            rest = None if error.code == "insufficient_quota" else _retry_after(error)
            why = "misconfigured" if error.code == "insufficient_quota" else "busy"
            return NoAnswer(why, "429", rest)
        case openai.InternalServerError():
            return NoAnswer("unreachable", str(error.status_code), _retry_after(error))
        case openai.APIStatusError(status_code=400 | 413 | 422) if _is_too_long(error):
            return NoAnswer("too_long", str(error.status_code))
        case openai.APIStatusError(status_code=401 | 403 | 404):
            return NoAnswer("misconfigured", str(error.status_code))
        case openai.APIStatusError():
            return NoAnswer("refused", str(error.status_code))
        case _:
            return NoAnswer("unreachable")


def _retry_after(error: openai.APIStatusError) -> float | None:
    """Seconds; a date is left out, the breaker's own rest will do."""
    headers: Mapping[str, str] = error.response.headers
    try:
        seconds = float(headers.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None
