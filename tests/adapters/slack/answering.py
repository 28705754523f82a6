"""A small server in Slack's place, which answers each method as it is told."""

from typing import Any

from aiohttp import web

from adapters.slack.needs import FEATURES

BOT_TOKEN, APP_TOKEN = "xoxb-1-secret", "xapp-1-A0APP-1-secret"
EVERY_SCOPE = frozenset(scope for feature in FEATURES for scope in feature.scopes)
Json = dict[str, Any]


class Answering:
    """`answers` by method, or by method and the id that is asked about."""

    def __init__(self) -> None:
        self.url = ""
        self.breaks = False
        self.asked: list[str] = []
        self.scopes: frozenset[str] | None = EVERY_SCOPE
        self.answers: dict[str, Json | web.Response | list[Json | web.Response]] = {
            "auth.test": {
                "team": "Acme",
                "team_id": "T0ACME",
                "user": "soundingboard",
                "user_id": "U0BOT",
                "bot_id": "B0BOT",
                "url": "https://acme.slack.com/",
            },
            "bots.info": {"bot": {"id": "B0BOT", "app_id": "A0APP"}},
            "apps.connections.open": {"url": "wss://wss.slack.com/link/?ticket=secret"},
        }
        self.app = web.Application()
        self.app.router.add_route("*", "/api/{method}", self._answer)

    def refuse(self, method: str, code: str) -> None:
        """Answer no."""
        self.answers[method] = {"ok": False, "error": code}

    def channel(self, id_: str, **facts: object) -> None:
        """A public channel that the bot is in, unless the facts say otherwise."""
        channel = {"id": id_, "name": id_[2:].lower(), "is_member": True, **facts}
        self.answers[f"conversations.info {id_}"] = {"channel": channel}

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        given = {**request.query, **{key: str(v) for key, v in (await request.post()).items()}}
        method = request.match_info["method"]
        about = next((given[k] for k in ("channel", "user", "usergroup") if k in given), "")
        self.asked.append(f"{method} {about}".strip())
        if self.breaks and request.transport:
            request.transport.close()
        answer = self.answers.get(self.asked[-1]) or self.answers.get(method)
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if isinstance(answer, web.Response):
            return answer
        headers = {} if self.scopes is None else {"x-oauth-scopes": ",".join(self.scopes)}
        return web.json_response(
            {"ok": True, **(answer or {"ok": False, "error": "unknown_method"})}, headers=headers
        )
