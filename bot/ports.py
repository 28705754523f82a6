"""What the bot needs from outside, as Protocols, with the calls really made."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.config import Config
from bot.events import Event, ReadMessage
from bot.messages import Message
from bot.people import Account, Viewer
from bot.postings import Posting
from bot.prompts import Prompt, Reply
from bot.refs import AccountRef, ChannelRef, Emoji, MessageRef, ThreadRef
from bot.results import Answer, Direct, Followup, Job, Post, React
from bot.store import Store


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A claimed row. A `Posting` stands for "render this posting again".

    `attempts` counts this one. `nonce` is the row's own, the same for every attempt (≤ 25 chars).
    """

    id: int
    work: Post | Posting | Direct | Followup | React | Job
    lane: str
    budget: str
    attempts: int
    first_try: datetime

    @property
    def nonce(self) -> str:
        """What lets a platform recognise a repeat."""
        return f"sb{self.id}"


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many rows of a connection ("" for jobs) and kind wait, or are dead."""

    connection: str
    kind: str
    dead: bool
    rows: int
    first_due: datetime


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A row of the queue as the operator sees it; `subject` is `idea_card 12`."""

    id: int
    kind: str
    lane: str
    subject: str
    due: datetime
    attempts: int
    error: str


class Queue(Protocol):
    """The outbox's and the jobs' side of the queue; each call is a transaction of its own."""

    async def take(
        self, *, jobs: bool, held: frozenset[str], now: datetime, lease: float
    ) -> QueueRow | None:
        """Lease the next due row for `lease` seconds, first in its lane, whose lane and budget are
        not in `held`; jobs, or all the rest."""
        ...

    async def next_due(self, *, jobs: bool, held: frozenset[str]) -> datetime | None:
        """When the next row that is not `held` is due, or its lease ends."""
        ...

    async def sent(self, row: QueueRow, message: MessageRef | None, now: datetime) -> None:
        """Done. A card or a summary that was sent becomes a posting, to be kept up to date."""
        ...

    async def dropped(self, row: QueueRow, now: datetime) -> None:
        """Done without sending: there was nothing left to say."""
        ...

    async def later(self, row: QueueRow, error: str, due: datetime) -> None:
        """Try again at `due`."""
        ...

    async def dead(self, row: QueueRow, error: str, now: datetime) -> None:
        """Leave the lane, keep the error. A `Direct` with a fallback becomes a `Post` there, a
        `Followup` a `Direct`."""
        ...

    async def counts(self) -> dict[str, int]:
        """Rows by verdict (`sent`, `dropped`, `dead`), and those `waiting`."""
        ...

    async def backlog(self) -> list[Backlog]:
        """Rows that wait and rows that died, by connection and kind (one statement)."""
        ...

    async def prune(self, now: datetime) -> None:
        """Forget event keys and drafts after 7 days, done rows after 30, 500 at a time; and make
        what was erased illegible on disk."""
        ...


class Database(Protocol):
    """The storage engine."""

    @property
    def queue(self) -> Queue:
        """The queue's delivering side."""
        ...

    def transaction(self) -> AbstractAsyncContextManager[Store]:
        """All or nothing; nothing inside it touches the network."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Store]:
        """A consistent read that never stops a writer."""
        ...

    async def bind(self, connection: str, workspace: str) -> None:
        """Tie a connection to its workspace at first sight; StorageError for another one."""
        ...

    async def close(self) -> None:
        """Let go of every connection; before the event loop ends."""
        ...


class Clock(Protocol):
    """The time, in UTC."""

    def now(self) -> datetime:
        """Aware, UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SendPost:
    """A new message; `thread` is the message it hangs under."""

    channel: ChannelRef
    message: Message
    thread: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class SendEdit:
    """One of our messages becomes this."""

    target: MessageRef
    message: Message


@dataclass(frozen=True, slots=True)
class SendDirect:
    """A direct message."""

    account: AccountRef
    message: Message


@dataclass(frozen=True, slots=True)
class SendFollowup:
    """A private answer to an interaction of before, by the handle its event carried."""

    handle: str = field(repr=False)
    account: AccountRef
    message: Message


@dataclass(frozen=True, slots=True)
class SendReaction:
    """The bot's own reaction."""

    target: MessageRef
    emoji: Emoji


Sending = SendPost | SendEdit | SendDirect | SendFollowup | SendReaction
Sink = Callable[[Event], Awaitable[Answer | None]]


@dataclass(frozen=True, slots=True)
class Pace:
    """What a platform allows us: seconds between posts in one channel, and calls a minute."""

    post_seconds: float
    edits_per_minute: int
    directs_per_minute: int


class Adapter(Protocol):
    """One connection to a platform. Whatever is asked of it raises NotConnected when its login
    cannot be used as it is, which is never held against what is waiting for it."""

    @property
    def pace(self) -> Pace:
        """The platform's limits on us."""
        ...

    async def workspace(self) -> str:
        """The workspace or servers this login belongs to."""
        ...

    async def run(self, sink: Sink) -> None:
        """Receive until cancelled; each event goes to `sink`, whose answer goes to the person."""
        ...

    async def send(
        self, sending: Sending, nonce: str, since: datetime | None = None
    ) -> MessageRef | None:
        """Deliver; DeliveryError or PermanentDeliveryError when it did not work, Forgotten when a
        handle has expired. What was sent under the same nonce is recognised and not sent twice:
        for minutes by the platform, or by looking for it where it may have been sent `since`, when
        it was first tried (None: never)."""
        ...

    async def read_message(self, ref: MessageRef) -> ReadMessage | None:
        """A message as it is now, or None when it is gone."""
        ...

    async def read_thread(self, thread: ThreadRef) -> tuple[ReadMessage, ...] | None:
        """People's messages in a thread as they are now, its opening first, bots' left out; None
        when there is no such thread."""
        ...

    async def can_see(self, account: AccountRef, place: ChannelRef | ThreadRef) -> bool:
        """Whether an account may read a channel, or a thread in it."""
        ...


class Assistant(Protocol):
    """A model."""

    async def ask(self, prompt: Prompt) -> Reply:
        """What it answers, once; NoAnswer when it does not. The caller keeps the time."""
        ...


class Archive(Protocol):
    """Past digests, for a page that shows them; only the product team finds any."""

    async def titles(self, viewer: Viewer) -> list[tuple[int, str]]:
        """The row of each, and what it is called, latest first."""
        ...

    async def messages(self, viewer: Viewer, row: int) -> list[Message]:
        """A digest as its channel got it, with the words of today; empty when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A command or a message shortcut as people see it: `suggest`, `[title]`, what it does."""

    name: str
    usage: str
    help: str


@dataclass(frozen=True, slots=True)
class Menu:
    """What an adapter offers people; made from the routes."""

    commands: tuple[MenuItem, ...]
    shortcuts: tuple[MenuItem, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a handler works with during one event: the open transaction, and for whom."""

    store: Store
    config: Config
    menu: Menu
    viewer: Viewer
    now: datetime

    @property
    def who(self) -> Account:
        """The account that acts; only jobs have none."""
        if self.viewer.account is None:
            raise LookupError("a job acts for nobody")
        return self.viewer.account
