"""What a person does on Discord. Everything returns when Discord has finished with it: whoever is
connected has read it, and an interaction is answered, or its time is over.

A mistake of the test's own (not a member, no such button) is an AssertionError.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.discord import forms, offered, talk
from tests.discord.asking import ask
from tests.discord.components import BUTTON, SELECTS
from tests.discord.events import sees
from tests.discord.interaction_payloads import Value, command_data, menu_data, resolved
from tests.discord.interactions import Did, Interaction
from tests.discord.mentions import pinged
from tests.discord.model import BY_COMMAND, BY_MENU, REPLY, Channel, Kind, Message, User
from tests.discord.permissions import Permission
from tests.discord.screen import Modal, Screen, Seen
from tests.discord.world import World

Json = dict[str, Any]


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
        self._may(channel, offered.writing(channel))
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

    async def react(self, message: Message, emoji: str, *, burst: bool = False) -> None:
        """Give a reaction, perhaps a super one: unicode, or `name:id`."""
        await self._react(message, emoji, added=True, burst=burst)

    async def unreact(self, message: Message, emoji: str) -> None:
        """Take a reaction back."""
        await self._react(message, emoji, added=False)

    async def start_thread(self, message: Message, name: str) -> Channel:
        """A thread from a message."""
        self._may(message.channel, Permission.CREATE_PUBLIC_THREADS)
        thread = talk.start_thread(self._world, self.user, message.channel, name, source=message)
        await self._read()
        return thread

    async def start_private_thread(
        self, channel: Channel, name: str, *invited: "Person", bot: bool = True
    ) -> Channel:
        """A thread for these people, and perhaps the bot, which hears of no other."""
        self._may(channel, Permission.SEND_MESSAGES)
        people = [person.id for person in invited] + ([self._world.bot.id] if bot else [])
        kind = Kind.PRIVATE_THREAD
        thread = talk.start_thread(self._world, self.user, channel, name, kind=kind, invited=people)
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
        command, path = offered.typed(self._world, self.user, channel, name)
        values = _plain(options or {})
        offered.check(command, path, values)
        made = self._new(Did.COMMAND, channel)
        made.message_kind = BY_COMMAND
        data = command_data(command, path, values) | resolved(values, channel)
        return await ask(self._world, made, data)

    async def autocomplete(
        self,
        channel: Channel,
        name: str,
        option: str,
        text: str,
        options: "Mapping[str, Value | Person] | None" = None,
    ) -> Seen:
        """Type in an option; `choices` of what is seen are what the app offers."""
        command, path = offered.typed(self._world, self.user, channel, name)
        values = {**_plain(options or {}), option: text}
        made = self._new(Did.AUTOCOMPLETE, channel)
        return await ask(self._world, made, command_data(command, path, values, option))

    async def menu(
        self, target: "Message | Person", name: str, *, channel: Channel | None = None
    ) -> Seen:
        """Use a context menu: on a message, or on a person in a channel."""
        place = target.channel if isinstance(target, Message) else channel
        assert place is not None, "where?"
        kind = 3 if isinstance(target, Message) else 2
        command = offered.command(self._world, self.user, place, name, kind)
        made = self._new(Did.COMMAND, place)
        made.message_kind = BY_MENU
        on = target.user if isinstance(target, Person) else target
        return await ask(self._world, made, menu_data(self._world, command, on, place))

    async def press(self, message: Message, button: str) -> Seen:
        """Press a button, named by its words or its `custom_id`."""
        found = offered.component(message, button, (BUTTON,))
        assert found.get("style") != 5, "a link asks nobody"
        data = {"component_type": BUTTON, "custom_id": found["custom_id"], "id": found["id"]}
        return await ask(self._world, self._on(message), data)

    async def choose(self, message: Message, select: str, values: Sequence[str]) -> Seen:
        """Choose in a select of a message, named by its `custom_id` or placeholder."""
        found = offered.component(message, select, SELECTS)
        known = [option["value"] for option in found.get("options", ())]
        assert set(values) <= set(known) or found["type"] != 3, f"not among {known}"
        data: Json = {"component_type": found["type"], "custom_id": found["custom_id"]}
        data |= {"id": found["id"], "values": [*values]}
        return await ask(self._world, self._on(message), data)

    async def submit(
        self, modal: Modal | None, values: Mapping[str, forms.Filled] | None = None
    ) -> Seen:
        """Fill in a form and send it; fields by `custom_id` or label. What the client itself
        refuses never reaches the app. Unanswered, the form stays open."""
        assert modal is not None, "no form is open"
        assert modal is self.screen.modal, "not in front"
        filled = forms.filled(modal, values or {})
        if mistakes := forms.mistakes(modal, filled):
            return Seen(modal=modal, error="; ".join(mistakes))
        made = self._new(Did.MODAL, modal.channel, modal.source)
        made.message_kind = REPLY if modal.source else BY_COMMAND
        seen = await ask(self._world, made, forms.submitted(modal, filled))
        if made.answer is not None and self.screen.modal is modal:
            self.screen.modal = None
        return seen

    def dismiss(self) -> None:
        """Close the form in front, unsent; nobody is told."""
        self.screen.modal = None

    # ── how ──
    async def _react(
        self, message: Message, emoji: str, *, added: bool, burst: bool = False
    ) -> None:
        self._may(message.channel, Permission.READ_MESSAGE_HISTORY)
        thread = message.channel.thread
        assert not (thread and thread.archived), "the thread is archived"
        talk.react(self._world, self.user, emoji, message, added=added, burst=burst)
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
        made.message_kind = REPLY
        return made

    async def _read(self) -> None:
        await self._world.gateway.read()

    def _may(self, channel: Channel, permission: Permission) -> None:
        offered.may(self.user, channel, permission)


def _plain(options: "Mapping[str, Value | Person]") -> dict[str, Value]:
    return {
        name: value.user if isinstance(value, Person) else value for name, value in options.items()
    }
