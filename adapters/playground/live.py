"""What a person sees: everything at once, then every change as it happens."""

import asyncio
import json
from contextlib import suppress

from aiohttp import web

from adapters.playground.community import Community
from adapters.playground.open_pages import OpenPage
from adapters.playground.render import Json
from adapters.playground.rows import Person
from adapters.playground.shown import (
    EMOJI,
    show_channel,
    show_command,
    show_message,
    show_person,
    show_shortcut,
)
from bot.ports import Menu

HISTORY = 1_000
"""Messages the page gets at first; older ones stay in the chat."""
HEARTBEAT = 15.0
"""Seconds after which a quiet stream shows that it lives, and learns whether anybody listens."""


async def state(community: Community, menu: Menu, person: Person) -> Json:
    """The community as the person sees it; `seq` is where the stream goes on."""
    chat = community.chat
    seq = int(await chat.fact("seq") or 0)
    people = {each.id: each for each in await chat.people()}
    channels = await community.channels_of(person.id)
    messages = await chat.history((channel.id for channel in channels), HISTORY)
    return {
        "people": [show_person(each, community.roles(each.id)) for each in people.values()],
        "channels": [show_channel(channel) for channel in channels],
        "messages": [show_message(message, people) for message in messages],
        "commands": [show_command(item) for item in menu.commands],
        "shortcuts": [show_shortcut(item) for item in menu.shortcuts],
        "emoji": list(EMOJI),
        "seq": seq,
    }


async def changes(community: Community, person: Person, after: int) -> list[Json]:
    """What is new or different since `after` and visible to the person, in order."""
    chat = community.chat
    channels = await community.channels_of(person.id)
    messages = await chat.messages_since(after, (channel.id for channel in channels))
    people = {each.id: each for each in await chat.people()}
    found: list[Json] = [
        {"seq": each.seq, "person": show_person(each, community.roles(each.id))}
        for each in people.values()
        if each.seq > after
    ]
    found += [
        {"seq": message.seq, "message": show_message(message, people)} for message in messages
    ]
    return sorted(found, key=lambda change: int(change["seq"]))


async def follow(
    community: Community,
    person: Person,
    after: int,
    response: web.StreamResponse,
    stopping: asyncio.Event,
    page: OpenPage,
) -> None:
    """Write changes, and the page's private notices, to a prepared event stream until the reader
    leaves or the server stops."""
    chat = community.chat
    with suppress(ConnectionError):
        while not (stopping.is_set() or chat.closed):
            changed = chat.changed
            for change in await changes(community, person, after):
                after = change["seq"]
                await _write(response, change)
            for notice in page.take():
                await _write(response, {"notice": notice})
            if not await _either(changed, stopping, page.news):
                await response.write(b": still here\n\n")


async def _write(response: web.StreamResponse, event: Json) -> None:
    await response.write(b"data: %s\n\n" % json.dumps(event).encode())


async def _either(*events: asyncio.Event) -> bool:
    """Whether one of the events came before it was time for a heartbeat."""
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        done, _ = await asyncio.wait(
            waiting, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        for wait in waiting:
            wait.cancel()
    return bool(done)
