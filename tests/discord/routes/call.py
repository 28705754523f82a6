"""One call of a route: what it names, what it brings, and how it is refused
(docs.discord.com/developers/reference#error-messages).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.discord.faults import Fault, invalid, nested
from tests.discord.model import Channel, Guild, Message, User
from tests.discord.permissions import Permission, in_channel
from tests.discord.routes.codes import CODES
from tests.discord.world import World
from tests.discord.written import shown_message

Json = dict[str, Any]


class Refused(Exception):
    """One of Discord's errors."""

    def __init__(self, code: int, faults: Sequence[Fault] = (), status: int | None = None) -> None:
        self.code = code
        known, words = CODES.get(code, (400, "Our Discord has no words for this"))
        self.status = status or known
        self.body: Json = {"message": words, "code": code}
        if faults:
            self.body["errors"] = nested(faults)
        super().__init__(f"{self.status} {code}: {words}")


@dataclass(frozen=True)
class File:
    """Something uploaded."""

    name: str
    content: bytes
    kind: str


@dataclass
class Call:
    """What a route works with."""

    world: World
    route: str
    names: Json
    body: Any = field(repr=False)
    query: dict[str, str]
    files: list[File] = field(default_factory=list, repr=False)

    @property
    def bot(self) -> User:
        """Who calls."""
        return self.world.bot

    def form(self) -> Json:
        """The body, which must be an object."""
        if not isinstance(self.body, dict):
            raise Refused(50109)
        return self.body

    def number(self, name: str, default: int, most: int) -> int:
        """A limit in the query: 1 to `most`."""
        try:
            value = int(self.query.get(name, default))
        except ValueError:
            value = 0
        if not 1 <= value <= most:
            raise self.wrong([invalid((name,), f"int value should be between 1 and {most}.")])
        return value

    def flag(self, name: str) -> bool:
        """A yes or no in the query."""
        return self.query.get(name, "").lower() in ("1", "true")

    def wrong(self, faults: Sequence[Fault]) -> Refused:
        """50035, and a problem noted: a bot that sends this was never tried."""
        self.world.problems += [f"{self.route}: {fault}" for fault in faults]
        return Refused(50035, faults)

    def misused(self, code: int, why: str) -> Refused:
        """An error that only a mistake of the bot's brings about; a problem is noted."""
        self.world.problems.append(f"{self.route}: {why} ({code})")
        return Refused(code)

    def guild(self) -> Guild:
        """The guild named, if the bot is in it."""
        guild = self.world.guilds.get(self.names["guild"])
        if guild is None:
            raise Refused(10004)
        if not guild.bot_in:
            raise Refused(50001)
        return guild

    def channel(self, *needed: Permission) -> Channel:
        """The channel named, if the bot may see it, and may do what is needed there."""
        channel = self.world.channel(self.names["channel"])
        if channel is None:
            raise Refused(10003)
        if channel.guild and not channel.guild.bot_in:
            raise Refused(50001)
        if not self.granted(channel) & Permission.VIEW_CHANNEL:
            raise Refused(50001)
        for permission in needed:
            self.need(channel, permission)
        return channel

    def need(self, channel: Channel, permission: Permission) -> None:
        """50013 unless the bot may do this there."""
        if not self.granted(channel) & permission:
            raise Refused(50013)

    def granted(self, channel: Channel) -> Permission:
        """All that the bot may do there."""
        return in_channel(channel, self.bot.id)

    def message(self, channel: Channel) -> Message:
        """The message named; a starter message is found in its own post."""
        message = channel.messages.get(self.names["message"])
        if message is None:
            raise Refused(10008)
        return message

    def awake(self, channel: Channel) -> None:
        """50083 in an archived thread."""
        if channel.thread and channel.thread.archived:
            raise Refused(50083)

    def shown(self, message: Message) -> Json:
        """A message as REST shows it: content by what is switched on in the portal."""
        return shown_message(message, self.bot.id, content=self.world.reads_content)


Route = Callable[[Call], Any]
"""Its answer as JSON; None is 204."""
