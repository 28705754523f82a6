"""A workspace to act in and to look at: people, channels, groups, the app's tokens.

Acting returns when Slack has finished with it: the app was told, and has acknowledged or not.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from tests.slack import channels, events
from tests.slack.deliveries import Delivery
from tests.slack.methods.chat import permalink
from tests.slack.methods.people import shown_group, shown_user
from tests.slack.model import Channel, Group, Message, User
from tests.slack.person import Person
from tests.slack.sockets import Sockets
from tests.slack.team import ApiCall, Hub, Team

Found = TypeVar("Found")
PATIENCE = 5.0
"""Seconds until a test that waits for something fails."""


class Workspace:
    """One company's Slack with the app installed."""

    def __init__(self, team: Team) -> None:
        self.team = team

    @property
    def hub(self) -> Hub:
        """What it shares with the other workspaces of the server."""
        return self.team.hub

    @property
    def id(self) -> str:
        """`T…`."""
        return self.team.id

    @property
    def bot(self) -> User:
        """The app's bot user."""
        return self.team.app.bot

    @property
    def bot_token(self) -> str:
        """`xoxb-…`."""
        return self.team.app.bot_token

    @property
    def app_token(self) -> str:
        """`xapp-…`."""
        return self.team.app.app_token

    @property
    def sockets(self) -> Sockets:
        """The app's websockets: kill, deafen, disconnect, spoil."""
        return self.team.sockets

    # ── who and what there is ──
    def add_user(
        self,
        name: str,
        *,
        guest: bool = False,
        outsider_of: str | None = None,
        display_name: str | None = None,
        is_bot: bool = False,
    ) -> Person:
        """Somebody new. `outsider_of` is the team id of another company, from which they come
        into shared channels only."""
        ids = self.hub.ids
        shown = name if display_name is None else display_name
        home = outsider_of or self.id
        user = User(ids.new("U"), name.lower(), shown, home, guest=guest)
        user.stranger = outsider_of is not None
        user.bot_id = ids.new("B") if is_bot else None
        self.team.users[user.id] = user
        return Person(self.team, user)

    def add_channel(
        self,
        name: str,
        members: Iterable[Person] = (),
        *,
        private: bool = False,
        shared: bool = False,
        archived: bool = False,
        bot: bool = True,
    ) -> Channel:
        """A channel as it has been for a while. `shared`: with another company."""
        people = [person.id for person in members] + ([self.bot.id] if bot else [])
        return channels.made(
            self.team, name, people, private=private, shared=shared, archived=archived
        )

    def share(
        self,
        channel: Channel,
        into: "Workspace",
        *,
        name: str | None = None,
        members: Iterable[Person] = (),
        bot: bool = True,
    ) -> Channel:
        """The same channel in another workspace, with its own name there (Slack Connect)."""
        people = [person.id for person in members] + ([into.bot.id] if bot else [])
        return channels.shared(channel, into.team, name or channel.name, people)

    def add_group(self, handle: str, users: Iterable[Person]) -> Group:
        """A user group."""
        people = [person.id for person in users]
        group = Group(self.hub.ids.new("S"), handle, people, int(self.hub.clock.now()))
        self.team.groups[group.id] = group
        return group

    # ── what administrators and members do to channels, groups and the app ──
    async def invite(self, channel: Channel, person: Person | User) -> None:
        """Somebody, or the bot, joins."""
        await self._told(channels.join(self.team, channel, _user(person)))

    async def kick(self, channel: Channel, person: Person | User) -> None:
        """Somebody, or the bot, is removed."""
        await self._told(channels.leave(self.team, channel, _user(person)))

    async def invite_bot(self, channel: Channel) -> None:
        """The bot is added to a channel."""
        await self.invite(channel, self.bot)

    async def kick_bot(self, channel: Channel) -> None:
        """The bot is removed from a channel."""
        await self.kick(channel, self.bot)

    async def rename_channel(self, channel: Channel, name: str) -> None:
        """A channel gets another name."""
        await self._told(channels.rename(self.team, channel, name))

    async def archive(self, channel: Channel) -> None:
        """Nobody writes there any more."""
        await self._told(channels.archive(self.team, channel, archived=True))

    async def unarchive(self, channel: Channel) -> None:
        """People write there again."""
        await self._told(channels.archive(self.team, channel, archived=False))

    async def delete_channel(self, channel: Channel) -> None:
        """It was never there."""
        await self._told(channels.delete(self.team, channel))

    async def change_channel_id(self, channel: Channel) -> str:
        """It gets another id, as when it moves between workspaces; the new one."""
        told = channels.change_id(self.team, channel)
        await self._told(told)
        return channel.id

    async def set_group(self, group: Group, users: Iterable[Person]) -> None:
        """Other people are in a user group."""
        before, group.users = group.users, [person.id for person in users]
        previous, group.updated = group.updated, int(self.hub.clock.now())
        told = [
            events.group_changed(group, self.id, before, previous, self.hub.ids.ts()),
            {
                "type": "subteam_updated",
                "subteam": shown_group(group, self.id, users=True),
                "event_ts": self.hub.ids.ts(),
            },
        ]
        await self._told(self.team.announce(told))

    async def change_user(self, person: Person) -> None:
        """Tell the app that something about somebody changed."""
        shown = shown_user(person.user, self.id)
        event = {"type": "user_change", "user": shown, "event_ts": self.hub.ids.ts()}
        await self._told(self.team.announce([event]))

    async def revoke_tokens(self, error: str = "invalid_auth") -> None:
        """The bot's token is revoked: the app is told, and every call fails from now on."""
        tokens = {"oauth": [], "bot": [self.bot.id]}
        event = {"type": "tokens_revoked", "tokens": tokens, "event_ts": self.hub.ids.ts()}
        self.team.app.bot_token_error = error
        await self._told(self.team.announce([event]))

    def restore_tokens(self) -> None:
        """They work again."""
        self.team.app.bot_token_error = self.team.app.app_token_error = None

    # ── looking ──
    @property
    def calls(self) -> list[ApiCall]:
        """Every call of the app, with `response_url` among them; never a token."""
        return self.team.calls

    def called(self, method: str) -> list[ApiCall]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    @property
    def problems(self) -> list[str]:
        """What the app did that Slack would refuse, or that is unwise."""
        return self.team.problems

    def assert_clean(self) -> None:
        """There were no problems."""
        assert not self.problems, self.problems

    @property
    def deliveries(self) -> Sequence[Delivery]:
        """Everything the app was told, in order, and how that went."""
        return self.team.deliveries.all

    @property
    def pending(self) -> Sequence[Delivery]:
        """What is neither acknowledged nor given up."""
        return self.team.deliveries.pending

    def messages(
        self, channel: Channel | str, thread: Message | str | None = None
    ) -> list[Message]:
        """What stands in a channel, or a thread with its first message, oldest first."""
        room = self.team.channels[channel if isinstance(channel, str) else channel.id].room
        if thread is not None:
            return room.thread(thread.ts if isinstance(thread, Message) else thread)
        return [one for one in room.messages.values() if one.thread_ts in (None, one.ts)]

    def directs(self, person: Person) -> list[Message]:
        """What stands in somebody's direct messages with the bot, replies too."""
        channel = self.team.direct(person.user)
        return list(channel.room.messages.values()) if channel else []

    def permalink(self, message: Message) -> str:
        """A message's address, as people copy it."""
        return permalink(self.team.url, message)

    async def until(self, look: Callable[[], Found], seconds: float = PATIENCE) -> Found:
        """What `look` finds, once it finds something; looked at again after every change."""
        return await self.hub.changes.until(look, seconds)

    async def settled(self, seconds: float = PATIENCE) -> None:
        """Every delivery is acknowledged or given up, second times too."""
        self.team.deliveries.flush()
        await self.until(lambda: not self.pending, seconds)

    async def connected(self, sockets: int = 1, seconds: float = PATIENCE) -> None:
        """The app has so many websockets open."""
        await self.until(lambda: len(self.sockets.open) >= sockets, seconds)

    def hold_events(self) -> None:
        """Tell the app no events until they are released."""
        self.team.deliveries.hold()

    async def release_events(self) -> None:
        """Tell the app what was held, the last first."""
        await self._told(self.team.deliveries.release())

    async def _told(self, deliveries: Sequence[Delivery]) -> None:
        await self.hub.changes.until(
            lambda: all(one.over or one.state == "kept" for one in deliveries), None
        )


def _user(person: Person | User) -> User:
    return person.user if isinstance(person, Person) else person
