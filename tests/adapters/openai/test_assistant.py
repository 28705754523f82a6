"""One question to a server, and what becomes of it."""

import subprocess
import sys
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from pydantic import SecretStr

from adapters.openai.assistant import OpenAIAssistant
from bot.config import Assistant
from bot.errors import NoAnswer
from bot.prompts import Prompt, Reply
from tests.adapters.openai.server import Body, ModelServer, as_json, completion, failure

PROMPT = Prompt("Say something.", "zanzibar", "saying", {"type": "object"}, 100)
KEY = SecretStr("sk-secret")


@pytest.fixture
async def assistant(server: ModelServer) -> AsyncIterator[OpenAIAssistant]:
    settings = Assistant(base_url=server.url, api_key=KEY, model="m-1", timeout=0.3)
    assistant = OpenAIAssistant(settings, repeat_seconds=0.0)
    yield assistant
    await assistant.aclose()


async def _why(assistant: OpenAIAssistant) -> NoAnswer:
    with pytest.raises(NoAnswer) as caught:
        await assistant.ask(PROMPT)
    assert "zanzibar" not in str(caught.value)
    return caught.value


async def test_an_answer_comes_with_what_it_took(
    server: ModelServer, assistant: OpenAIAssistant
) -> None:
    server.enqueue(completion('{"a": 1}'))
    assert await assistant.ask(PROMPT) == Reply('{"a": 1}', 900, 50)
    (body,) = server.asked
    assert body["model"] == "m-1"
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert [message["content"] for message in body["messages"]] == ["Say something.", "zanzibar"]
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert body["max_completion_tokens"] == 100
    assert not {"temperature", "tools", "stream", "max_tokens"} & body.keys()
    assert server.keys == ["Bearer sk-secret"]


async def test_a_server_that_knows_no_schema_is_asked_without_from_then_on(
    server: ModelServer, assistant: OpenAIAssistant
) -> None:
    def answer(body: Body) -> web.Response:
        if "response_format" in body:
            return failure(400, message="response_format is not supported")
        return completion("{}")

    server.enqueue(answer)
    await assistant.ask(PROMPT)
    await assistant.ask(PROMPT)
    assert ["response_format" in body for body in server.asked] == [True, True, False, False]


async def test_a_server_that_names_the_size_otherwise_keeps_the_schema(
    server: ModelServer, assistant: OpenAIAssistant
) -> None:
    def answer(body: Body) -> web.Response:
        unknown = "max_completion_tokens" in body
        return failure(422, message="extra field") if unknown else completion("{}")

    server.enqueue(answer)
    await assistant.ask(PROMPT)
    await assistant.ask(PROMPT)
    assert len(server.asked) == 3
    assert "response_format" in server.asked[-1]
    assert server.asked[-1]["max_tokens"] == 100


async def test_a_server_of_before_is_told_the_size_as_it_knows_it(
    server: ModelServer, assistant: OpenAIAssistant
) -> None:
    def answer(body: Body) -> web.Response:
        unknown = {"max_completion_tokens", "response_format"} & body.keys()
        return failure(422, message="unknown field") if unknown else completion("{}")

    server.enqueue(answer)
    assert (await assistant.ask(PROMPT)).text == "{}"
    assert len(server.asked) == 4


async def test_usage_may_be_missing(server: ModelServer, assistant: OpenAIAssistant) -> None:
    said = {"choices": [{"finish_reason": "stop", "message": {"content": "{}"}}]}
    server.enqueue(web.json_response(said))
    assert await assistant.ask(PROMPT) == Reply("{}", None, None)


@pytest.mark.parametrize(
    ("response", "why"),
    [
        (failure(401), "misconfigured"),
        (failure(403), "misconfigured"),
        (failure(404), "misconfigured"),
        (failure(429, "insufficient_quota"), "misconfigured"),
        (failure(429), "busy"),
        (failure(500), "unreachable"),
        (failure(503), "unreachable"),
        (failure(400, "context_length_exceeded"), "too_long"),
        (failure(400, message="This model's maximum context length is 4096 tokens"), "too_long"),
        (failure(413), "too_long"),
        (failure(400, "content_filter"), "refused"),
        (failure(418), "refused"),
        (completion(None, refusal="I would rather not say zanzibar."), "refused"),
        (completion(None, finish_reason="content_filter"), "refused"),
        (completion(None), "garbled"),
        (completion("  "), "garbled"),
        (web.json_response({"choices": []}), "garbled"),
        (web.json_response({"error": {"message": "zanzibar"}}), "garbled"),
        (web.json_response({"choices": [{"finish_reason": "stop"}]}), "garbled"),
        (web.Response(text="<html>zanzibar</html>", content_type="text/html"), "garbled"),
        (as_json('{"choices": [{"message": {"content": "zanz'), "garbled"),
        (as_json(""), "garbled"),
        (as_json('{"choices": [null]}'), "garbled"),
        (as_json('{"choices": {"0": "zanzibar"}}'), "garbled"),
        (as_json('{"choices": ["zanzibar"]}'), "garbled"),
    ],
)
async def test_what_is_no_answer_says_why(
    server: ModelServer, assistant: OpenAIAssistant, response: web.Response, why: str
) -> None:
    server.enqueue(response)
    assert (await _why(assistant)).why == why


@pytest.mark.parametrize(
    ("response", "times"),
    [
        (failure(500), 2),
        (failure(429, **{"Retry-After": "0"}), 2),
        (failure(429, **{"Retry-After": "60"}), 1),
        (failure(429), 1),
        (failure(429, "insufficient_quota", **{"Retry-After": "0"}), 1),
        (failure(401), 1),
        (failure(400, "context_length_exceeded"), 1),
    ],
)
async def test_it_is_asked_again_only_where_that_may_help(
    server: ModelServer, assistant: OpenAIAssistant, response: web.Response, times: int
) -> None:
    server.enqueue(response)
    await _why(assistant)
    assert len(server.asked) == times


async def test_a_hiccup_is_not_noticed(server: ModelServer, assistant: OpenAIAssistant) -> None:
    server.enqueue(failure(502), completion("{}"))
    assert (await assistant.ask(PROMPT)).text == "{}"


async def test_how_long_a_server_wants_to_be_left_alone_is_told(
    server: ModelServer, assistant: OpenAIAssistant
) -> None:
    server.enqueue(failure(429, **{"Retry-After": "90"}))
    assert (await _why(assistant)).retry_after == 90
    server.answers.clear()
    server.enqueue(failure(429, **{"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}))
    assert (await _why(assistant)).retry_after is None


async def test_a_server_that_hangs_is_asked_once(
    server: ModelServer, assistant: OpenAIAssistant
) -> None:
    server.enqueue(None)
    assert (await _why(assistant)).why == "slow"
    assert len(server.asked) == 1


async def test_nobody_there_is_out_of_reach() -> None:
    settings = Assistant(base_url="http://127.0.0.1:9/v1", api_key=KEY, model="m", timeout=5.0)
    assistant = OpenAIAssistant(settings, repeat_seconds=0.0)
    assert (await _why(assistant)).why == "unreachable"
    await assistant.aclose()


def test_nothing_of_it_is_imported_where_no_model_is_configured() -> None:
    program = (
        "import sys; import bot.cli.run, bot.cli.parts, bot.writer;"
        "print([name for name in sys.modules if name.split('.')[0] in ('openai', 'httpx2')])"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert done.stdout == "[]\n"
