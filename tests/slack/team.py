"""A workspace's state, and the hub of what all workspaces on one server have in common.

Only state and looking things up; what people, administrators and the app do to it is elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.changes import Changes
from tests.clock import Clock
from tests.slack import events
from tests.slack.deliveries import Deliveries, Delivery
from tests.slack.elements import Json
from tests.slack.ids import Ids
from tests.slack.model import App, Channel, Group, Message, User
from tests.slack.rules import Rules
from tests.slack.sockets import Sockets
from tests.slack.triggers import Triggers


@dataclass(frozen=True)
class ApiCall:
    """A call of a method by the app, without its token, and the error it got."""

    method: str
    args: Json
    error: str | None = None


@dataclass
class ReplyUrl:
    """A `response_url`: whom it reaches where, and what of it was used.

    `original` is what was pressed, by its timestamp; `last` the private notice that came last.
    """

    team: "Team" = field(repr=False)
    user: User
    channel: Channel
    original: str | None
    until: float
    uses: int = 5
    last: str | None = None


class Hub:
    """One server's workspaces, clock, names and rules."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.ids = Ids(self.clock)
        self.rules = Rules()
        self.changes = Changes(self.describe)
        self.teams: dict[str, Team] = {}
        self.replies: dict[str, ReplyUrl] = {}
        self.uploads: dict[str, Json] = {}
        self.url = ""

    def sides(self, channel_id: str) -> "Iterator[tuple[Team, Channel]]":
        """A channel as each workspace that has it knows it."""
        for team in self.teams.values():
            if channel_id in team.channels:
                yield team, team.channels[channel_id]

    def describe(self) -> str:
        """The state of everything in a few lines, for whoever waited in vain."""
        return "\n".join(line for team in self.teams.values() for line in team.describe())


class Team:
    """One workspace. `problems` holds what the app did that Slack would refuse."""

    def __init__(self, hub: Hub, team_id: str, name: str, app: App, *, paid: bool) -> None:
        self.hub, self.id, self.name, self.app = hub, team_id, name, app
        self.domain = name.lower().replace(" ", "-")
        self.paid = paid
        self.enterprise: str | None = None
        self.users: dict[str, User] = {app.bot.id: app.bot}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, Group] = {}
        self.calls: list[ApiCall] = []
        self.problems: list[str] = []
        self.triggers = Triggers(hub.ids, hub.clock)
        self.sockets = Sockets(app.id, hub.rules, hub.clock, hub.changes)
        self.deliveries = Deliveries(
            self.sockets, hub.rules, hub.clock, hub.changes, self.problems.append
        )

    @property
    def url(self) -> str:
        """Where people find it: what permalinks begin with."""
        return f"https://{self.domain}.slack.com/"

    def user(self, user_id: str) -> User | None:
        """Somebody of this workspace, or met in a channel that it shares."""
        if user_id in self.users:
            return self.users[user_id]
        for channel in self.channels.values():
            if channel.room.shared and user_id in channel.room.members:
                return next(
                    team.users[user_id]
                    for team, _ in self.hub.sides(channel.id)
                    if user_id in team.users
                )
        return None

    def direct(self, user: User) -> Channel | None:
        """The direct messages between a person and the app, if there were any."""
        pair = {user.id, self.app.bot.id}
        found = (one for one in self.channels.values() if set(one.room.members) == pair)
        return next((one for one in found if one.kind == "im"), None)

    def announce(self, told: list[Json], channel: Channel | None = None) -> list[Delivery]:
        """Tell the app what happened, as far as it is subscribed, may know and is there."""
        if channel and self.app.bot.id not in channel.room.members:
            return []
        shared = channel is not None and channel.room.shared
        wanted = [event for event in told if self._wants(event)]
        return self.deliveries.announce([self._wrapped(event, shared) for event in wanted])

    def _wants(self, event: Json) -> bool:
        needed = events.scope(event)
        subscribed = self.app.events is None or events.subscription(event) in self.app.events
        return subscribed and (needed is None or needed in self.app.scopes)

    def _wrapped(self, event: Json, shared: bool) -> Json:
        app = {
            "team_id": self.id,
            "enterprise_id": self.enterprise,
            "app_id": self.app.id,
            "bot_user_id": self.app.bot.id,
        }
        event_id = self.hub.ids.new("Ev")
        return events.wrapped(event, event_id, app, shared=shared, at=int(self.hub.clock.now()))

    def message(self, channel_id: str, ts: str) -> Message | None:
        """A message by its name."""
        channel = self.channels.get(channel_id)
        return channel.room.messages.get(ts) if channel else None

    def describe(self) -> Iterator[str]:
        """What there is, what is on its way, what was called, what people see."""
        yield f"{self.name}: {len(self.sockets.open)} sockets; problems: {self.problems}"
        for one in self.deliveries.all[-20:]:
            yield f"  told {one.name}: {one.state}, attempts {one.attempts}"
        for call in self.calls[-20:]:
            yield f"  called {call.method}: {call.error or 'ok'}"
        for channel in self.channels.values():
            for message in list(channel.room.messages.values())[-5:]:
                yield f"  #{channel.name} {message.ts} {message.user}: {message.text[:80]!r}"
        for user in self.users.values():
            for notice in user.screen.ephemerals[-3:]:
                yield f"  {user.name} sees privately: {notice.text[:80]!r}"
            for view in user.screen.views:
                yield f"  {user.name} has open: {view.title!r}"
            for error in user.screen.errors:
                yield f"  {user.name} saw an error: {error}"
