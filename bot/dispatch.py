"""Event → route → transaction → answer, and the one error boundary."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import structlog
from structlog.contextvars import bound_contextvars

from bot.config import Config
from bot.errors import NotAllowed, UserMistake
from bot.events import (
    ButtonPressed,
    CardAsked,
    ChoicesAsked,
    CommandUsed,
    Event,
    FormSubmitted,
    HomeOpened,
    HumanEvent,
    JobDone,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionChanged,
    ReactionsRead,
    ShortcutUsed,
    SourcesAsked,
)
from bot.messages import Action, Message
from bot.meter import NO_METER, Handling, Meter, handling
from bot.people import Role, Viewer
from bot.ports import Clock, Database, Menu, MenuItem, Turn
from bot.reading.requests import asks_for_help, asks_for_summary, suggestion_in
from bot.results import Answer, Page, Result, Whisper
from bot.store import Store

Handler = Callable[[Any, Turn], Awaitable[Result]]
AnswerKind = Literal["form", "whisper", "update", "choices", "page", "nothing"]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Route:
    """One thing people can do, and who may: any of `roles`, or everybody when there are none.

    With `changes` False it only reads and claims nothing. Adapters defer or not by `answers`.
    `usage` and `help` make the menus. What `concerns` says no to, from what can be read, is left
    alone, for it costs no transaction; unless something is just being made of the same message.
    """

    event: type[Event]
    name: str
    handler: Handler
    roles: tuple[Role, ...] = ()
    answers: AnswerKind = "whisper"
    changes: bool = True
    usage: str = ""
    help: str = ""
    concerns: Callable[[Any, Store], Awaitable[bool]] | None = None


def menu_of(routes: Iterable[Route]) -> Menu:
    """The commands and message menus that the routes offer."""
    items = [(route.event, MenuItem(route.name, route.usage, route.help)) for route in routes]
    commands = tuple(item for event, item in items if event is CommandUsed)
    return Menu(commands, tuple(item for event, item in items if event is ShortcutUsed))


@dataclass(frozen=True, slots=True)
class Wording:
    """The few sentences that the boundary says."""

    apologise: Callable[[UserMistake, Action | None], Message]
    failed: Message


class Dispatch:
    """Runs one event from beginning to commit. Safe to call from many tasks at once."""

    def __init__(
        self,
        routes: Iterable[Route],
        database: Database,
        config: Config,
        clock: Clock,
        wording: Wording,
        queued: Callable[[], None],
        meter: Meter = NO_METER,
        hear: Callable[[MessagePosted], None] = lambda _event: None,
    ) -> None:
        """`queued` is called after a commit that put something in the queue; `hear` with every
        message, whether or not anything is to be done about it."""
        table = tuple(routes)
        self._routes = {(route.event, route.name): route for route in table}
        self._menu = menu_of(table)
        self._database = database
        self._config = config
        self._clock = clock
        self._wording = wording
        self._queued = queued
        self._meter = meter
        self._hear = hear
        self._in_hand: list[object] = []
        """The messages of the events whose transaction waits or runs."""

    async def __call__(self, event: Event) -> Answer | None:
        """The answer for whoever acted.

        What failed unforeseen is raised where the adapter can do better than a sentence: a form
        stays open with what was typed, a message or reaction is delivered again, a job runs again.
        """
        if isinstance(event, MessagePosted):
            self._hear(event)
        name = _name(event, self._config)
        route = self._routes.get((type(event), name))
        if route is None:
            return None
        kind = type(event).__name__
        with (
            bound_contextvars(key=event.key, route=name),
            handling(self._meter, kind, name) as handled,
        ):
            return await self._answer(route, event, handled)

    async def _answer(self, route: Route, event: Event, handled: Handling) -> Answer | None:
        try:
            return await self._run(route, event, handled)
        except UserMistake as mistake:
            handled.outcome = "refused"
            if route.answers in ("nothing", "choices"):
                return None
            retry = await self._refuse(event) if route.changes else None
            return Whisper(self._wording.apologise(mistake, retry))
        except Exception:
            handled.outcome = "failed"
            log.exception("event_failed")
            if isinstance(event, FormSubmitted) or route.answers in ("nothing", "choices"):
                raise
            failed = self._wording.failed
            return Page(failed) if route.answers == "page" else Whisper(failed)

    async def _refuse(self, event: Event) -> Action | None:
        """Delivered again, it stays refused; what was typed in a form outlives the refusal."""
        async with self._database.transaction() as store:
            if event.key is not None and not await store.claim(event.key, event.at):
                return None
            if not isinstance(event, FormSubmitted):
                return None
            turn = await self._turn(store, event, writing=True)
            values = dict(event.values)
            draft = await store.save_draft(turn.who, str(event.action), values, event.at)
        return Action.of("retry", draft)

    async def _run(self, route: Route, event: Event, handled: Handling) -> Answer | None:
        if not _is_allowed(route, event):
            raise NotAllowed
        if not route.changes:
            async with self._database.reading() as store:
                return (
                    await route.handler(event, await self._turn(store, event, writing=False))
                ).answer
        if not await self._concerns(route, event):
            return None
        with handled.commit(), self._holding(event):
            result = await self._change(route, event)
        if result is None:
            handled.outcome = "repeated"
            return None
        if result.outgoing:
            self._queued()
        return result.answer

    async def _concerns(self, route: Route, event: Event) -> bool:
        if route.concerns is None or getattr(event, "message", None) in self._in_hand:
            return True
        async with self._database.reading() as store:
            return await route.concerns(event, store)

    @contextmanager
    def _holding(self, event: Event) -> Iterator[None]:
        message = getattr(event, "message", None)
        self._in_hand.append(message)
        try:
            yield
        finally:
            self._in_hand.remove(message)

    async def _change(self, route: Route, event: Event) -> Result | None:
        """What the handler did, committed; None when the event was taken before."""
        async with self._database.transaction() as store:
            if event.key is not None and not await store.claim(event.key, event.at):
                return None
            result = await route.handler(event, await self._turn(store, event, writing=True))
            if result.outgoing:
                await store.enqueue(result.outgoing, self._clock.now())
            return result

    async def _turn(self, store: Store, event: Event, *, writing: bool) -> Turn:
        if not isinstance(event, HumanEvent):
            return Turn(store, self._config, self._menu, Viewer(""), event.at)
        connection = event.channel.connection
        known_only = not writing or isinstance(event, MessageEdited)  # an edit makes nobody known
        account = (
            await store.find_account(event.account)
            if known_only
            else await store.account(event.account, event.name, connection, event.at)
        )
        shows_all = self._config.connections[connection].show == "all"
        viewer = Viewer(connection, account, event.roles, shows_all)
        return Turn(store, self._config, self._menu, viewer, event.at)


def _is_allowed(route: Route, event: Event) -> bool:
    """Taking a reaction back needs no role: it undoes only what that account's reaction did."""
    if not isinstance(event, HumanEvent):
        return True
    if isinstance(event, ReactionChanged) and not event.added:
        return True
    return not route.roles or not event.roles.isdisjoint(route.roles)


def _name(event: Event, config: Config) -> str:
    match event:
        case CommandUsed():
            return event.command
        case ButtonPressed() | FormSubmitted() | ChoicesAsked():
            return event.action.name
        case ShortcutUsed():
            return event.shortcut
        case ReactionChanged() | ReactionsRead():
            meanings = {
                config.capture.emoji: "capture",
                config.voting.emoji: "vote",
                config.escalation.emoji: "escalate",
            }
            return meanings.get(event.emoji, "")
        case MessagePosted():
            if event.title:
                return "post"
            return _request(event) if event.to_bot else ""
        case MessageEdited():
            return "edited"
        case MessageDeleted():
            return "deleted"
        case HomeOpened():
            return "home"
        case CardAsked():
            return "card"
        case SourcesAsked():
            return "sources"
        case JobDone():
            return event.kind


def _request(event: MessagePosted) -> str:
    """What a message to the bot asks for; anything else may be an answer."""
    if event.thread and asks_for_summary(event.text):
        return "summarize"
    if suggestion_in(event.text) is not None:
        return "suggest"
    return "help" if asks_for_help(event.text) else "reply"
