"""From Bolt to the bot: six listeners, each of which makes an event and shows its answer.

Bolt runs with `process_before_response`: what is acknowledged is committed, and what failed is not
acknowledged, so that Slack delivers an event again or tells the person.
"""

import asyncio
import re
from collections.abc import Coroutine, Mapping
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck

from adapters.slack import parse
from adapters.slack.answers import SAVING, TOO_LATE, Answers, Place, Surface, channel_in
from adapters.slack.calls import in_time
from adapters.slack.log import LIBRARY
from adapters.slack.news import News
from adapters.slack.parse import Deed
from adapters.slack.reading import Reading
from adapters.slack.render import Json
from adapters.slack.workspace import Workspace
from bot.events import Event
from bot.messages import Form
from bot.ports import Clock, Sink
from bot.results import Answer, Whisper

ANSWER_SECONDS = 1.3
"""After that an interaction is acknowledged without its answer, which follows: inside two seconds,
with the `LOOK_SECONDS` for who acts and where."""
FINISH_SECONDS = 3.0
"""How long a stop waits for answers that are still on their way."""
ANY = re.compile("")

log = structlog.get_logger()


class Listener:
    """Receives for one workspace. `finish` what goes on after an acknowledgement."""

    def __init__(
        self,
        workspace: Workspace,
        reading: Reading,
        answers: Answers,
        sink: Sink,
        clock: Clock,
        answer_within: float = ANSWER_SECONDS,
    ) -> None:
        self._workspace = workspace
        self._reading = reading
        self._answers = answers
        self._sink = sink
        self._clock = clock
        self._answer_within = answer_within
        self._late: set[asyncio.Task[None]] = set()
        self._news = News(workspace, reading, sink)

    def app(self) -> AsyncApp:
        """Bolt with few listeners, for each one costs; what comes is routed by the bot's table.

        It does not ask Slack who we are, and so drops nothing when a token is revoked.
        """
        us = self._workspace.identity
        known = AuthorizeResult(
            enterprise_id=us.enterprise,
            team_id=us.team,
            bot_user_id=us.bot_user,
            bot_id=us.bot_id,
            bot_token=self._workspace.web.token,
        )

        async def authorize() -> AuthorizeResult:
            return known

        app = AsyncApp(
            logger=LIBRARY,
            process_before_response=True,
            authorize=authorize,
            ignoring_self_events_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )
        app.event(ANY)(self._event)
        app.command(ANY)(self._command)
        app.action(ANY)(self._action)
        app.view(ANY)(self._view)
        app.shortcut(ANY)(self._shortcut)
        app.options(ANY)(self._options)
        return app

    async def _event(self, body: dict[str, Any]) -> None:
        answered = await self._news.hear(body)
        if answered:
            self._later(self._answers.show(*answered))

    async def _command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        place = Place(
            Surface.COMMAND,
            body["user_id"],
            body["channel_id"],
            body["trigger_id"],
            body["response_url"],
        )
        deed = await self._deed(place, body["trigger_id"], body.get("user_name"))
        await self._answer(ack, parse.command(deed, body), place)

    async def _action(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        if not body["actions"][0].get("value"):  # a field that completes, or a link
            await ack()
            return
        place = _place_of_press(body)
        deed = await self._deed(place, body["trigger_id"], _given_name(body))
        await self._answer(ack, parse.press(deed, body), place)

    async def _view(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        view = body["view"]
        channel = channel_in(view["private_metadata"])
        place = Place(Surface.FORM, body["user"]["id"], channel, view=view["id"])
        deed = await self._deed(place, body["trigger_id"], _given_name(body))
        await self._answer(ack, parse.submit(deed, body), place)

    async def _shortcut(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        channel, user = body["channel"]["id"], body["user"]["id"]
        place = Place(Surface.MESSAGE, user, channel, body["trigger_id"], body["response_url"])
        deed, message = await asyncio.gather(
            self._deed(place, body["trigger_id"], _given_name(body)),
            in_time(self._reading.read(channel, body["message"]), None, channel=channel),
        )
        if message is None:
            await ack()
            self._later(self._answers.show(Whisper(TOO_LATE), place))
            return
        await self._answer(ack, parse.shortcut(deed, body, message), place)

    async def _options(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        channel = channel_in(body["view"]["private_metadata"])
        place = Place(Surface.FORM, body["user"]["id"], channel)
        deed = await self._deed(place, None, _given_name(body))
        answer = await self._sink(parse.choices(deed, body))
        await ack(**(self._answers.at_once(answer, place) or {"options": []}))

    async def _deed(self, place: Place, key: str | None, given: str | None) -> Deed:
        at = self._workspace
        name, private, roles = await asyncio.gather(
            at.people.name(place.user),
            at.channels.is_closed(place.channel),
            at.people.roles(place.user),
        )
        return Deed(
            workspace=at,
            key=key,
            at=self._clock.now(),
            user=place.user,
            name=name or given or "",
            channel=place.channel or place.user,
            private=private,
            roles=roles,
            handle=place.response_url or None,
        )

    async def _answer(self, ack: AsyncAck, event: Event, place: Place) -> None:
        """Commit, acknowledge, and show what the acknowledgement did not say."""
        task = asyncio.ensure_future(self._sink(event))
        done, _ = await asyncio.wait({task}, timeout=self._answer_within)
        if not done:
            await ack(**self._meanwhile(place))
            self._later(self._show_late(task, place))
            return
        answer = task.result()
        told = self._answers.at_once(answer, place)
        await ack(**told)
        if answer is not None and not told:
            self._later(self._answers.show(answer, place))

    def _meanwhile(self, place: Place) -> Mapping[str, Any]:
        if place.surface is Surface.FORM:
            return self._answers.at_once(Whisper(SAVING), place)
        return {}

    async def _show_late(self, task: "asyncio.Future[Answer | None]", place: Place) -> None:
        try:
            answer = await task
        except Exception:  # logged by the dispatch
            answer = Whisper(TOO_LATE)
        await self._answers.show(Whisper(TOO_LATE) if isinstance(answer, Form) else answer, place)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_alone(work))
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def finish(self) -> None:
        """Show what was acknowledged without its answer; what takes too long is given up."""
        if not self._late:
            return
        _, hanging = await asyncio.wait(self._late, timeout=FINISH_SECONDS)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)


async def _alone(work: Coroutine[Any, Any, None]) -> None:
    """What goes wrong in showing one answer ends nothing else."""
    try:
        await work
    except Exception:
        log.exception("answer_not_shown")


def _place_of_press(body: Json) -> Place:
    """Where a button hung: on a message, in a modal or on the bot's own page."""
    user, trigger, view = body["user"]["id"], body["trigger_id"], body.get("view")
    if view is None:
        channel = body["container"]["channel_id"]
        return Place(Surface.MESSAGE, user, channel, trigger, body["response_url"])
    surface = Surface.HOME if view["type"] == "home" else Surface.SCREEN
    channel = channel_in(view.get("private_metadata") or "")
    return Place(surface, user, channel, trigger, view=view["id"])


def _given_name(body: Json) -> str | None:
    user: Json = body["user"]
    name: str | None = user.get("name") or user.get("username")
    return name
