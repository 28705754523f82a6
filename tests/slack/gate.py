"""The Web API's door: whose token, which method, how often, and what goes wrong on purpose.

docs.slack.dev/apis/web-api: every answer names the token's scopes in `x-oauth-scopes`.
"""

import json
import math

from aiohttp import web

from tests.slack.elements import Json
from tests.slack.failures import Failure, Failures, broken
from tests.slack.limits import Limits
from tests.slack.methods.call import Call, Refused
from tests.slack.methods.table import APP_LEVEL, METHODS
from tests.slack.team import ApiCall, Hub, Team


class Gate:
    """Answers `POST /api/{method}`."""

    def __init__(self, hub: Hub, failures: Failures) -> None:
        self._hub, self._failures = hub, failures
        self._limits: dict[str, Limits] = {}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        method, args = request.match_info["method"], await _args(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        team = self._owner(token)
        if team is None:
            error = "invalid_auth" if token else "not_authed"
            return web.json_response({"ok": False, "error": error})
        planned = self._failures.take(method, team.id)
        if planned is None:
            return self._normal(Call(team, method, args), token)
        failure = planned.failure
        if failure is Failure.BUSY:
            return self._busy(team, method, args, planned.retry_after)
        if isinstance(failure, str):
            return self._told(team, method, args, {"ok": False, "error": failure})
        if failure.done:
            self._done(Call(team, method, args), token)
        else:
            self._noted(team, ApiCall(method, args, failure.name.lower()))
        return await broken(request, failure)

    def _normal(self, call: Call, token: str) -> web.Response:
        limits = self._limits.setdefault(call.team.id, Limits(self._hub.rules, self._hub.clock))
        wait = limits.wait(call.method, str(call.args.get("channel")))
        if wait:
            return self._busy(call.team, call.method, call.args, wait)
        return _answer(call.team, self._done(call, token), call.method)

    def _done(self, call: Call, token: str) -> Json:
        error = None
        try:
            _check(call, token)
            work, scopes = METHODS[call.method]
            call.need(*scopes)
            answer = {"ok": True, **work(call)}
        except Refused as refused:
            answer, error = refused.answer, str(refused)
        self._noted(call.team, ApiCall(call.method, call.args, error))
        return answer

    def _owner(self, token: str) -> Team | None:
        """The workspace that a token belongs to."""
        teams = self._hub.teams.values()
        owners = (one for one in teams if token in (one.app.bot_token, one.app.app_token))
        return next(owners, None)

    def _noted(self, team: Team, call: ApiCall) -> None:
        team.calls.append(call)
        self._hub.changes.happened()

    def _told(self, team: Team, method: str, args: Json, answer: Json) -> web.Response:
        self._noted(team, ApiCall(method, args, str(answer["error"])))
        return _answer(team, answer, method)

    def _busy(self, team: Team, method: str, args: Json, wait: float) -> web.Response:
        answer = self._told(team, method, args, {"ok": False, "error": "ratelimited"})
        answer.set_status(429)
        answer.headers["Retry-After"] = str(math.ceil(wait))
        return answer


def _check(call: Call, token: str) -> None:
    """The right kind of token, not revoked, for a method that there is."""
    app, app_level = call.team.app, token == call.team.app.app_token
    error = app.app_token_error if app_level else app.bot_token_error
    if error:
        raise Refused(error)
    if call.method not in METHODS:
        raise Refused("unknown_method", req_method=call.method)
    if (call.method in APP_LEVEL) != app_level:
        raise Refused("not_allowed_token_type")


def _answer(team: Team, answer: Json, method: str) -> web.Response:
    accepted = METHODS[method][1] if method in METHODS else ()
    scopes = {"connections:write"} if method in APP_LEVEL else team.app.scopes
    headers = {
        "x-oauth-scopes": ",".join(sorted(scopes)),
        "x-accepted-oauth-scopes": ",".join(accepted),
    }
    return web.json_response(answer, headers=headers)


async def _args(request: web.Request) -> Json:
    """Everything said in the query and the body, without a token."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= await request.json() if request.can_read_body else {}
    else:
        args |= dict(await request.post())
    args.pop("token", None)
    return json.loads(json.dumps(args, default=str))  # type: ignore[no-any-return]
