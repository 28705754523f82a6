"""Ideas, what may happen to them, and who may see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.people import Role, Viewer
from bot.refs import IdeaNumber, MessageRef, ThreadRef

TITLE_LIMIT = 120
TEXT_LIMIT = 2_000


class Audience(StrEnum):
    """Who may see an idea at most: fixed by the channel it came from."""

    EVERYONE = "everyone"
    CONNECTION = "connection"
    INBOX = "inbox"


class IdeaStatus(StrEnum):
    """Where an idea stands. Merged is `merged_into`, not a status."""

    HELD = "held"
    NEW = "new"
    UNDER_REVIEW = "under_review"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    SHIPPED = "shipped"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


_MOVES: dict[IdeaStatus, tuple[IdeaStatus, ...]] = {
    IdeaStatus.HELD: (),
    IdeaStatus.NEW: (IdeaStatus.UNDER_REVIEW, IdeaStatus.PLANNED, IdeaStatus.DECLINED),
    IdeaStatus.UNDER_REVIEW: (IdeaStatus.PLANNED, IdeaStatus.DECLINED),
    IdeaStatus.PLANNED: (IdeaStatus.IN_PROGRESS, IdeaStatus.SHIPPED, IdeaStatus.DECLINED),
    IdeaStatus.IN_PROGRESS: (IdeaStatus.SHIPPED, IdeaStatus.PLANNED, IdeaStatus.DECLINED),
    IdeaStatus.SHIPPED: (IdeaStatus.IN_PROGRESS,),
    IdeaStatus.DECLINED: (IdeaStatus.UNDER_REVIEW, IdeaStatus.PLANNED),
    IdeaStatus.WITHDRAWN: (),
}
_OPEN = frozenset(
    {IdeaStatus.NEW, IdeaStatus.UNDER_REVIEW, IdeaStatus.PLANNED, IdeaStatus.IN_PROGRESS}
)
UNDECIDED = frozenset({IdeaStatus.HELD, IdeaStatus.NEW, IdeaStatus.UNDER_REVIEW})
TOLD = frozenset(
    {IdeaStatus.PLANNED, IdeaStatus.SHIPPED, IdeaStatus.DECLINED, IdeaStatus.WITHDRAWN}
)
"""Statuses people are told about; the others only change the cards."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An idea as told; `job` is what the customer tries to get done, `obstacle` what hinders."""

    title: str
    body: str = ""
    job: str = ""
    obstacle: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The message an idea was captured from, the thread it stands in, and since when it is gone."""

    message: MessageRef
    thread: ThreadRef
    permalink: str
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewIdea:
    """An idea about to be stored. `author` is a member's row; `verbatim` says that its title and
    body are its message's own words, `held` that a moderator looks at it first."""

    wording: Wording
    author: int
    connection: str
    audience: Audience
    origin: Origin | None = None
    captured_by: int | None = None
    verbatim: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True)
class Idea:
    """A stored idea.

    `author` and `captured_by` are persons; the author is None after erasure or import. `votes`
    counts the distinct persons who support it or any idea merged into it. `public_status` is what
    customers see: it follows `status` once a decision has left (60 s after it was taken).
    `escalated` says it is in a product inbox. `worded_at` is when its message said what the idea
    says; None: somebody else put it so.
    """

    number: IdeaNumber
    wording: Wording
    status: IdeaStatus
    public_status: IdeaStatus
    author: int | None
    author_name: str
    connection: str
    audience: Audience
    origin: Origin | None
    captured_by: int | None
    merged_into: IdeaNumber | None
    votes: int
    escalated: bool
    created_at: datetime
    worded_at: datetime | None = None

    @property
    def address(self) -> str:
        """Where it can be read as it was said; empty when there is no such place, or no longer."""
        return self.origin.permalink if self.origin and not self.origin.deleted_at else ""

    @property
    def accepts_votes(self) -> bool:
        """Whether support for it still matters."""
        return self.status in _OPEN

    @property
    def waits(self) -> bool:
        """Whether it is for a moderator to let in: held, and not counted for another one."""
        return self.status is IdeaStatus.HELD and self.merged_into is None

    @property
    def moves(self) -> tuple[IdeaStatus, ...]:
        """The statuses the product team may give it now."""
        return () if self.merged_into else _MOVES[self.status]

    def fell_with_its_message(self, decision: "Decision") -> bool:
        """Whether a decision is nobody's, but came with the deletion of its message."""
        deleted_at = self.origin.deleted_at if self.origin else None
        withdrew = decision.by is None and decision.status is IdeaStatus.WITHDRAWN
        return withdrew and decision.at == deleted_at

    def status_for(self, viewer: Viewer) -> IdeaStatus:
        """The status as this viewer may know it."""
        return self.status if viewer.has(Role.PRODUCT) else self.public_status

    def visible_to(self, viewer: Viewer) -> bool:
        """Whether this viewer may know that the idea exists (`storage` says the same in SQL)."""
        if self.author is not None and self.author == viewer.person:
            return True
        if viewer.has(Role.PRODUCT) and self.status is not IdeaStatus.HELD:
            return True
        here = self.connection == viewer.connection
        if self.status in (IdeaStatus.HELD, IdeaStatus.WITHDRAWN):
            return here and viewer.has(Role.MODERATOR) and self.audience is not Audience.INBOX
        return self.reaches(viewer)

    def reaches(self, viewer: Viewer) -> bool:
        """Whether its audience takes in this viewer, whoever they are and wherever it stands."""
        here = self.connection == viewer.connection
        if self.audience is Audience.EVERYONE:
            return here or viewer.shows_all
        return here and self.audience is Audience.CONNECTION


@dataclass(frozen=True, slots=True)
class Decision:
    """A status change, or an answer when `status` equals `previous`. `by` is a person."""

    id: int
    idea: IdeaNumber
    previous: IdeaStatus
    status: IdeaStatus
    reason: str
    by: int | None
    by_name: str
    at: datetime
    undone: bool
    correction: bool

    @property
    def is_answer(self) -> bool:
        """A reply without a change of status."""
        return self.status is self.previous

    @property
    def is_told(self) -> bool:
        """Whether people hear of it, or only the cards change."""
        return self.is_answer or self.status in TOLD or self.correction or self.lets_in

    @property
    def lets_in(self) -> bool:
        """A moderator looked at an idea that was held, and put it on the board."""
        return self.previous is IdeaStatus.HELD and self.status is IdeaStatus.NEW

    @property
    def refuses(self) -> bool:
        """A moderator kept a held idea off the board. They say why; an author who takes theirs back
        does not, and whose account that was may change."""
        withdrew = self.previous is IdeaStatus.HELD and self.status is IdeaStatus.WITHDRAWN
        return withdrew and bool(self.reason)


@dataclass(frozen=True, slots=True)
class Question:
    """What the product team, by a person of it, asks the author of an idea, and the answer once
    there is one."""

    id: int
    idea: IdeaNumber
    text: str
    asked_by: int | None
    asked_by_name: str
    answer: str
