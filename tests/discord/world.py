"""Everything on one server of ours, and finding it. What happens to it is elsewhere."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.changes import Changes
from tests.clock import Clock
from tests.discord import events
from tests.discord.events import Event
from tests.discord.gateway import Gateway
from tests.discord.ids import Ids
from tests.discord.interactions import MARK, Interactions
from tests.discord.model import App, Channel, Guild, Intent, Kind, Message, User
from tests.discord.rules import Rules

Json = dict[str, Any]


@dataclass(frozen=True)
class ApiCall:
    """A call of the app's, without its token; `route` has names where the path has ids."""

    route: str
    path: str
    body: Any = field(repr=False)
    status: int
    code: int | None = None
    query: Json | None = None


class World:
    """One app, everybody, every guild. `problems` holds what the app did that Discord refuses."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.ids = Ids(self.clock)
        self.rules = Rules()
        self.changes = Changes(self.describe)
        self.users: dict[str, User] = {}
        self.guilds: dict[str, Guild] = {}
        self.directs: dict[str, Channel] = {}
        self.interactions = Interactions(self.ids, self.clock, self.rules)
        self.nonces: dict[str, Message] = {}
        self.opened_directs: list[float] = []
        self.files: dict[str, bytes] = {}
        self.calls: list[ApiCall] = []
        self.problems: list[str] = []
        self.url = ""
        self.app = self._app()
        self.gateway = Gateway(
            self.app,
            self.rules,
            self.clock,
            self.changes,
            self.joined,
            self.problems.append,
        )

    def _app(self) -> App:
        owner, bot = self.user("Owner"), self.user("Sounding Board", bot=True)
        token = f"{secrets.token_urlsafe(18)}.{MARK}.{secrets.token_urlsafe(24)}"
        return App(bot.id, "Sounding Board", bot, owner, token)

    @property
    def bot(self) -> User:
        """The app's bot."""
        return self.app.bot

    def user(self, name: str, *, bot: bool = False) -> User:
        """Somebody new."""
        user = User(self.ids.new(), name.lower().replace(" ", "_"), name, bot=bot)
        self.users[user.id] = user
        return user

    def joined(self) -> Iterator[Guild]:
        """The guilds that the bot is in."""
        return (guild for guild in self.guilds.values() if guild.bot_in)

    def channel(self, channel_id: str) -> Channel | None:
        """Any channel, thread or direct conversation."""
        if channel_id in self.directs:
            return self.directs[channel_id]
        found = (guild.channels.get(channel_id) for guild in self.guilds.values())
        return next((channel for channel in found if channel), None)

    def direct(self, user: User) -> Channel | None:
        """The conversation between somebody and the bot, if there was any."""
        pair = {user.id, self.bot.id}
        return next(
            (one for one in self.directs.values() if {who.id for who in one.people} == pair), None
        )

    def open_direct(self, user: User) -> Channel:
        """The conversation between somebody and the bot."""
        found = self.direct(user)
        if found is None:
            found = Channel(self.ids.new(), Kind.DIRECT, people=[user, self.bot])
            self.directs[found.id] = found
        return found

    def share_a_guild(self, user: User) -> bool:
        """Whether somebody is in a guild with the bot."""
        return any(user.id in guild.members for guild in self.joined())

    @property
    def reads_content(self) -> bool:
        """Whether REST shows the bot what others' messages say: as the portal has it."""
        return bool(self.app.portal & Intent.MESSAGE_CONTENT)

    def announce(self, told: list[Event], channel: Channel | None = None) -> None:
        """Tell the app what happened, as far as it may see the channel."""
        if channel is None or self.hears(channel):
            self.gateway.announce(told)
        self.changes.happened()

    def hears(self, channel: Channel) -> bool:
        """Whether the bot is there and may see it."""
        if channel.guild is not None and not channel.guild.bot_in:
            return False
        return events.sees(channel, self.bot)

    def message(self, message_id: str) -> Message | None:
        """A message by its id, wherever it stands."""
        places = [*self.directs.values()]
        for guild in self.guilds.values():
            places += guild.channels.values()
        found = (channel.messages.get(message_id) for channel in places)
        return next((message for message in found if message), None)

    def describe(self) -> str:
        """The state of everything in a few lines, for whoever waited in vain."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        gateway = self.gateway
        yield f"{len(gateway.open)} sessions open; problems: {self.problems}"
        for session in gateway.sessions.values():
            names = [frame["t"] for frame in session.told[-20:]]
            yield f"  told {names}, read {session.read} of {len(session.told)}"
        for call in self.calls[-20:]:
            yield f"  called {call.route}: {call.status} {call.code or ''}"
        for guild in self.guilds.values():
            for channel in guild.channels.values():
                for message in list(channel.messages.values())[-5:]:
                    yield f"  #{channel.name} {message.author.shown_name}: {message.content[:80]!r}"
        for user in self.users.values():
            for notice in user.screen.ephemerals[-3:]:
                yield f"  {user.shown_name} sees privately: {notice.content[:80]!r}"
            for error in user.screen.errors:
                yield f"  {user.shown_name} saw an error: {error}"
