"""From discord.py to the bot: what people do becomes an event, and whoever acted gets the answer.

Interactions are dealt with here by the bot's own table of routes, from what stands in them: no form
is kept in memory, where two people's could be confused.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, cast

import discord
import structlog

from adapters.discord import parse
from adapters.discord.answers import FAILED, TOO_LATE, Answers, Asked, Did
from adapters.discord.calls import in_time
from adapters.discord.community import Community, closed_place
from adapters.discord.parse import Deed, Json
from adapters.discord.people import People
from adapters.discord.pressing import buttons
from adapters.discord.reading import Reading, moment
from adapters.discord.render import render
from adapters.discord.shown import Shown
from bot.dispatch import Route, menu_of
from bot.errors import Forgotten
from bot.events import (
    ButtonPressed,
    CardAsked,
    ChoicesAsked,
    CommandUsed,
    Event,
    FormSubmitted,
    ShortcutUsed,
)
from bot.messages import Message
from bot.ports import Sink
from bot.refs import MessageRef
from bot.results import Answer, Update, Whisper

Show = Callable[[Answer | None, Asked], Awaitable[None]]

ANSWER_SECONDS = 1.3
"""After that "… is thinking" is shown: inside two seconds, with the `LOOK_SECONDS` for who acts and
where; Discord waits three."""
_MESSAGE_MENU = 3
_HEARD_HERE = frozenset(Did) - {Did.COMPONENT}

log = structlog.get_logger()


class Listener:
    """Hears interactions of one login."""

    def __init__(
        self,
        community: Community,
        people: People,
        answers: Answers,
        shown: Shown,
        sink: Sink,
        routes: Sequence[Route],
        patience: float = ANSWER_SECONDS,
    ) -> None:
        self._at = community
        self._people = people
        self._reading = Reading(community)
        self._answers = answers
        self._shown = shown
        self._sink = sink
        self._kinds = {(route.event, route.name): route.answers for route in routes}
        self._menus = {item.help: item.name for item in menu_of(routes).shortcuts}
        self._patience = patience

    def attach(self) -> None:
        """Hear from now on."""
        client = self._at.client
        client.hear("interaction", self.interaction)
        client.add_dynamic_items(buttons(client.minded(self.pressed)))

    async def interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Somebody used a command, a menu or a form, or types where ideas complete."""
        if interaction.type.value in _HEARD_HERE:
            await self._heard(interaction, Did(interaction.type.value))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Somebody pressed a button."""
        await self._heard(interaction, Did.COMPONENT)

    async def _heard(self, interaction: discord.Interaction[Any], did: Did) -> None:
        """What fails unforeseen is answered too, but not a form: so it stays open with what was
        typed."""
        if not self._at.is_ours(interaction.guild_id) or interaction.channel_id is None:
            return
        asked = Asked(
            str(interaction.id), interaction.token, did, on_message=interaction.message is not None
        )
        try:
            await self._take(interaction, did, asked)
        except Exception:
            log.exception("event_not_heard", kind=did.name.lower())
            if did in (Did.COMMAND, Did.COMPONENT):
                await self._answers.answer(Whisper(FAILED), asked)

    async def _take(self, interaction: discord.Interaction[Any], did: Did, asked: Asked) -> None:
        event = await self._event(interaction, did)
        if isinstance(event, ChoicesAsked):
            await self._answers.answer(await self._sink(event), asked)
        elif isinstance(event, ButtonPressed) and event.message:
            await self._press(event, event.message, asked)
        else:
            await self._answer(event, asked)

    async def _press(self, event: ButtonPressed, on: MessageRef, asked: Asked) -> None:
        """The card may be the answer while nobody else changes it; else it follows by the queue,
        whose edit waits here for the answer, and is spared if it shows nothing else."""
        if not self._shown.is_free(on.message):
            await self._answer(event, asked)
        else:
            card = CardAsked(key=None, at=event.at, message=on)
            by = asyncio.get_running_loop().time() + self._patience
            async with self._shown.alone(on.message):
                await self._answer(event, asked, partial(self._show, card, by))
        if self._kind(event) == "update":  # it shows something else now
            self._shown.changing(on.message)

    async def _show(self, card: CardAsked, by: float, answer: Answer | None, asked: Asked) -> None:
        if isinstance(answer, Whisper) and answer.redraws:
            self._shown.drawing(card.message.message)
            drawn = await self._drawn(card, by)
            if drawn:
                await self._redraw(card.message.message, drawn, answer, asked)
                return
        await self._answers.answer(answer, asked)

    async def _drawn(self, card: CardAsked, by: float) -> Message | None:
        """None when it is stopping, or late: the queue sees to the card then."""
        with suppress(Forgotten, TimeoutError):
            async with asyncio.timeout_at(by):
                answer = await self._sink(card)
            return answer.message if isinstance(answer, Update) else None
        return None

    async def _redraw(self, message: str, drawn: Message, whisper: Whisper, asked: Asked) -> None:
        body = render(drawn)
        self._shown.changing(message)
        if await self._answers.redraw(body, whisper, asked):
            self._shown.answered(message, body)

    async def _event(self, interaction: discord.Interaction[Any], did: Did) -> Event:
        deed = await self._deed(interaction)
        given: Json = cast(Json, interaction.data or {})  # as Discord sent it
        match did:
            case Did.COMPONENT:
                return parse.press(deed, given, _standing(interaction.message))
            case Did.MODAL:
                return parse.submit(deed, given)
            case Did.AUTOCOMPLETE:
                return parse.choices(deed, given)
            case Did.COMMAND if given.get("type") == _MESSAGE_MENU:
                raw = given["resolved"]["messages"][given["target_id"]]
                name = self._menus.get(str(given["name"]), str(given["name"]))
                return parse.shortcut(deed, name, self._reading.read(deed.place, raw))
            case _:
                return parse.command(deed, given)

    async def _deed(self, interaction: discord.Interaction[Any]) -> Deed:
        """Whatever is not known at once gives nobody a right."""
        channel = interaction.channel_id or 0
        place, roles = await asyncio.gather(
            in_time(
                self._at.place(channel, direct=not interaction.guild_id), closed_place(channel)
            ),
            in_time(self._people.roles(interaction.user), frozenset()),
        )
        return Deed(
            community=self._at,
            key=str(interaction.id),
            at=moment(interaction.id),
            user=str(interaction.user.id),
            name=interaction.user.display_name,
            place=place,
            roles=roles,
            handle=interaction.token,
        )

    async def _answer(self, event: Event, asked: Asked, show: Show | None = None) -> None:
        """Commit, then `show` the answer; what takes longer is deferred, unless it would be a
        form."""
        task = asyncio.ensure_future(self._sink(event))
        done, _ = await asyncio.wait({task}, timeout=self._patience)
        if done:
            await (show or self._answers.answer)(task.result(), asked)
            return
        kind = self._kind(event)
        if kind == "form":
            await self._answers.answer(Whisper(TOO_LATE), asked)
            await task
            return
        updates = kind == "update"
        await self._answers.defer(asked, updates=updates)
        await self._answers.complete(await _late(task), asked, updates=updates)

    def _kind(self, event: Event) -> str | None:
        match event:
            case CommandUsed():
                name = event.command
            case ShortcutUsed():
                name = event.shortcut
            case ButtonPressed() | FormSubmitted():
                name = event.action.name
            case _:
                return None
        return self._kinds.get((type(event), name))


async def _late(task: "asyncio.Future[Answer | None]") -> Answer | None:
    try:
        return await task
    except Exception:  # logged by the dispatch
        return Whisper(TOO_LATE)


def _standing(message: discord.Message | None) -> str | None:
    """The message a button hangs on; a private notice is none."""
    return str(message.id) if message and not message.flags.ephemeral else None
