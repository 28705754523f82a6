"""What the page may ask and do: `/api/…`, JSON in and out."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from aiohttp import web
from aiohttp.typedefs import Handler

from adapters.playground import live, parse, rules
from adapters.playground.body import Body
from adapters.playground.community import Community
from adapters.playground.forms import refused
from adapters.playground.interactions import NOTHING, Interactions, Place, sorry
from adapters.playground.parse import Deed
from adapters.playground.render import Json, actions, said
from adapters.playground.rows import Channel, Person, Reaction
from adapters.playground.rules import NotThere, Refused
from adapters.web import STOPPING
from bot.errors import Forgotten
from bot.ports import Menu

_Do = Callable[[Person, Body], Awaitable[Json]]


class Api:
    """The page's side of the community. Everybody may act as anybody: it is a playground."""

    def __init__(self, community: Community, interactions: Interactions, menu: Menu) -> None:
        self._community, self._interactions, self._menu = community, interactions, menu

    def routes(self, guarded: Callable[[Handler], Handler]) -> list[web.RouteDef]:
        """Every address, behind the guard."""
        deeds: dict[str, _Do] = {
            "message": self._message,
            "react": self._react,
            "command": self._command,
            "press": self._press,
            "submit": self._submit,
            "shortcut": self._shortcut,
            "choices": self._choices,
            "person": self._person,
        }
        return [
            web.get("/api/state", guarded(_kindly(self._state))),
            web.get("/api/stream", guarded(_kindly(self._stream))),
            *(
                web.post(f"/api/{name}", guarded(_kindly(self._handler(do))))
                for name, do in deeds.items()
            ),
        ]

    def _handler(self, do: _Do) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            body = await Body.of(request)
            person = await self._community.person(body.text("person"))
            return _json(await do(person, body))

        return handle

    # ── reading ──
    async def _state(self, request: web.Request) -> web.StreamResponse:
        return _json(await live.state(self._community, self._menu, await self._reader(request)))

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        person, after = await self._reader(request), request.query.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) < 16):
            raise Refused("That is not a place to go on from. Please reload the page.")
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        stopping = request.app[STOPPING]
        with suppress(ConnectionError):  # the page may be gone before it is answered
            await response.prepare(request)
            with self._interactions.pages.open(person.id, lambda: _is_read(request)) as page:
                await live.follow(self._community, person, int(after), response, stopping, page)
        return response

    async def _reader(self, request: web.Request) -> Person:
        """Whose eyes to use; the first person's when none is named."""
        name = request.query.get("person")
        if name is not None:
            return await self._community.person(name)
        return (await self._community.chat.people())[0]

    # ── what the bot is told of later ──
    async def _message(self, person: Person, body: Body) -> Json:
        channel = await self._community.channel(person, body.text("channel"))
        root = await self._community.root(channel, body.optional("thread"))
        text = body.text("text")
        rules.check_text(text)
        now = self._community.clock.now()
        message = await self._community.chat.say(person.id, channel.id, root, said(text), now)
        return NOTHING | {"message": message}

    async def _react(self, person: Person, body: Body) -> Json:
        message, _ = await self._community.message(person, body.text("message"))
        emoji, added = body.text("emoji"), body.flag("added")
        if added:
            rules.check_emoji(emoji, message)
        now = self._community.clock.now()
        await self._community.chat.react(message.id, Reaction(person.id, emoji, added, now))
        return NOTHING

    async def _person(self, person: Person, body: Body) -> Json:
        await self._community.chat.set_directs(person.id, body.flag("directs_open"))
        return NOTHING

    # ── what the bot answers ──
    async def _command(self, person: Person, body: Body) -> Json:
        channel = await self._community.channel(person, body.text("channel"))
        rules.check_command_place(body.optional("thread"))
        place = Place(person.id, channel.id)
        event = parse.command(self._deed(person, channel, place), body.text("text"))
        if event.command not in {item.name for item in self._menu.commands}:
            raise Refused(f"There is no command /{event.command} here.")
        return await self._interactions.ask(event, place)

    async def _shortcut(self, person: Person, body: Body) -> Json:
        message, channel = await self._community.message(person, body.text("message"))
        name = body.text("shortcut")
        if name not in {item.name for item in self._menu.shortcuts}:
            raise Refused("That is not in the menu.")
        read = await self._community.read(message, channel)
        place = Place(person.id, channel.id, message.root)
        event = parse.shortcut(self._deed(person, channel, place), name, read)
        return await self._interactions.ask(event, place)

    async def _press(self, person: Person, body: Body) -> Json:
        action, message = body.text("action"), body.optional("message")
        if message is None:
            return await self._press_notice(person, action, body.text("notice"))
        found, channel = await self._community.message(person, message)
        _check_button(action, actions(found.content))
        place = Place(person.id, channel.id, found.root, message=found.id)
        event = parse.press(self._deed(person, channel, place), action, found)
        return await self._interactions.ask(event, place)

    async def _press_notice(self, person: Person, action: str, handle: str) -> Json:
        notice = self._interactions.notices.look(handle, person.id)
        _check_button(action, notice.actions)
        channel = await self._community.channel(person, notice.place.channel)
        place = Place(person.id, channel.id, notice.place.thread, notice=handle)
        event = parse.press(self._deed(person, channel, place), action, None)
        return await self._interactions.ask(event, place)

    async def _submit(self, person: Person, body: Body) -> Json:
        handle, given = body.text("form"), body.texts("values")
        form = self._interactions.forms.look(handle, person.id)
        values = {field["name"]: given.get(field["name"], "") for field in form.shown["fields"]}
        errors = refused(form.shown, values)
        if errors:
            return {"kind": "invalid", "errors": errors}
        channel = await self._community.channel(person, form.place.channel)
        event = parse.submit(self._deed(person, channel, form.place), form.action, values)
        self._interactions.forms.take(handle, person.id)
        answer = await self._interactions.ask(event, form.place)
        if answer["kind"] in {"invalid", "error"}:
            self._interactions.forms.give_back(handle)
        return answer

    async def _choices(self, person: Person, body: Body) -> Json:
        form = self._interactions.forms.look(body.text("form"), person.id)
        if (body.text("field"), "ideas") not in {
            (field["name"], field["kind"]) for field in form.shown["fields"]
        }:
            raise Refused("That field completes nothing.")
        channel = await self._community.channel(person, form.place.channel)
        deed = self._community.deed(person, channel)
        event = parse.choices(deed, form.action, body.text("typed")[: rules.TYPED_LIMIT])
        return await self._interactions.ask(event, form.place)

    def _deed(self, person: Person, channel: Channel, place: Place) -> Deed:
        """Something a person does now, and may be answered privately once more for a while."""
        handle = self._interactions.begin(place)
        return replace(self._community.deed(person, channel), handle=handle)


def _is_read(request: web.Request) -> bool:
    """Whether the browser still holds the line."""
    return request.transport is not None and not request.transport.is_closing()


def _check_button(action: str, there: frozenset[str]) -> None:
    if action not in there:
        raise NotThere("That button is not there any more.")


def _kindly(handler: Handler) -> Handler:
    """Refusals as an `error` answer with a fitting status."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except NotThere as error:
            return _json(sorry(str(error)), 404)
        except Refused as error:
            return _json(sorry(str(error)), 400)
        except Forgotten as error:
            return _json(sorry(str(error)), 410)
        except web.HTTPRequestEntityTooLarge:
            return _json(sorry("That is too much at once. Please shorten it."), 413)

    return handle


def _json(body: Json, status: int = 200) -> web.Response:
    return web.json_response(body, status=status, headers={"Cache-Control": "no-store"})
