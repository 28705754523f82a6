"""What `soundingboard check` finds of a model."""

from collections.abc import Callable

import pytest
from aiohttp import web
from pydantic import SecretStr

from adapters.openai.examine import examine
from bot.config import Assistant
from bot.findings import Verdict
from tests.adapters.openai.server import Body, ModelServer, as_json, completion, failure

Make = Callable[[], web.Response]
HTML: Make = lambda: web.Response(text="<html>hello</html>", content_type="text/html")  # noqa: E731


async def look(server: ModelServer, model: str = "m-1") -> tuple[Verdict, str]:
    key = SecretStr("sk-secret")
    settings = Assistant(base_url=server.url, api_key=key, model=model, timeout=0.3)
    finding = await examine(settings)
    assert finding.part == "assistant"
    assert "sk-secret" not in finding.text
    assert "zanzibar" not in finding.text
    return finding.verdict, finding.text


async def test_a_model_that_is_listed_costs_nothing(server: ModelServer) -> None:
    server.models = ["m-0", "m-1"]
    assert await look(server) == (Verdict.RIGHT, "the server has m-1; nothing was asked")
    assert server.asked == []
    assert server.keys == ["Bearer sk-secret"]


@pytest.mark.parametrize(
    "models", [["m-0"], failure(404), failure(501), HTML(), as_json('{"data": [')]
)
async def test_where_no_list_has_it_a_small_question_tells(
    server: ModelServer, models: list[str] | web.Response
) -> None:
    server.models = models
    server.enqueue(completion("{}"))
    assert await look(server) == (Verdict.RIGHT, "m-1 answers")
    (body,) = server.asked
    assert body["max_completion_tokens"] == 16


@pytest.mark.parametrize(
    "answer", [completion(""), completion(None, refusal="I would rather not say zanzibar.")]
)
async def test_a_model_that_thinks_or_refuses_is_there(
    server: ModelServer, answer: web.Response
) -> None:
    server.models = []
    server.enqueue(answer)
    assert await look(server) == (Verdict.RIGHT, "m-1 answers")


@pytest.mark.parametrize("status", [400, 404])
async def test_a_model_the_server_does_not_know(server: ModelServer, status: int) -> None:
    server.models = [f"a-{at}" for at in range(7)]
    server.enqueue(failure(status, "model_not_found"))
    verdict, text = await look(server)
    assert verdict is Verdict.MEND
    assert "does not know assistant.model m-1; it has a-0, a-1, a-2, a-3, a-4 (+2)" in text


@pytest.mark.parametrize("status", [401, 403])
async def test_a_key_that_is_refused(server: ModelServer, status: int) -> None:
    server.models = failure(status)
    verdict, text = await look(server)
    assert (verdict, server.asked) == (Verdict.MEND, [])
    assert f"refuses the key ({status}): see assistant.api_key" in text


@pytest.mark.parametrize(
    ("models", "answer", "said"),
    [
        (failure(500), completion("{}"), "in trouble (500)"),
        (failure(429), completion("{}"), "takes no more for now (429)"),
        ([], failure(429, "insufficient_quota"), "nothing paid for"),
        ([], failure(401), "refuses the key (401)"),
        ([], failure(503), "in trouble (503)"),
        (None, completion("{}"), "no answer from assistant.base_url within 0.3 seconds"),
        ([], None, "no answer from m-1 within 0.3 seconds"),
        (failure(404), failure(404), "no such model, or no such address (404)"),
        (HTML(), HTML(), "does not speak OpenAI's interface"),
        (as_json("["), as_json("["), "does not speak OpenAI's interface"),
    ],
)
async def test_what_is_wrong_is_said_in_words(
    server: ModelServer,
    models: list[str] | web.Response | None,
    answer: web.Response | None,
    said: str,
) -> None:
    server.models = models
    server.enqueue(answer)
    verdict, text = await look(server)
    assert verdict is Verdict.MEND
    assert said in text


async def test_nobody_there() -> None:
    nobody = ModelServer("http://127.0.0.1:9/v1")
    assert await look(nobody) == (Verdict.MEND, "nobody is there at assistant.base_url")


async def test_the_question_is_asked_in_whichever_way_the_server_knows(
    server: ModelServer,
) -> None:
    def answer(body: Body) -> web.Response:
        return completion("{}") if "max_tokens" in body else failure(422, message="unknown field")

    server.models = failure(405)
    server.enqueue(answer)
    assert (await look(server))[0] is Verdict.RIGHT
