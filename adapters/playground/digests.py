"""The page of past digests: read-only HTML without a script, behind the same guard."""

from collections.abc import Callable, Iterable
from html import escape

from aiohttp import web
from aiohttp.typedefs import Handler

from adapters.playground.community import Community
from adapters.playground.render import Json, render
from adapters.playground.rows import Person, number_of
from bot.people import Role, Viewer
from bot.ports import Archive

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/theme.css"><link rel="stylesheet" href="/static/digests.css">
<main><nav><a href="/">Back to the playground</a>{up}</nav><h1>{title}</h1>
{body}</main></html>
"""
_NOTHING = "<p>There is nothing here.</p>"
_NONE_YET = "<p>No digest has had anything to say yet. The next one comes by its schedule.</p>"


class Digests:
    """Lists past digests and shows one, to the product team."""

    def __init__(self, community: Community, archive: Archive) -> None:
        self._community, self._archive = community, archive

    def routes(self, guarded: Callable[[Handler], Handler]) -> list[web.RouteDef]:
        """Both addresses; `?person=` says who reads."""
        return [
            web.get("/digests", guarded(self._list)),
            web.get("/digests/{row}", guarded(self._one)),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        person = await self._reader(request)
        if person is None:
            return _page("Past digests", _NOTHING, status=404)
        titles = await self._archive.titles(self._viewer(person))
        links = "".join(
            f'<li><a href="/digests/{row}?person={escape(person.id)}">{escape(title)}</a></li>'
            for row, title in titles
        )
        return _page("Past digests", f"<ul>{links}</ul>" if links else _NONE_YET)

    async def _one(self, request: web.Request) -> web.Response:
        person = await self._reader(request)
        row = number_of(request.match_info["row"])
        messages = await self._archive.messages(self._viewer(person), row) if person else []
        if person is None or not messages:
            return _page("Past digests", _NOTHING, status=404)
        up = f'<a href="/digests?person={escape(person.id)}">All digests</a>'
        body = "".join(_article(render(message)) for message in messages)
        return _page("A digest", body, up)

    async def _reader(self, request: web.Request) -> Person | None:
        """Somebody of the product team, or nobody."""
        person = await self._community.chat.person(request.query.get("person", ""))
        seen = person and Role.PRODUCT in self._community.roles(person.id)
        return person if seen else None

    def _viewer(self, person: Person) -> Viewer:
        shows_all = self._community.settings.show == "all"
        roles = self._community.roles(person.id)
        return Viewer(self._community.connection, None, roles, shows_all)


def _page(title: str, body: str, up: str = "", status: int = 200) -> web.Response:
    text = _PAGE.format(title=escape(title), body=body, up=up)
    headers = {"Cache-Control": "no-store"}
    return web.Response(text=text, content_type="text/html", status=status, headers=headers)


def _article(content: Json) -> str:
    """A message's content without its buttons: here is nothing to press."""
    cards = "".join(map(_card, content["cards"]))
    image = content.get("image")
    picture = f'<img src="{escape(image["source"])}" alt="{escape(image["alt"])}">' if image else ""
    return f"<article>{_lines(content['lines'])}{cards}{picture}</article>"


def _card(card: Json) -> str:
    title = f"<h2>{escape(card['title'])}</h2>" if card["title"] else ""
    pairs = "".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in card["fields"])
    fields = f"<dl>{pairs}</dl>" if pairs else ""
    foot = f"<footer>{_line(card['footer'])}</footer>" if card["footer"] else ""
    return f"<section>{title}{_lines(card['body'])}{fields}{foot}</section>"


def _lines(lines: Iterable[list[Json]]) -> str:
    return "".join(f"<p>{_line(line)}</p>" for line in lines)


def _line(line: Iterable[Json]) -> str:
    return "".join(map(_node, line))


def _node(node: Json) -> str:
    """Renderers leave text as it is: here it becomes HTML, and only here."""
    text = escape(node["text"])
    match node["t"]:
        case "bold":
            return f"<strong>{text}</strong>"
        case "code":
            return f"<code>{text}</code>"
        case "link":
            return f'<a href="{escape(node["url"])}" rel="noopener noreferrer">{text}</a>'
        case _:
            return text
