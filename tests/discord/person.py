"""What a person does on Discord. Everything returns when Discord has finished with it: whoever is
connected has read it, and an interaction is answered, or its time is over.

A mistake of the test's own (not a member, no such button) is an AssertionError.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.discord import asking, forms, talk
from tests.discord.asking import Value
from tests.discord.components import BUTTON, SELECTS, walk
from tests.discord.events import plain, sees
from tests.discord.interactions import Did, Interaction
from tests.discord.mentions import pinged
from tests.discord.model import Channel, Command, Kind, Message, User
from tests.discord.permissions import Permission, in_channel
from tests.discord.screen import Modal, Screen, Seen
from tests.discord.world import World

Json = dict[str, Any]
SILENCE = "The application did not respond"
"""What stands there when an interaction was not answered in time."""
WRONG = "Something went wrong. Try again."
"""The same for a form, which stays open."""


PATIENCE = 10.0
"""Seconds until a test that waits for an answer fails."""


class Person:
    """Somebody at their screen."""

    def __init__(self, world: World, user: User) -> None:
        self._world, self.user = world, user

    @property
    def id(self) -> str:
        """Their snowflake."""
        return self.user.id

    @property
    def screen(self) -> Screen:
        """What they see and nobody else does."""
        return self.user.screen

    @property
    def mention(self) -> str:
        """What stands in a message that mentions them."""
        return f"<@{self.id}>"

    # ── in channels ──
    async def say(
        self, channel: Channel, text: str, *, reply_to: Message | None = None, ping: bool = True
    ) -> Message:
        """Write something; a reply pings its author unless that is switched off."""
        self._may(channel, _writing(channel))
        message = talk.say(self._world, self.user, channel, text, reply_to, ping_=ping)
        await self._read()
        return message

    async def say_directly(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Write to the bot."""
        return await self.say(self._world.open_direct(self.user), text, reply_to=reply_to)

    async def edit(self, message: Message, text: str) -> None:
        """Change one's own message."""
        assert message.author is self.user, "only one's own"
        message.content = text
        talk.edit(self._world, message)
        await self._read()

    async def delete(self, message: Message) -> None:
        """Delete one's own message, or with the right to it anybody's."""
        if message.author is not self.user:
            self._may(message.channel, Permission.MANAGE_MESSAGES)
        talk.delete(self._world, message)
        await self._read()

    async def react(self, message: Message, emoji: str) -> None:
        """Give a reaction: unicode, or `name:id`."""
        await self._react(message, emoji, added=True)

    async def unreact(self, message: Message, emoji: str) -> None:
        """Take a reaction back."""
        await self._react(message, emoji, added=False)

    async def start_thread(self, message: Message, name: str) -> Channel:
        """A thread from a message."""
        self._may(message.channel, Permission.CREATE_PUBLIC_THREADS)
        thread = talk.start_thread(self._world, self.user, message.channel, name, source=message)
        await self._read()
        return thread

    async def post(
        self, forum: Channel, title: str, text: str, *, tags: Sequence[str] = ()
    ) -> Channel:
        """A post in a forum, with tags by name; its starter message has the post's id."""
        self._may(forum, Permission.SEND_MESSAGES)
        assert forum.kind is Kind.FORUM, "no forum"
        chosen = [forum.tag(name).id for name in tags]
        assert chosen or not forum.require_tag, "a post needs a tag here"
        starter = talk.written(self._world, self.user, forum, text)
        thread = talk.start_thread(
            self._world, self.user, forum, title, tags=chosen, starter=starter
        )
        await self._read()
        return thread

    async def archive(self, thread: Channel, *, locked: bool | None = None) -> None:
        """Close one's own thread, or with the right to it anybody's, perhaps locked."""
        assert thread.thread is not None, "no thread"
        if locked is not None or thread.thread.owner != self.id:
            self._may(thread, Permission.MANAGE_THREADS)
        talk.archive(self._world, thread, archived=True, locked=locked)
        await self._read()

    async def unarchive(self, thread: Channel, *, locked: bool | None = None) -> None:
        """Open a thread again."""
        talk.archive(self._world, thread, archived=False, locked=locked)
        await self._read()

    def close_directs(self) -> None:
        """Take no direct messages from people and bots that are no friends."""
        self.user.directs = False

    def open_directs(self) -> None:
        """Take them again."""
        self.user.directs = True

    def reload(self) -> None:
        """Load Discord again: private notices and the form are gone."""
        self.screen.ephemerals.clear()
        self.screen.thinking.clear()
        self.screen.modal = None

    def pinged_by(self, message: Message) -> bool:
        """Whether a message made their phone ring."""
        return pinged(message, self.user)

    # ── with the app ──
    async def slash(
        self, channel: Channel, name: str, options: "Mapping[str, Value | Person] | None" = None
    ) -> Seen:
        """Use a command: `slash(general, "sounding link", {"code": "K7Q2"})`."""
        command, path = self._typed(channel, name)
        values = _plain(options or {})
        self._check(command, path, values)
        made = self._new(Did.COMMAND, channel)
        made.message_kind = 20
        data = asking.command_data(command, path, values) | asking.resolved(values, channel)
        return await self._ask(made, data)

    async def autocomplete(
        self,
        channel: Channel,
        name: str,
        option: str,
        text: str,
        options: "Mapping[str, Value | Person] | None" = None,
    ) -> Seen:
        """Type in an option; `choices` of what is seen are what the app offers."""
        command, path = self._typed(channel, name)
        values = {**_plain(options or {}), option: text}
        made = self._new(Did.AUTOCOMPLETE, channel)
        return await self._ask(made, asking.command_data(command, path, values, option))

    async def menu(
        self, target: "Message | Person", name: str, *, channel: Channel | None = None
    ) -> Seen:
        """Use a context menu: on a message, or on a person in a channel."""
        place = target.channel if isinstance(target, Message) else channel
        assert place is not None, "where?"
        kind = 3 if isinstance(target, Message) else 2
        command = self._command(place, name, kind)
        made = self._new(Did.COMMAND, place)
        made.message_kind = 23
        on = target.user if isinstance(target, Person) else target
        return await self._ask(made, asking.menu_data(self._world, command, on, place))

    async def press(self, message: Message, button: str) -> Seen:
        """Press a button, named by its words or its `custom_id`."""
        found = _component(message, button, (BUTTON,))
        assert found.get("style") != 5, "a link asks nobody"
        data = {"component_type": BUTTON, "custom_id": found["custom_id"], "id": found["id"]}
        return await self._ask(self._on(message), data)

    async def choose(self, message: Message, select: str, values: Sequence[str]) -> Seen:
        """Choose in a select of a message, named by its `custom_id` or placeholder."""
        found = _component(message, select, SELECTS)
        offered = [option["value"] for option in found.get("options", ())]
        assert set(values) <= set(offered) or found["type"] != 3, f"not among {offered}"
        data = {"component_type": found["type"], "custom_id": found["custom_id"]}
        return await self._ask(self._on(message), data | {"id": found["id"], "values": [*values]})

    async def submit(
        self, values: Mapping[str, forms.Filled] | None = None, *, modal: Modal | None = None
    ) -> Seen:
        """Fill in the form in front and send it; fields by `custom_id` or label. What the client
        itself refuses never reaches the app. Unanswered, the form stays open."""
        front = self.screen.modal
        assert front is not None, "no form is open"
        assert modal in (None, front), "not in front"
        filled = forms.filled(front, values or {})
        if mistakes := forms.mistakes(front, filled):
            return Seen(modal=front, error="; ".join(mistakes))
        made = self._new(Did.MODAL, front.channel, front.source)
        made.message_kind = 19 if front.source else 20
        seen = await self._ask(made, forms.submitted(front, filled))
        if made.answer is not None and self.screen.modal is front:
            self.screen.modal = None
        return seen

    def dismiss(self) -> None:
        """Close the form in front, unsent; nobody is told."""
        self.screen.modal = None

    # ── how ──
    async def _react(self, message: Message, emoji: str, *, added: bool) -> None:
        self._may(message.channel, Permission.READ_MESSAGE_HISTORY)
        thread = message.channel.thread
        assert not (thread and thread.archived), "the thread is archived"
        talk.react(self._world, self.user, emoji, message, added=added)
        await self._read()

    def _new(self, did: Did, channel: Channel, source: Message | None = None) -> Interaction:
        assert not (channel.thread and channel.thread.archived), "the thread is archived"
        return self._world.interactions.new(did, self.user, channel, source)

    def _on(self, message: Message) -> Interaction:
        if message.ephemeral:
            assert message in self.screen.ephemerals, "not on their screen"
        else:
            assert message.id in message.channel.messages, "the message is gone"
            assert sees(message.channel, self.user), "they do not see it"
        made = self._new(Did.COMPONENT, message.channel, message)
        made.message_kind = 19
        return made

    async def _ask(self, made: Interaction, data: Json) -> Seen:
        """Do it, and see what came of it. "… is thinking" is waited out."""
        world, screen = self._world, self.screen
        before, front = len(screen.ephemerals), screen.modal
        told = asking.payload(world, made, data)
        world.announce([plain("INTERACTION_CREATE", 0, told)])
        error = await self._answered(made)
        new = screen.modal if screen.modal is not front else None
        reply = made.original if made.original and not made.original.ephemeral else None
        reply = None if reply is made.source else reply
        return Seen(tuple(screen.ephemerals[before:]), reply, new, made.choices, error)

    async def _answered(self, made: Interaction) -> str | None:
        """What is wrong once there is an answer, or its time is over: at once when nobody is there
        to give one."""
        world, rules = self._world, self._world.rules
        if world.gateway.sessions:
            await self._sooner(lambda: made.answer is not None, made.at + rules.answer_seconds)
        if made.answer is not None:
            await self._sooner(lambda: not made.waiting, made.at + rules.token_seconds)
            if not made.waiting:
                return None
        made.given_up = True
        self.screen.thinking = [one for one in self.screen.thinking if one is not made.original]
        error = WRONG if made.did is Did.MODAL else SILENCE
        self.screen.errors.append(error)
        world.changes.happened()
        return error

    async def _sooner(self, done: Callable[[], bool], moment: float) -> None:
        """Return when it is so, or when it is so late."""
        changes = self._world.changes
        late = asyncio.create_task(self._world.clock.reach(moment))
        late.add_done_callback(lambda _: changes.happened())
        try:
            await changes.until(lambda: done() or late.done(), PATIENCE)
        finally:
            late.cancel()

    async def _read(self) -> None:
        await self._world.gateway.read()

    def _may(self, channel: Channel, permission: Permission) -> None:
        granted = in_channel(channel, self.id)
        name = channel.name or "the conversation"
        assert sees(channel, self.user), f"{self.user.shown_name} does not see {name}"
        assert granted & permission, f"{self.user.shown_name} may not {permission.name} in {name}"

    def _typed(self, channel: Channel, name: str) -> tuple[Command, list[str]]:
        word, *path = name.removeprefix("/").split(" ")
        return self._command(channel, word, 1), path

    def _command(self, channel: Channel, name: str, kind: int) -> Command:
        """A command as this person's client offers it there."""
        self._may(channel, Permission.USE_APPLICATION_COMMANDS)
        guild = channel.guild.id if channel.guild else None
        found = [
            one
            for one in self._world.app.commands
            if one.name == name and one.kind == kind and one.guild in (None, guild)
        ]
        assert found, f"no command {name} there"
        needed = found[0].body.get("default_member_permissions")
        allowed = needed is None or in_channel(channel, self.id) & Permission(int(needed))
        assert allowed, f"{self.user.shown_name} is not offered {name}"
        return found[0]

    def _check(self, command: Command, path: list[str], values: Mapping[str, Value]) -> None:
        options: list[Json] = command.body.get("options") or []
        for name in path:
            options = next(one for one in options if one["name"] == name).get("options") or []
        for option in options:
            given = option["name"] in values
            assert given or not option.get("required"), f"{option['name']} is required"
            choices = [choice["value"] for choice in option.get("choices") or ()]
            value = values.get(option["name"])
            assert not (given and choices) or value in choices, f"{value!r} is no choice"


def _writing(channel: Channel) -> Permission:
    return Permission.SEND_MESSAGES_IN_THREADS if channel.thread else Permission.SEND_MESSAGES


def _plain(options: "Mapping[str, Value | Person]") -> dict[str, Value]:
    return {
        name: value.user if isinstance(value, Person) else value for name, value in options.items()
    }


def _component(message: Message, name: str, kinds: Sequence[int]) -> Json:
    found = [one for _, one in walk(message.components) if one.get("type") in kinds]
    for one in found:
        if name in (one.get("custom_id"), one.get("label"), one.get("placeholder")):
            assert not one.get("disabled"), f"{name} is disabled"
            return one
    raise AssertionError(f"no {name} among {[one.get('label') for one in found]}")
