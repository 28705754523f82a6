"""The Web API's door: whose token, which method, how often, and what goes wrong on purpose.

docs.slack.dev/apis/web-api: every answer names the token's scopes in `x-oauth-scopes`.
"""

import asyncio
import json
import math
from typing import Any

from aiohttp import web

from tests.slack.failures import Failure, Failures
from tests.slack.limits import Limits
from tests.slack.methods.call import Call, Refused
from tests.slack.methods.table import APP_LEVEL, METHODS
from tests.slack.team import ApiCall, Hub, Team

Json = dict[str, Any]


class Gate:
    """Answers `POST /api/{method}`."""

    def __init__(self, hub: Hub, failures: Failures) -> None:
        self._hub, self._failures = hub, failures
        self._limits: dict[str, Limits] = {}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        method, args = request.match_info["method"], await _args(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            team = self._caller(method, token)
        except Refused as refused:
            return web.json_response(refused.answer)
        failure = self._failures.take(method)
        wait = self._limit(team).wait(method, str(args.get("channel")))
        if failure is Failure.BUSY or (wait and failure is None):
            return self._busy(team, method, args, wait or self._failures.retry_after)
        if failure in (Failure.CRASH, Failure.DROP_BEFORE):
            team.calls.append(ApiCall(method, args, failure.name.lower()))
        elif isinstance(failure, str):
            team.calls.append(ApiCall(method, args, failure))
            return _answer(team, {"ok": False, "error": failure}, method)
        else:
            answer = self._done(Call(team, method, args))
        self._hub.changes.happened()
        if failure is None:
            return _answer(team, answer, method)
        return await _broken(request, failure)

    def _done(self, call: Call) -> Json:
        error = None
        try:
            if call.method not in METHODS:
                raise Refused("unknown_method", req_method=call.method)
            work, scopes = METHODS[call.method]
            call.need(*scopes)
            answer = {"ok": True, **work(call)}
        except Refused as refused:
            answer, error = refused.answer, str(refused)
        call.team.calls.append(ApiCall(call.method, call.args, error))
        return answer

    def _caller(self, method: str, token: str) -> Team:
        """The workspace that a token belongs to."""
        if not token:
            raise Refused("not_authed")
        for team in self._hub.teams.values():
            app = team.app
            if token == app.bot_token:
                if method in APP_LEVEL or app.bot_token_error:
                    raise Refused(app.bot_token_error or "not_allowed_token_type")
                return team
            if token == app.app_token:
                if method not in APP_LEVEL or app.app_token_error:
                    raise Refused(app.app_token_error or "not_allowed_token_type")
                return team
        raise Refused("invalid_auth")

    def _limit(self, team: Team) -> Limits:
        return self._limits.setdefault(team.id, Limits(self._hub.rules, self._hub.clock))

    def _busy(self, team: Team, method: str, args: Json, wait: float) -> web.Response:
        team.calls.append(ApiCall(method, args, "ratelimited"))
        self._hub.changes.happened()
        answer = _answer(team, {"ok": False, "error": "ratelimited"}, method, status=429)
        answer.headers["Retry-After"] = str(math.ceil(wait))
        return answer


def _answer(team: Team, answer: Json, method: str, status: int = 200) -> web.Response:
    accepted = METHODS[method][1] if method in METHODS else ()
    scopes = {"connections:write"} if method in APP_LEVEL else team.app.scopes
    headers = {
        "x-oauth-scopes": ",".join(sorted(scopes)),
        "x-accepted-oauth-scopes": ",".join(accepted),
    }
    return web.json_response(answer, status=status, headers=headers)


async def _args(request: web.Request) -> Json:
    """Everything said in the query and the body, without a token."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= await request.json() if request.can_read_body else {}
    else:
        args |= dict(await request.post())
    args.pop("token", None)
    return json.loads(json.dumps(args, default=str))  # type: ignore[no-any-return]


async def _broken(request: web.Request, failure: Failure | str) -> web.StreamResponse:
    if failure is Failure.HANG:
        await asyncio.Event().wait()  # until the caller gives up, which cancels this
    if failure in (Failure.DROP, Failure.DROP_BEFORE) and request.transport is not None:
        request.transport.close()
    return web.Response(status=500, text="<html>Something went wrong.</html>")
