"""The REST API's door: whose token, which limits, what a test makes go wrong, and how it answers.

`Content-Type` is `application/json` and no more, and `Via` is there unless Cloudflare answers:
discord.py looks at both.
"""

import asyncio
import json
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from tests.discord.failures import Failure, Failures, Refusal
from tests.discord.limits import Limits, Standing
from tests.discord.routes.call import Call, File, Refused
from tests.discord.routes.table import BY_TOKEN, ROUTES
from tests.discord.world import ApiCall, World

Json = dict[str, Any]
API = "/api/v10"
_BUSY = (Failure.BUSY, Failure.BUSY_SHARED, Failure.BUSY_GLOBAL)


class Gate:
    """Answers every route."""

    def __init__(self, world: World, failures: Failures) -> None:
        self._world, self._failures = world, failures
        self.limits = Limits(world.rules, world.clock)
        self.busy = 0

    def routes(self) -> list[web.RouteDef]:
        """For the application; what is not here is a 404 and a problem."""
        known = [
            web.route(verb, API + path, self._serve)
            for verb, _, path in (name.partition(" ") for name in ROUTES)
        ]
        return [*known, web.route("*", "/api/{rest:.*}", self._missing)]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        assert request.match_info.route.resource is not None
        path = request.match_info.route.resource.canonical.removeprefix(API)
        self.busy += 1
        try:
            call = await _call(self._world, f"{request.method} {path}", request)
            answer = await self._answer(call, request)
        except Exception as error:
            self._world.problems.append(f"our Discord broke at {path}: {error!r}")
            raise
        finally:
            self.busy -= 1
            self._world.changes.happened()
        return answer

    async def _answer(self, call: Call, request: web.Request) -> web.StreamResponse:
        if self.limits.banned:
            return self._ban(call, request)
        failure = self._failures.take(call.route)
        if failure in (Failure.BANNED, Failure.BLOCKED):
            return self._ban(call, request, 429 if failure is Failure.BANNED else 403)
        if not self._known(call, request):
            return self._refused(call, request, Refused(0), {})
        everywhere = call.route not in BY_TOKEN
        standing = self.limits.enter(call.route, call.names, everywhere=everywhere)
        if isinstance(failure, Failure) and failure in _BUSY:
            scope = {Failure.BUSY_SHARED: "shared", Failure.BUSY_GLOBAL: "global"}.get(failure)
            return self._wait(call, request, standing, self._failures.retry_after, scope or "user")
        if standing.wait:
            scope = "global" if standing.everywhere else "user"
            return self._wait(call, request, standing, standing.wait, scope)
        if isinstance(failure, Refusal):
            refused = Refused(failure.code, status=failure.status)
            return self._refused(call, request, refused, standing.headers)
        if isinstance(failure, Failure) and not failure.done:
            self._note(call, request, 500)
            return await _broken(request, failure)
        answer = self._work(call, request, standing)
        return answer if failure is None else await _broken(request, failure)

    def _work(self, call: Call, request: web.Request, standing: Standing) -> web.Response:
        try:
            body = ROUTES[call.route](call)
        except Refused as refused:
            return self._refused(call, request, refused, standing.headers)
        status = 204 if body is None else 201 if _makes(call) else 200
        self._note(call, request, status)
        return _json(status, body, standing.headers)

    def _known(self, call: Call, request: web.Request) -> bool:
        token = request.headers.get("Authorization", "")
        return call.route in BY_TOKEN or token == f"Bot {self._world.app.token}"

    def _refused(
        self, call: Call, request: web.Request, refused: Refused, headers: dict[str, str]
    ) -> web.Response:
        self._note(call, request, refused.status, refused.code)
        body = dict(refused.body)
        if refused.status == 429:
            body |= {"retry_after": self._failures.retry_after, "global": False}
        return _json(refused.status, body, headers)

    def _wait(
        self, call: Call, request: web.Request, standing: Standing, wait: float, scope: str
    ) -> web.Response:
        """429: the body tells how long. Asking again before is a problem."""
        name = f"{call.route} {call.names}"
        if self.limits.barred(name):
            self._world.problems.append(f"{call.route}: asked again before retry_after was over")
        self.limits.bar(name, wait)
        self._note(call, request, 429, shared=scope == "shared")
        body = {
            "message": "You are being rate limited.",
            "retry_after": round(wait, 3),
            "global": scope == "global",
        }
        headers = standing.headers | {
            "Retry-After": str(int(wait) + 1),
            "X-RateLimit-Scope": scope,
        }
        headers |= {"X-RateLimit-Global": "true"} if scope == "global" else {}
        return _json(429, body, headers)

    def _ban(self, call: Call, request: web.Request, status: int = 429) -> web.Response:
        self._note(call, request, status)
        return web.Response(status=status, text="<html>error code: 1015</html>")

    def _note(
        self,
        call: Call,
        request: web.Request,
        status: int,
        code: int | None = None,
        *,
        shared: bool = False,
    ) -> None:
        if status in (401, 403, 429) and not shared:
            self.limits.invalid()
        path = request.path.removeprefix(API)
        for name in ("token", "interaction"):
            if name in call.names:
                path = path.replace(str(call.names[name]), f"{{{name}}}")
        made = ApiCall(call.route, path, call.body, status, code, call.query)
        self._world.calls.append(made)
        self._world.changes.happened()

    async def _missing(self, request: web.Request) -> web.Response:
        self._world.problems.append(f"our Discord has no {request.method} {request.path}")
        return _json(404, {"message": "404: Not Found", "code": 0}, {})


def _makes(call: Call) -> bool:
    """Creating a thread or a command is answered 201; a message, oddly, 200."""
    return call.route.startswith("POST") and call.route.endswith(("/threads", "/commands"))


def _json(status: int, body: object, headers: dict[str, str]) -> web.Response:
    via = {"Via": "1.1 google"} | headers
    if body is None:
        return web.Response(status=status, headers=via)
    packed = json.dumps(body).encode()
    return web.Response(status=status, body=packed, content_type="application/json", headers=via)


async def _call(world: World, route: str, request: web.Request) -> Call:
    """The call with its body: JSON, or a form with `payload_json` and files."""
    files: list[File] = []
    body: Any = {}
    if request.content_type == "multipart/form-data":
        for value in (form := await request.post()).values():
            if isinstance(value, FileField):
                files.append(File(value.filename, value.file.read(), value.content_type))
        body = json.loads(str(form.get("payload_json") or "{}"))
    elif request.can_read_body:
        body = json.loads(await request.text() or "{}")
    return Call(world, route, dict(request.match_info), body, dict(request.query), files)


async def _broken(request: web.Request, failure: Failure | Refusal) -> web.StreamResponse:
    if failure is Failure.HANG:
        await asyncio.Event().wait()  # until the caller gives up, which cancels this
    if failure in (Failure.DROP, Failure.DROP_BEFORE) and request.transport is not None:
        request.transport.close()
    if failure is Failure.GARBLED:
        return web.Response(body=b"{", content_type="application/json")
    return web.Response(status=500, text="<html>Something went wrong.</html>")
