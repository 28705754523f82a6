"""What a person does in Slack. Everything returns when Slack has finished with it.

A mistake of the test's own (not a member, no such button) is an AssertionError.
"""

import asyncio
from collections.abc import Mapping, Sequence

from tests.slack import events, forms, modals, payloads, replies, talk
from tests.slack.deliveries import Delivery, Kind
from tests.slack.elements import Json
from tests.slack.methods.people import shown_user
from tests.slack.model import Channel, Message, User
from tests.slack.screen import Ephemeral, Screen, Seen, Submitted, View
from tests.slack.team import Team
from tests.slack.texts import rich_text, typed

TIMEOUT = "operation_timeout"
"""What Slack says when a command was not acknowledged; a press or a form fails alike."""
UNKNOWN_COMMAND = "not a valid command"


class Person:
    """Somebody at their screen."""

    def __init__(self, team: Team, user: User) -> None:
        self._team, self.user = team, user

    @property
    def id(self) -> str:
        """`U…`."""
        return self.user.id

    @property
    def screen(self) -> Screen:
        """What they see and nobody else does."""
        return self.user.screen

    @property
    def mention(self) -> str:
        """What somebody types to mention them."""
        return f"@{self.user.display_name or self.user.name}"

    # ── in channels ──
    async def say(
        self,
        channel: Channel | str,
        text: str,
        thread: Message | str | None = None,
        *,
        broadcast: bool = False,
        files: Sequence[str] = (),
    ) -> Message:
        """Write something, as typed: `@name`, `#channel` and links are recognised."""
        there = self._inside(channel)
        message = talk.written(self._team, self.user, there.room, self._typed(text))
        message.blocks = rich_text(text, self._team.hub.ids.block())
        message.thread_ts = thread.ts if isinstance(thread, Message) else thread
        if broadcast:
            message.subtype = "thread_broadcast"
        if files:
            message.subtype, message.files = "file_share", [self._file(name) for name in files]
        await self._told(talk.post(self._team, message))
        return message

    async def edit(self, message: Message, text: str) -> None:
        """Change one's own message."""
        assert message.user == self.id, "only one's own"
        blocks = rich_text(text, self._team.hub.ids.block())
        hub = self._team.hub
        told = talk.edit(hub, message, self.user, text=self._typed(text), blocks=blocks)
        await self._told(told)

    async def delete(self, message: Message) -> None:
        """Delete one's own message."""
        assert message.user == self.id, "only one's own"
        await self._told(talk.delete(self._team.hub, message))

    async def react(self, message: Message, name: str) -> None:
        """Give a reaction; `name` as Slack has it, perhaps `+1::skin-tone-3`."""
        self._inside(message.channel)
        hub = self._team.hub
        await self._told(talk.react(hub, self.user, name, message, added=True))

    async def unreact(self, message: Message, name: str) -> None:
        """Take a reaction back."""
        hub = self._team.hub
        await self._told(talk.react(hub, self.user, name, message, added=False))

    async def say_directly(self, text: str, thread: Message | str | None = None) -> Message:
        """Write to the bot."""
        return await self.say(talk.direct(self._team, self.user).id, text, thread)

    # ── with the app ──
    async def command(self, channel: Channel | str, line: str) -> Seen:
        """Type `/suggest dark mode` in a channel, never in a thread."""
        there = self._inside(channel)
        name, _, text = line.partition(" ")
        commands = self._team.app.commands
        stranger = self.user.team != self._team.id
        if stranger or (commands is not None and name not in commands):
            self.screen.errors.append(f"{name} is {UNKNOWN_COMMAND}")
            return Seen(error=UNKNOWN_COMMAND)
        escaped = commands is None or commands[name].should_escape
        words = self._typed(text, labels=True) if escaped else text
        payload = payloads.command(self._team, self.user, there, name, words)
        return await self._ask("slash_commands", payload, there)

    async def shortcut(self, message: Message, callback_id: str) -> Seen:
        """Use a message's menu."""
        there = self._inside(message.channel)
        known = self._team.app.shortcuts
        assert known is None or callback_id in known, f"no shortcut {callback_id}"
        payload = payloads.message_action(self._team, self.user, there, message, callback_id)
        return await self._ask("interactive", payload, there)

    async def press(self, where: Message | Ephemeral | View, button: str) -> Seen:
        """Press a button, named by its words or its `action_id`."""
        action = forms.pressed(where.blocks, button, self._team.hub.ids.ts())
        team, user = self._team, self.user
        if isinstance(where, View):
            assert where in [*self.screen.views, self.screen.home], "not on their screen"
            return await self._ask("interactive", payloads.press_in_view(team, user, where, action))
        there = self._inside(where.channel)
        if isinstance(where, Message):
            payload = payloads.press_in_message(team, user, there, where, action)
        else:
            assert where in self.screen.ephemerals, "not on their screen"
            payload = payloads.press_in_ephemeral(team, user, there, where, action)
        return await self._ask("interactive", payload, there)

    async def type(self, view: View, field: str, text: str) -> list[Json]:
        """Type in a select that asks the app; the options it offers then."""
        element = view.fields[field]
        assert element["type"] == "external_select", "the app is not asked"
        if len(text) < element.get("min_query_length", 3):
            return []
        payload = payloads.suggestion(self._team, self.user, view, field, text)
        answer = await self._team.deliveries.ask("interactive", payload)
        if answer is None:
            self.screen.errors.append(TIMEOUT)
            return []
        view.offered[field] = forms.options(self._team, answer)
        return view.offered[field]

    async def submit(self, view: View, values: Mapping[str, str] | None = None) -> Submitted:
        """Fill in a modal and send it. What Slack itself refuses never reaches the app."""
        assert view is self.screen.view, "not in front"
        forms.fill(view, values or {})
        if errors := forms.mistakes(view):
            return Submitted(errors=errors, view=view)
        before = len(self.screen.ephemerals)
        payload = payloads.submission(self._team, self.user, view)
        answer = await self._team.deliveries.ask("interactive", payload)
        if answer is None:
            self.screen.errors.append(TIMEOUT)
            return Submitted(view=view, error=TIMEOUT)
        return forms.answered(self._team, self.user, view, answer, before)

    async def open_home(self, tab: str = "home") -> View | None:
        """Look at the app's page; the home tab as it is once the app was told."""
        home = self.screen.home
        shown = modals.shown(self._team, home) if home else None
        direct = talk.direct(self._team, self.user).id
        event = events.home_opened(self.user, tab, direct, shown, self._team.hub.ids.ts())
        await self._told(self._team.announce([event]))
        return self.screen.home

    def close(self) -> None:
        """Close the modal in front, unsent."""
        self.screen.views.pop()

    def reload(self) -> None:
        """Load Slack again: private notices and modals are gone."""
        self.screen.ephemerals.clear()
        self.screen.views.clear()

    async def rename(self, display_name: str) -> None:
        """Be called something else from now on."""
        self.user.display_name = display_name
        await self._changed()

    async def leave_company(self) -> None:
        """The account is deactivated."""
        self.user.deleted = True
        await self._changed()

    # ── how ──
    async def _changed(self) -> None:
        shown = shown_user(self.user, self._team.id)
        event = {"type": "user_change", "user": shown, "event_ts": self._team.hub.ids.ts()}
        await self._told(self._team.announce([event]))

    async def _ask(self, kind: Kind, payload: Json, channel: Channel | None = None) -> Seen:
        before, view = len(self.screen.ephemerals), self.screen.view
        shown = view.hash if view else None
        answer = await self._team.deliveries.ask(kind, payload)
        error = TIMEOUT if answer is None else None
        if error:
            self.screen.errors.append(error)
        if answer and channel and kind == "slash_commands":
            self._answered(answer, channel)
        elif answer:
            self._team.problems.append(f"only a command is answered so: {sorted(answer)}")
        now = self.screen.view
        new = now if now and now.hash != shown else None
        return Seen(tuple(self.screen.ephemerals[before:]), new, error)

    def _answered(self, answer: Json, channel: Channel) -> None:
        """A command may be answered in its acknowledgement, as by its `response_url`."""
        url = payloads.reply_url(self._team, self.user, channel, None)
        replies.use(self._team.hub.replies[url.rpartition("/")[2]], answer)

    async def _told(self, deliveries: Sequence[Delivery]) -> None:
        changes = self._team.hub.changes
        await changes.until(
            lambda: all(one.over or one.state == "kept" for one in deliveries), None
        )
        await asyncio.sleep(0)

    def _inside(self, channel: Channel | str) -> Channel:
        name = channel if isinstance(channel, str) else channel.id
        there = self._team.channels[name]
        assert self.id in there.room.members, f"{self.user.name} is not in #{there.name}"
        assert not there.archived, f"#{there.name} is archived"
        return there

    def _typed(self, text: str, *, labels: bool = False) -> str:
        people = {one.display_name or one.name: one.id for one in self._team.users.values()}
        named = self._team.channels.values()
        channels = {one.name: one.id for one in named if one.kind != "im"}
        return typed(text, people, channels, labels=labels)

    def _file(self, name: str) -> Json:
        file = self._team.hub.ids.new("F")
        return {"id": file, "name": name, "title": name, "user": self.id, "size": 1_024}
