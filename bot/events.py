"""What comes in: a closed union of frozen facts. The raw payload stops at the adapter's parser.

`key` is the platform's delivery id (Slack `event_id` or `trigger_id`, Discord interaction id).
None means there is none (Discord reactions), and the handler must then be a pure set operation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict

from bot.messages import Action
from bot.people import Role
from bot.refs import AccountRef, ChannelRef, Emoji, MessageRef, ThreadRef
from bot.summaries import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What every human event carries.

    `channel` is the configured parent channel; `private` says that outsiders of it are shut out
    (private, shared with another company, hidden from @everyone). The adapter fills `roles`.
    `name` is empty when the platform did not tell it in time: then the one that is known stays.
    `handle` is the platform's name for this interaction, by which its person can be answered
    privately for a while (Discord 15 min, Slack 30 min and 5 times); opaque, and never logged.
    """

    key: str | None
    at: datetime
    account: AccountRef
    name: str
    channel: ChannelRef
    private: bool = False
    roles: frozenset[Role] = frozenset()
    handle: str | None = field(default=None, repr=False)


class Envelope(TypedDict):
    """The same, as keyword arguments."""

    key: str | None
    at: datetime
    account: AccountRef
    name: str
    channel: ChannelRef
    private: bool
    roles: frozenset[Role]
    handle: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandUsed(Received):
    """A slash command; `command` has no slash, `text` is what followed. `linked` is the first
    message that a permalink in the text names, whoever may see it."""

    command: str
    text: str = ""
    linked: MessageRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Received):
    """A button; `message` is what it hung on, None on a private notice."""

    action: Action
    message: MessageRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSubmitted(Received):
    """A form; `values` by field name, as typed."""

    action: Action
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """A member's message as the platform shows it, without a mention of the bot that it begins
    with; `thread.channel` is the configured parent. `invited`: in a thread for invited people."""

    ref: MessageRef
    thread: ThreadRef
    author: AccountRef
    author_name: str
    text: str
    permalink: str
    posted_at: datetime
    private: bool
    invited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortcutUsed(Received):
    """A message's menu; both platforms send the message along."""

    shortcut: str
    message: ReadMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionChanged(Received):
    """A reaction given or taken back. Carries no text, as on both platforms. `opening`: on the
    message that a forum's post begins with."""

    emoji: Emoji
    message: MessageRef
    added: bool
    opening: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted(Received):
    """A message. `to_bot`: a direct message, a mention, or a reply to a post of ours; `text` is
    without a mention of the bot that it begins with. `title` is that of the forum post which it
    opens, where the platform has forums; `invited` as in `ReadMessage`. `below`: where replies open
    no thread, what the post of ours that it replies to was itself a reply to."""

    message: MessageRef
    thread: ThreadRef | None
    text: str
    to_bot: bool = False
    permalink: str = ""
    title: str = ""
    below: ThreadRef | None = None
    invited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(Received):
    """Its author changed a message to `text`, which is without a mention of the bot that it begins
    with. `at` is the platform's time of the edit: of two edits the later holds."""

    message: MessageRef
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened(Received):
    """Somebody looks at the bot's own page, where the platform has one (Slack's App Home)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted:
    """A message is gone. Nobody did it: neither platform says who."""

    key: str | None
    at: datetime
    message: MessageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionsRead:
    """Who has an emoji on a message of ours now, by name: looked up after a gap in what a platform
    told us. `opening` is as in `ReactionChanged`."""

    key: str | None
    at: datetime
    channel: ChannelRef
    message: MessageRef
    emoji: Emoji
    people: Mapping[AccountRef, str]
    opening: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAsked:
    """What a message of ours should show now: asked where the answer to a press may be the message
    itself."""

    key: str | None
    at: datetime
    message: MessageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesAsked:
    """Which messages of a connection do ideas still follow? Asked after a gap in what a platform
    told us, to read them again."""

    key: str | None
    at: datetime
    connection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesAsked(Received):
    """Somebody types in a field that completes ideas; `action` is the form's."""

    action: Action
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDone:
    """A job's result comes back in. `key` is the job's own; `message` for the kind `read`.

    For `summarize`: `account` asked, and may be answered by `handle`; without a `thread` there is
    none that they can see, without a `summary` it says too little. For `title`: the one the model
    found for an idea, if any. `gave_up`: it was tried as often as it is, and `account` still waits.
    """

    key: str
    at: datetime
    kind: str
    subject: int
    message: ReadMessage | None = None
    account: AccountRef | None = None
    handle: str | None = field(default=None, repr=False)
    thread: ThreadRef | None = None
    permalink: str = ""
    summary: Summary | None = None
    title: str = ""
    gave_up: bool = False


HumanEvent = (
    CommandUsed
    | ButtonPressed
    | FormSubmitted
    | ShortcutUsed
    | ReactionChanged
    | MessagePosted
    | MessageEdited
    | HomeOpened
    | ChoicesAsked
)
Event = HumanEvent | MessageDeleted | ReactionsRead | CardAsked | SourcesAsked | JobDone
