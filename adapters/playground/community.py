"""Who may see and do what: the configured roles over the chat's rows."""

from dataclasses import dataclass
from secrets import token_hex

from adapters.playground import parse
from adapters.playground.chat import Chat
from adapters.playground.parse import Deed
from adapters.playground.rows import BOT, BOT_NAME, Channel, ChatMessage, Person
from adapters.playground.rules import NotThere
from bot.config import Connection
from bot.events import ReadMessage
from bot.people import Role
from bot.ports import Clock
from bot.refs import MessageRef, ThreadRef


@dataclass(frozen=True, slots=True)
class Community:
    """The chat as its people see it. What one may not see looks like what does not exist."""

    connection: str
    settings: Connection
    chat: Chat
    clock: Clock

    def roles(self, person: str) -> frozenset[Role]:
        """A person's roles, as configured."""
        named = (
            (Role.MODERATOR, self.settings.moderators),
            (Role.PRODUCT, self.settings.product_team),
        )
        return frozenset(role for role, people in named if person in people)

    def sees(self, person: str, channel: Channel) -> bool:
        """Whether a channel exists for a person."""
        if channel.direct_to is not None:
            return channel.direct_to == person
        return channel.needs is None or channel.needs in self.roles(person)

    async def channels_of(self, person: str) -> list[Channel]:
        """The channels a person sees, their own direct line last."""
        seen = [each for each in await self.chat.channels() if self.sees(person, each)]
        return sorted(seen, key=lambda channel: channel.direct_to is not None)

    async def person(self, person: str) -> Person:
        """A person, or NotThere."""
        found = await self.chat.person(person)
        if found is None:
            raise NotThere("There is nobody of that name here.")
        return found

    async def channel(self, person: Person, channel: str) -> Channel:
        """A channel the person sees, or NotThere."""
        found = await self.chat.channel(channel)
        if found is None or not self.sees(person.id, found):
            raise NotThere("There is no such channel.")
        return found

    async def message(self, person: Person, message: str) -> tuple[ChatMessage, Channel]:
        """A message the person sees, with its channel, or NotThere."""
        found = await self.chat.message(message)
        channel = found and await self.chat.channel(found.channel)
        if not found or not channel or not self.sees(person.id, channel):
            raise NotThere("That message is not there any more.")
        return found, channel

    async def find(self, ref: MessageRef) -> ChatMessage | None:
        """A message of this connection by its identity, whoever may see it."""
        found = await self.chat.message(ref.message) if ref.connection == self.connection else None
        return found if found and found.channel == ref.container else None

    async def read_thread(self, ref: ThreadRef) -> tuple[ReadMessage, ...] | None:
        """What people said in a thread, oldest first, or None when there is no such thread."""
        opening = await self.find(ref.opening)
        channel = opening and await self.chat.channel(opening.channel)
        if not opening or not channel or opening.root:
            return None
        names = {person.id: person.name for person in await self.chat.people()}
        return tuple(
            parse.read(self.connection, message, channel, names[message.author])
            for message in await self.chat.thread(opening.id)
            if message.author != BOT
        )

    async def root(self, channel: Channel, thread: str | None) -> str | None:
        """The first message of a thread in this channel, given that or any reply in it."""
        if thread is None:
            return None
        found = await self.chat.message(thread)
        if found is None or found.channel != channel.id:
            raise NotThere("That thread is not there any more.")
        return found.root or found.id

    def deed(self, person: Person, channel: Channel) -> Deed:
        """Something a person does now, with a key of its own."""
        key = f"in{token_hex(12)}"
        roles = self.roles(person.id)
        return Deed(self.connection, key, self.clock.now(), person, roles, channel)

    async def read(self, message: ChatMessage, channel: Channel) -> ReadMessage:
        """A message as it is now, with its author's name."""
        author = None if message.author == BOT else await self.chat.person(message.author)
        name = author.name if author else BOT_NAME
        return parse.read(self.connection, message, channel, name)
