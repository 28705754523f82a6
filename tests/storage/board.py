"""A board with its cast, for the store's tests: Ana, Ben, Chloé and Dmitri, Mo and Pia."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Result, Select, literal_column, select, table

from bot.ideas import Audience, Idea, IdeaStatus, NewIdea, Origin, Wording
from bot.people import Account, Role, Viewer
from bot.ports import QueueRow
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef
from bot.results import Outgoing, Post, Subject
from bot.store import Store, VoteSource
from storage import schema
from storage.database import SqlDatabase

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
IDEAS = ChannelRef("community", "ideas")
INBOX = ChannelRef("company", "inbox")


def after(seconds: float) -> datetime:
    """A moment so long after noon."""
    return NOON + timedelta(seconds=seconds)


def message(name: str, channel: ChannelRef = IDEAS) -> MessageRef:
    return MessageRef(channel.connection, channel.channel, name)


def origin(name: str) -> Origin:
    """A message of that name, in a thread of its own."""
    thread = ThreadRef("community", "general", name)
    return Origin(message(name), thread, f"https://chat.example/{name}")


@dataclass
class Board:
    """Short ways to say what a test begins with; what it is about goes through the ports."""

    database: SqlDatabase
    accounts: dict[str, Account] = field(default_factory=dict)

    async def join(self, name: str, connection: str = "community", realm: str = "") -> Account:
        ref = AccountRef(realm or "playground", name.lower())
        async with self.database.transaction() as store:
            self.accounts[name] = await store.account(ref, name, connection, NOON)
        return self.accounts[name]

    def member(self, name: str) -> int:
        return self.accounts[name].member

    def viewer(self, name: str, *roles: Role, connection: str = "community") -> Viewer:
        return Viewer(connection, self.accounts[name], frozenset(roles))

    async def idea(
        self,
        title: str = "Dark mode",
        by: str = "Ana",
        *,
        status: IdeaStatus = IdeaStatus.NEW,
        public: IdeaStatus | None = None,
        audience: Audience = Audience.EVERYONE,
        origin: Origin | None = None,
        at: datetime = NOON,
    ) -> Idea:
        wording = Wording(title, f"{title}, please", "reading at night", "glare", "web")
        new = NewIdea(wording, self.member(by), "community", audience, origin)
        async with self.database.transaction() as store:
            idea = await store.add_idea(new, at)
            await store.set_status(idea.number, status, public or status)
        return await self.now(idea)

    async def now(self, idea: Idea) -> Idea:
        async with self.database.reading() as store:
            found = await store.idea(idea.number)
        assert found
        return found

    async def vote(
        self,
        idea: Idea,
        who: str,
        active: bool = True,
        *,
        source: VoteSource = "button",
        at: datetime = NOON,
    ) -> bool:
        """As a use case votes: lock, vote, count."""
        async with self.database.transaction() as store:
            await store.idea(idea.number, lock=True)
            account = self.accounts[who].id
            changed = await store.set_vote(idea.number, account, source, active, at)
            await store.retally(idea.number)
        return changed

    async def votes(self, idea: Idea) -> int:
        """Count again; the tally."""
        async with self.database.transaction() as store:
            return await store.retally(idea.number)

    async def found(self, words: str, viewer: Viewer, limit: int = 5) -> list[int]:
        """The numbers of ideas that are found by these words, best first."""
        async with self.database.reading() as store:
            matches = await store.search(Wording(words), viewer, limit)
        return [match.idea.number for match in matches]

    async def merge(self, idea: Idea, into: Idea | None) -> None:
        async with self.database.transaction() as store:
            number = into.number if into else None
            await store.set_merged(idea.number, number, self.member("Mo"), NOON)

    async def link(self, account: str, to: str) -> None:
        """Two accounts, one person."""
        async with self.database.transaction() as store:
            await store.hold_links()
            for number in await store.link(self.member(account), self.member(to)):
                await store.retally(number)
            await self._know(store)

    async def unlink(self, account: str) -> None:
        """An account by itself again."""
        async with self.database.transaction() as store:
            await store.hold_links()
            for number in await store.unlink(self.member(account)):
                await store.retally(number)
            await self._know(store)

    async def _know(self, store: Store) -> None:
        """The accounts as they are now."""
        for name, account in self.accounts.items():
            found = await store.find_account(account.ref)
            assert found
            self.accounts[name] = found

    async def enqueue(self, *outgoing: Outgoing, at: datetime = NOON) -> None:
        async with self.database.transaction() as store:
            await store.enqueue(outgoing, at)

    async def take(
        self, at: datetime = NOON, *, jobs: bool = False, held: frozenset[str] = frozenset()
    ) -> QueueRow | None:
        return await self.database.queue.take(jobs=jobs, held=held, now=at, lease=60)

    async def took(self, at: datetime = NOON, *, jobs: bool = False) -> QueueRow:
        row = await self.take(at, jobs=jobs)
        assert row
        return row

    async def post(self, idea: Idea, *, kind: str = "idea_card", name: str = "card") -> MessageRef:
        """A card of the idea, posted."""
        channel = IDEAS if kind == "idea_card" else INBOX
        await self.enqueue(Post(channel, Subject(kind, idea.number)))
        await self.database.queue.sent(await self.took(), message(name, channel), NOON)
        return message(name, channel)

    async def everything(self) -> str:
        """All rows of all tables, the search tables among them."""
        found: list[tuple[str, object]] = []
        async with self.database.reader.connect() as connection:
            for one in (*schema.metadata.sorted_tables, table("idea_words")):
                every: Select[Any] = select(literal_column("*")).select_from(one)
                rows: Result[Any] = await connection.execute(every)
                found.append((one.name, rows.all()))
        return repr(found)
