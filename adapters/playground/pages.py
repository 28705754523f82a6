"""The way in and the static files: nothing is served without this run's token."""

import hmac
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

COOKIE = "playground"
STATIC = Path(__file__).parent / "static"
CLOSED = "Open the address that the program printed: it lets you in for as long as it runs."

_CLOSED_PAGE = f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sounding Board playground</title><h1>This door is closed</h1><p>{CLOSED}</p></html>
"""


class Pages:
    """The page of one run, for whoever has its token."""

    def __init__(self, token: str) -> None:
        self._token = token

    def routes(self) -> list[web.RouteDef]:
        """The entrance and the static files."""
        return [
            web.get("/", self._index),
            web.get("/static/{name}", self.guarded(_static)),
        ]

    def guarded(self, handler: Handler) -> Handler:
        """A handler for those who came in by the entrance; 403 for others."""

        async def checked(request: web.Request) -> web.StreamResponse:
            if not self._may_enter(request.cookies.get(COOKIE, "")):
                return web.json_response({"kind": "error", "text": CLOSED}, status=403)
            return await handler(request)

        return checked

    async def _index(self, request: web.Request) -> web.StreamResponse:
        if self._may_enter(request.query.get("token", "")):
            response = web.HTTPSeeOther("/")
            response.set_cookie(COOKIE, self._token, httponly=True, samesite="Strict")
            raise response
        if not self._may_enter(request.cookies.get(COOKIE, "")):
            return web.Response(text=_CLOSED_PAGE, content_type="text/html", status=403)
        return _file("index.html")

    def _may_enter(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(errors="replace"), self._token.encode())


async def _static(request: web.Request) -> web.StreamResponse:
    return _file(request.match_info["name"])


def _file(name: str) -> web.FileResponse:
    """A file of ours by its bare name; a path that leads elsewhere is not one of them."""
    if name not in {path.name for path in STATIC.iterdir() if path.is_file()}:
        raise web.HTTPNotFound
    return web.FileResponse(STATIC / name, headers={"Cache-Control": "no-cache"})
