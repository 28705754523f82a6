"""A workspace to act in: people, channels, groups, the app's tokens.

Acting returns when Slack has finished with it: the app was told, and has acknowledged or not.
"""

from collections.abc import Iterable

from tests.slack import channels, events, talk
from tests.slack.elements import Json
from tests.slack.methods.people import shown_group, shown_user
from tests.slack.model import Channel, Group, Message, User
from tests.slack.person import Person
from tests.slack.watching import Watched


class Workspace(Watched):
    """One company's Slack with the app installed."""

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

    async def open_to(self, channel: Channel, company: str) -> None:
        """People of another company, by its team id, are in a channel from now on."""
        await self._told(channels.opened(self.team, channel, company))

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

    async def post_by_webhook(self, channel: Channel, text: str) -> Message:
        """Another app's message: a `bot_message`, which names no user."""
        ts = self.hub.ids.ts()
        message = Message(channel.room, ts, "", text, self.id, subtype="bot_message")
        message.bot_id, message.username = self.hub.ids.new("B"), "Build"
        await self._told(talk.post(self.team, message))
        return message

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

    async def unfurl(self, message: Message) -> None:
        """Slack shows the preview of a link in a message."""
        await self._told(talk.unfurl(self.hub, message))

    async def announce(self, event: Json) -> None:
        """Tell the app anything else, if it is subscribed."""
        await self._told(self.team.announce([event | {"event_ts": self.hub.ids.ts()}]))

    async def revoke_tokens(self, error: str = "invalid_auth") -> None:
        """The bot's token is revoked: the app is told, and every call fails from now on."""
        tokens = {"oauth": [], "bot": [self.bot.id]}
        event = {"type": "tokens_revoked", "tokens": tokens, "event_ts": self.hub.ids.ts()}
        self.team.app.bot_token_error = error
        await self._told(self.team.announce([event]))

    def revoke_app_token(self, error: str = "invalid_auth") -> None:
        """The app-level token is revoked: no more addresses for websockets."""
        self.team.app.app_token_error = error

    async def switch_off_socket_mode(self) -> None:
        """Somebody unticked it in the app's settings: every socket ends, and none opens again."""
        self.team.app.socket_mode = False
        await self.sockets.disconnect("link_disabled")

    def restore_tokens(self) -> None:
        """They work again."""
        self.team.app.bot_token_error = self.team.app.app_token_error = None

    # ── how events come ──
    def hold_events(self) -> None:
        """Tell the app no events until they are released."""
        self.team.deliveries.hold()

    async def release_events(self) -> None:
        """Tell the app what was held, the last first."""
        await self._told(self.team.deliveries.release())


def _user(person: Person | User) -> User:
    return person.user if isinstance(person, Person) else person
