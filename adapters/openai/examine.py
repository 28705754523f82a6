"""A look at the model, for `soundingboard check`: whether the server is there and knows it."""

from collections.abc import Sequence

import openai
from openai import AsyncOpenAI

from adapters.openai.assistant import OpenAIAssistant
from bot.config import Assistant
from bot.errors import NoAnswer
from bot.findings import Finding, Verdict
from bot.prompts import Prompt

PART = "assistant"
_FEW = 5
_SMALL = Prompt("Answer with JSON only: {}", "{}", "check", {"type": "object"}, 16)
_V1 = "does assistant.base_url end as the server's manual says, mostly in /v1?"


async def examine(settings: Assistant) -> Finding:
    """Reads the server's list of models, which costs nothing; where the model is not on it (Azure
    lists no deployments, some servers have no list), a question of a few tokens tells."""
    try:
        listed = await _listed(settings)
    except openai.APIStatusError as error:
        if error.status_code not in (404, 405, 501):
            return _mend(_status(error.status_code))
        listed = []
    except openai.APIConnectionError as error:
        return _mend(_silence(error, settings))
    except ValueError:  # what calls itself JSON and is none
        listed = []
    if settings.model in listed:
        return Finding(PART, Verdict.RIGHT, f"the server has {settings.model}; nothing was asked")
    return await _asked(settings, listed)


async def _listed(settings: Assistant) -> list[str]:
    """Nothing of it can be relied on: `client.models.list()` dies of a page of HTML."""
    client = AsyncOpenAI(
        base_url=settings.base_url,
        api_key=settings.api_key.get_secret_value(),
        timeout=settings.timeout,
        max_retries=0,
    )
    async with client:
        answer = await client.get("/models", cast_to=object)
    data = answer.get("data") if isinstance(answer, dict) else None
    models = data if isinstance(data, list) else []
    names = (model.get("id") for model in models if isinstance(model, dict))
    return sorted(name for name in names if isinstance(name, str))


async def _asked(settings: Assistant, listed: Sequence[str]) -> Finding:
    assistant = OpenAIAssistant(settings)
    try:
        await assistant.ask(_SMALL)
    except NoAnswer as failure:
        if not _is_an_answer(failure):
            return _mend(_why(failure, settings, listed))
    finally:
        await assistant.aclose()
    return Finding(PART, Verdict.RIGHT, f"{settings.model} answers")


def _is_an_answer(failure: NoAnswer) -> bool:
    """A model that thinks first has no room for a word; one that refuses is there, too."""
    return failure.code == "no_content" or (failure.why, failure.code) == ("refused", "")


def _why(failure: NoAnswer, settings: Assistant, listed: Sequence[str]) -> str:
    if failure.code == "no_choices":
        return f"what answers does not speak OpenAI's interface: {_V1}"
    if failure.code in ("400", "404", "422"):
        if not listed:
            return f"the server has no such model, or no such address ({failure.code}): {_V1}"
        shown = ", ".join(listed[:_FEW]) + (f" (+{len(listed) - _FEW})" if listed[_FEW:] else "")
        return f"the server does not know assistant.model {settings.model}; it has {shown}"
    if failure.code.isdecimal():
        return _status(int(failure.code))
    return f"no answer from {settings.model} within {settings.timeout:g} seconds"


def _status(code: int) -> str:
    if code in (401, 403):
        return f"the server refuses the key ({code}): see assistant.api_key"
    if code == 429:
        return f"the server takes no more for now ({code}): too many questions, or nothing paid for"
    return f"the server is in trouble ({code}); summaries are made of people's own words meanwhile"


def _silence(error: openai.APIConnectionError, settings: Assistant) -> str:
    if isinstance(error, openai.APITimeoutError):
        return f"no answer from assistant.base_url within {settings.timeout:g} seconds"
    return "nobody is there at assistant.base_url"


def _mend(text: str) -> Finding:
    return Finding(PART, Verdict.MEND, text)
