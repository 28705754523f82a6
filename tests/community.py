"""A community for flow tests: the real core on a real SQLite, with a fake at the adapter's seam.

Every event is kept, so that a test can deliver all of them again, backwards.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypedDict, Unpack

from bot.cli.parts import Bot, build
from bot.config import Config
from bot.errors import DeliveryError, Forgotten
from bot.events import (
    ButtonPressed,
    ChoicesAsked,
    CommandUsed,
    Event,
    FormSubmitted,
    HomeOpened,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionChanged,
    ReadMessage,
    ShortcutUsed,
)
from bot.messages import Action, Message
from bot.people import Role
from bot.ports import (
    Assistant,
    Database,
    Pace,
    SendDirect,
    SendEdit,
    SendFollowup,
    Sending,
    SendPost,
    SendReaction,
    Sink,
)
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef, emoji
from bot.results import Answer, Page
from tests.seen import Seen, buttons, form, labels, said, text_of

__all__ = ["Community", "Seen", "buttons", "form", "labels", "said", "text_of"]

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ROLES = {"mo": frozenset({Role.MODERATOR}), "pia": frozenset({Role.PRODUCT})}
ROLES["paul"] = ROLES["pia"]


UNHURRIED = Pace(post_seconds=0.0, edits_per_minute=1_000_000, directs_per_minute=1_000_000)


class Where(TypedDict, total=False):
    """Where, when and as what somebody acts, if not in #general of the first connection now."""

    connection: str
    channel: str
    realm: str
    private: bool
    at: datetime
    roles: frozenset[Role]


class FixedClock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass
class FakeAdapter:
    """Keeps what was sent; `refuse` makes the next sends to a place fail. `hidden` are channels
    only the people named can see; `left` are people whom no followup reaches any more. In `forums`
    each thread is a place of its own, as on Discord; threads in `unreadable` channels cannot be
    read just now. `meanwhile` happens once, between a message's reading and what is made of it."""

    name: str
    sent: list[Sending] = field(default_factory=list)
    nonces: list[str] = field(default_factory=list)
    messages: dict[MessageRef, ReadMessage] = field(default_factory=dict)
    refuse: dict[str, Exception] = field(default_factory=dict)
    hidden: dict[str, set[str]] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    forums: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)
    meanwhile: Callable[[], Awaitable[None]] | None = None
    pace: Pace = UNHURRIED

    async def workspace(self) -> str:
        return f"workspace of {self.name}"

    async def run(self, sink: Sink) -> None:
        raise AssertionError("flow tests bring their own events")

    async def send(
        self, sending: Sending, nonce: str, since: datetime | None = None
    ) -> MessageRef | None:
        place = _place(sending)
        if isinstance(sending, SendFollowup) and sending.account.user in self.left:
            raise Forgotten("expired")
        if place in self.refuse:
            raise self.refuse[place]
        self.sent.append(sending)
        self.nonces.append(nonce)
        match sending:
            case SendPost(channel=channel, thread=thread):
                post = thread.message if thread and channel.channel in self.forums else ""
                return MessageRef(self.name, post or channel.channel, f"p{len(self.sent)}")
            case SendDirect(account=account):
                return MessageRef(self.name, f"dm-{account.user}", f"p{len(self.sent)}")
            case _:
                return None

    async def read_message(self, ref: MessageRef) -> ReadMessage | None:
        found = self.messages.get(ref)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            await meanwhile()
        return found

    async def read_thread(self, thread: ThreadRef) -> tuple[ReadMessage, ...] | None:
        if thread.channel in self.unreadable:
            raise DeliveryError("busy")
        return tuple(m for m in self.messages.values() if m.thread == thread) or None

    async def can_see(self, account: AccountRef, place: ChannelRef | ThreadRef) -> bool:
        hidden = self.hidden.get(place.channel)
        return hidden is None or account.user in hidden


def _place(sending: Sending) -> str:
    match sending:
        case SendPost(channel=channel):
            return channel.channel
        case SendDirect(account=account) | SendFollowup(account=account):
            return account.user
        case SendEdit(target=target) | SendReaction(target=target):
            return target.container


class Community(Seen):
    """People who act; what they see of it is in `Seen`."""

    def __init__(
        self, config: Config, database: Database, file: Path, assistant: Assistant | None = None
    ) -> None:
        self.config = config
        self.database = database
        self.clock = FixedClock()
        self.adapters: dict[str, FakeAdapter] = {
            name: FakeAdapter(name) for name in config.connections
        }
        self.bot: Bot = build(config, database, self.adapters, self.clock, assistant=assistant)
        self.events: list[Event] = []
        self._file = file

    @property
    def home(self) -> str:
        """The connection where people act unless told otherwise."""
        return next(iter(self.config.connections))

    @property
    def adapter(self) -> FakeAdapter:
        return self.adapters[self.home]

    # ── what people do ──

    async def command(self, who: str, text: str, **more: Unpack[Where]) -> Answer | None:
        command, _, rest = text.removeprefix("/").partition(" ")
        linked = next((ref for ref, m in self._readable() if m.permalink in rest.split()), None)
        return await self.receive(
            CommandUsed(**self._human(who, **more), command=command, text=rest, linked=linked)
        )

    async def press(
        self, who: str, action: str, message: MessageRef | None = None, **more: Unpack[Where]
    ) -> Answer | None:
        return await self.receive(
            ButtonPressed(**self._human(who, **more), action=Action.parse(action), message=message)
        )

    async def submit(
        self, who: str, action: str, values: Mapping[str, str] | None = None, **more: Unpack[Where]
    ) -> Answer | None:
        return await self.receive(
            FormSubmitted(
                **self._human(who, **more), action=Action.parse(action), values=values or {}
            )
        )

    async def react(
        self, who: str, sign: str, message: MessageRef, *, added: bool = True, **more: Unpack[Where]
    ) -> Answer | None:
        human = self._human(who, **more) | {"key": None}
        return await self.receive(
            ReactionChanged(**human, emoji=emoji(sign), message=message, added=added)
        )

    async def choose(
        self, who: str, action: str, typed: str, **more: Unpack[Where]
    ) -> Answer | None:
        human = self._human(who, **more)
        return await self.receive(ChoicesAsked(**human, action=Action.parse(action), typed=typed))

    async def use_menu(
        self,
        who: str,
        message: ReadMessage,
        shortcut: str = "turn_into_idea",
        **more: Unpack[Where],
    ) -> Answer | None:
        human = self._human(who, **more)
        return await self.receive(ShortcutUsed(**human, shortcut=shortcut, message=message))

    async def open_home(self, who: str, **more: Unpack[Where]) -> Message:
        """The bot's own page as somebody sees it."""
        answer = await self.receive(HomeOpened(**self._human(who, **more)))
        assert isinstance(answer, Page), answer
        return answer.message

    async def say_to_bot(
        self,
        who: str,
        text: str,
        thread: ThreadRef | None = None,
        *,
        to_bot: bool = True,
        **more: Unpack[Where],
    ) -> MessageRef:
        channel = more.get("channel", "general")
        ref = MessageRef(more.get("connection", self.home), channel, f"said{len(self.events)}")
        await self.receive(
            MessagePosted(
                **self._human(who, **more) | {"handle": None},
                message=ref,
                thread=thread,
                text=text,
                to_bot=to_bot,
                permalink=f"/#{channel}/{ref.message}",
            )
        )
        return ref

    async def reply(self, who: str, text: str, to: ReadMessage) -> ReadMessage:
        """A reply in the thread of a message, heard by the bot."""
        ref = to.thread.opening
        said = self.write(who, text, connection=ref.connection, channel=ref.container)
        said = replace(said, thread=to.thread)
        self.adapters[ref.connection].messages[said.ref] = said
        where: Where = {"connection": ref.connection, "channel": ref.container}
        await self.receive(
            MessagePosted(
                **self._human(who, **where) | {"handle": None},
                message=said.ref,
                thread=to.thread,
                text=text,
                permalink=said.permalink,
            )
        )
        return said

    async def change(self, who: str, message: MessageRef, text: str, **more: Unpack[Where]) -> None:
        """Somebody edits a message."""
        messages = self.adapters[message.connection].messages
        if message in messages:
            messages[message] = replace(messages[message], text=text)
        await self.receive(MessageEdited(**self._human(who, **more), message=message, text=text))

    async def delete(self, message: MessageRef) -> None:
        """A message goes; nobody says who took it away, and Discord gives it no key."""
        self.adapters[message.connection].messages.pop(message, None)
        await self.receive(MessageDeleted(key=None, at=self.clock.now(), message=message))

    def _readable(self) -> list[tuple[MessageRef, ReadMessage]]:
        return [pair for adapter in self.adapters.values() for pair in adapter.messages.items()]

    def write(self, who: str, text: str, **more: Unpack[Where]) -> ReadMessage:
        """A message by a member; the adapter can read it."""
        connection, channel = more.get("connection", self.home), more.get("channel", "general")
        messages = self.adapters[connection].messages
        name = f"m{len(messages) + 1}"
        ref = MessageRef(connection, channel, name)
        thread = ThreadRef(connection, channel, name)
        message = ReadMessage(
            ref,
            thread,
            AccountRef(more.get("realm", connection), who),
            who.title(),
            text,
            f"/#{channel}/{name}",
            self.clock.now(),
            private=more.get("private", False),
        )
        messages[ref] = message
        return message

    async def suggest(
        self, who: str, title: str, body: str = "", area: str = "", **more: Unpack[Where]
    ) -> int:
        """Suggest, insisting that it is new; the idea's number."""
        values = {"title": title, "body": body, "area": area}
        answer = await self.submit(who, "suggest", values, **more)
        offered = [b.action for b in buttons(answer) if b.action.name == "post"]
        if offered:
            answer = await self.press(who, str(offered[0]), **more)
        await self.settle()
        taken_back = next(b for b in buttons(answer) if b.action.name == "withdraw")
        return int(taken_back.action.args[0])

    async def escalated(self, who: str, title: str) -> int:
        """An idea in the product inbox, brought there by Mo; its number."""
        number = await self.suggest(who, title)
        await self.react("mo", "🚀", self.card_of(number), channel="ideas")
        await self.settle()
        return number

    def _human(self, who: str, **more: Unpack[Where]) -> dict[str, Any]:
        connection = more.get("connection", self.home)
        return {
            "key": f"key{len(self.events)}",
            "at": more.get("at", self.clock.now()),
            "account": AccountRef(more.get("realm", connection), who),
            "name": who.title(),
            "channel": ChannelRef(connection, more.get("channel", "general")),
            "private": more.get("private", False),
            "roles": more.get("roles", ROLES.get(who, frozenset())),
            "handle": f"handle of {who}",
        }

    # ── time, delivery, and what came of it ──

    async def receive(self, event: Event) -> Answer | None:
        self.clock.advance(0.001)
        self.events.append(event)
        return await self.bot.dispatch(event)

    async def settle(self) -> None:
        """Deliver and work until nothing is due."""
        while await self._one(jobs=True) or await self._one(jobs=False):
            self.clock.advance(0.001)

    async def later(self, seconds: float) -> None:
        """Let time pass, then settle."""
        self.clock.advance(seconds)
        await self.settle()

    async def code(self, who: str, **more: Unpack[Where]) -> str:
        """The code that somebody is shown to link an account with."""
        shown = said(await self.command(who, "/sounding link", **more))
        return shown.partition("/sounding link ")[2].partition(" ")[0]

    async def link(self, who: str, to: str, **more: Unpack[Where]) -> Answer | None:
        """Somebody types, where `more` says, the code that their account `to` at home is shown, and
        says that both are theirs."""
        typed = await self.command(who, f"/sounding link {await self.code(to)}", **more)
        yes = next(button for button in buttons(typed) if button.action.name == "link")
        return await self.press(who, str(yes.action), **more)

    async def _one(self, *, jobs: bool) -> bool:
        held = frozenset[str]() if jobs else self.bot.outbox.held().names
        row = await self.database.queue.take(jobs=jobs, held=held, now=self.clock.now(), lease=60)
        if row is None:
            return False
        await (self.bot.jobs.run(row) if jobs else self.bot.outbox.deliver(row))
        return True

    async def again_backwards(self) -> None:
        """Every event a second time, the latest first: nothing may change."""
        await self.settle()
        before = self.dump()
        for event in reversed(self.events):
            await self.bot.dispatch(event)
        assert self.dump() == before
