"""Looking at a workspace, and waiting for something to be so in it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from tests.slack.deliveries import Delivery
from tests.slack.methods.chat import permalink
from tests.slack.model import Channel, Message, User
from tests.slack.person import Person
from tests.slack.sockets import Sockets
from tests.slack.team import ApiCall, Hub, Team

Found = TypeVar("Found")
PATIENCE = 5.0
"""Seconds until a test that waits for something fails."""


class Watched:
    """What a test may see of a workspace that its people may not."""

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

    def message(self, channel: Channel | str, ts: str) -> Message | None:
        """A message by its name."""
        return self.team.message(channel if isinstance(channel, str) else channel.id, ts)

    def uploaded(self, file: str) -> bytes:
        """The content of a file that the app uploaded."""
        content: bytes = self.hub.uploads[file]["content"]
        return content

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

    async def _told(self, deliveries: Sequence[Delivery]) -> None:
        await self.hub.changes.until(
            lambda: all(one.over or one.state == "kept" for one in deliveries), None
        )
