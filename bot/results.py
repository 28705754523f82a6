"""What a handler gives back: an answer for now, and what is queued for others.

An answer is immediate and not stored, at most one. Outgoing things are durable and name rows,
never text: `views` makes the message at sending time, from the state then.
"""

from dataclasses import dataclass, field

from bot.messages import Action, Form, Message
from bot.postings import OF_IDEAS, PostingKind
from bot.refs import AccountRef, ChannelRef, Emoji, MessageRef, ThreadRef
from bot.summaries import Length


@dataclass(frozen=True, slots=True)
class Whisper:
    """Only the person sees it, and it may go unseen: never the only carrier of what must arrive.

    `redraws`: the message whose button was pressed is to show something else now. The queue sees to
    it; where the answer may be that message itself (`CardAsked`), it is, and this comes beside it.
    """

    message: Message
    redraws: bool = False


@dataclass(frozen=True, slots=True)
class Invalid:
    """Errors by field name. `retry` opens the form again with all that was typed."""

    errors: tuple[tuple[str, str], ...]
    retry: Action


@dataclass(frozen=True, slots=True)
class Update:
    """The message whose button was pressed becomes this."""

    message: Message


@dataclass(frozen=True, slots=True)
class Choices:
    """Completions as (value, label) pairs, at most 25."""

    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The bot's own page, as this person sees it."""

    message: Message


@dataclass(frozen=True, slots=True)
class Sources:
    """Messages that ideas follow, for an adapter that asked (`SourcesAsked`); no person sees it."""

    messages: tuple[MessageRef, ...]


Answer = Whisper | Form | Invalid | Update | Choices | Page | Sources


@dataclass(frozen=True, slots=True)
class Subject:
    """The row a message is made from at sending time: `idea_card` 12, `decision` 31."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Post:
    """A message to a channel, or in a `thread` of it; `mention` is the one account it pings.

    It hangs below an earlier post of ours in that channel if that is `under`'s.
    """

    channel: ChannelRef
    subject: Subject
    thread: ThreadRef | None = None
    mention: AccountRef | None = None
    under: Subject | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Render again the postings of an idea (by its number) or a summary (by its row). With `named`,
    the cards of ideas merged into it too: they say its title, which is another now."""

    id: int
    kinds: tuple[PostingKind, ...] = OF_IDEAS
    named: bool = False


@dataclass(frozen=True, slots=True)
class Direct:
    """A direct message; `fallback` is where it goes when the person takes none."""

    account: AccountRef
    connection: str
    subject: Subject
    fallback: ThreadRef | None = None


@dataclass(frozen=True, slots=True)
class Followup:
    """A private answer to an interaction of before; a `Direct` once its `handle` has expired."""

    handle: str = field(repr=False)
    account: AccountRef
    connection: str
    subject: Subject


@dataclass(frozen=True, slots=True)
class React:
    """The bot's own reaction."""

    message: MessageRef
    channel: ChannelRef
    emoji: Emoji


@dataclass(frozen=True, slots=True)
class Job:
    """Work for later: `kind` names it, `delay` is in seconds.

    `message` is what `read` reads. `summarize` reads the `thread`, or the one that holds `message`,
    for `account`, who wants it in that `length` and may be answered by `handle`. `title` has the
    model look for a shorter title of an idea, the `subject`.
    """

    kind: str
    subject: int
    delay: float = 0.0
    message: MessageRef | None = None
    thread: ThreadRef | None = None
    account: AccountRef | None = None
    handle: str | None = field(default=None, repr=False)
    length: Length | None = None


Outgoing = Post | Edit | Direct | Followup | React | Job


@dataclass(frozen=True, slots=True)
class Result:
    """What a handler gives back."""

    answer: Answer | None = None
    outgoing: tuple[Outgoing, ...] = ()
