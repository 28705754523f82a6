"""A server on loopback that speaks as much of OpenAI's interface as we use."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from adapters.web import LOOPBACK

Body = dict[str, Any]
Respond = Callable[[Body], web.StreamResponse]


def completion(content: object, **choice: object) -> web.Response:
    """What a model said, as a server sends it."""
    message = {"role": "assistant", "content": content, "refusal": choice.pop("refusal", None)}
    chosen = {"index": 0, "finish_reason": "stop", "message": message} | choice
    usage = {"prompt_tokens": 900, "completion_tokens": 50, "total_tokens": 950}
    return web.json_response({"id": "1", "choices": [chosen], "usage": usage, "model": "m"})


def failure(status: int, code: str = "", message: str = "zanzibar", **headers: str) -> web.Response:
    """An error as OpenAI sends it; its words may quote what we sent."""
    error = {"message": message, "type": "error", "code": code or None, "param": None}
    return web.json_response({"error": error}, status=status, headers=headers)


def as_json(text: str) -> web.Response:
    """Anything at all, by the name of JSON."""
    return web.Response(text=text, content_type="application/json")


@dataclass
class ModelServer:
    """Answers with what is queued, the last one again and again, and keeps what it was asked."""

    url: str = ""
    answers: list[Respond | None] = field(default_factory=list)
    asked: list[Body] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    models: list[str] | web.Response | None = field(default_factory=list)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def enqueue(self, *answers: web.Response | Respond | None) -> None:
        """Responses, or makers of them; None hangs."""
        self.answers += [_fixed(one) if isinstance(one, web.Response) else one for one in answers]

    async def listed(self, request: web.Request) -> web.StreamResponse:
        """The names of `models`, or that answer; None hangs."""
        self.keys.append(request.headers["Authorization"])
        if self.models is None:
            await self.stopping.wait()
            return web.Response()
        if isinstance(self.models, web.Response):
            return _fixed(self.models)({})
        data = [{"id": name, "object": "model"} for name in self.models]
        return web.json_response({"object": "list", "data": data})

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.asked.append(body)
        self.keys.append(request.headers["Authorization"])
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is None:
            await self.stopping.wait()
            return web.Response()
        return answer(body)


def _fixed(response: web.Response) -> Respond:
    text, status, headers = response.text, response.status, response.headers
    kept = {name: value for name, value in headers.items() if name.lower() == "retry-after"}

    def again(_body: Body) -> web.Response:
        return web.Response(
            text=text, status=status, headers=kept, content_type=response.content_type
        )

    return again


@asynccontextmanager
async def model_server() -> AsyncIterator[ModelServer]:
    """A running one, on a port of the system's choice."""
    server = ModelServer()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", server.handle)
    app.router.add_get("/v1/models", server.listed)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, LOOPBACK, 0)
    await site.start()
    server.url = f"http://{LOOPBACK}:{site.port}/v1"
    yield server
    server.stopping.set()
    await runner.cleanup()


def summary_of(*told: tuple[str, list[int]]) -> web.Response:
    """A right answer."""
    said = [{"part": "point", "text": text, "cites": cites} for text, cites in told]
    return completion(json.dumps({"sentences": said}))
