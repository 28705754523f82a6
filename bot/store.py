"""What the bot keeps: every call on the database that a use case really makes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from bot.digests import Digest, Listed, Numbers
from bot.ideas import (
    Decision,
    Idea,
    IdeaStatus,
    NewIdea,
    Question,
    Wording,
)
from bot.people import Account, Viewer
from bot.periods import Period
from bot.postings import Posting, PostingKind
from bot.prompts import Shown
from bot.reading.similar import Match
from bot.refs import AccountRef, ChannelRef, IdeaNumber, MessageRef, ThreadRef
from bot.results import Outgoing, Subject
from bot.summaries import Heard, StoredSummary, Summary, Thread

VoteSource = Literal["button", "reaction"]
Mark = Literal["capture", "escalate"]
Shelf = Literal["top", "new", "mine", "following", "waiting"]
Share = Literal["posted", "sent"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody submitted and has not been acted on yet; `kind` names the form."""

    id: int
    account: Account
    kind: str
    values: dict[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class TypedCode:
    """The row of a code that proves an account, and the account that was shown it."""

    id: int
    owner: Account


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change: a verb and ids, never people's words."""

    at: datetime
    verb: str
    member: int | None
    name: str
    detail: str


class Store(Protocol):
    """One transaction's view of the database. Every call is one statement unless it says more.

    Numbers and rows that do not exist give None or False, never an error.
    """

    # ── events ──
    async def claim(self, key: str, at: datetime) -> bool:
        """Take an event's key; False when it was taken before."""
        ...

    # ── people ──
    # A member's row stands for the whole person in every question; what is written is the member's.
    async def account(self, ref: AccountRef, name: str, connection: str, at: datetime) -> Account:
        """The account, made with a member of its own at first sight (3 statements); a new name is
        kept (2)."""
        ...

    async def find_account(self, ref: AccountRef) -> Account | None:
        """The account if it was ever seen; writes nothing."""
        ...

    async def reach(self, member: int, connection: str) -> Account | None:
        """The account to write to: on `connection` if there is one, else the oldest."""
        ...

    async def block_author(self, number: int, blocked: bool, at: datetime) -> bool:
        """Block the suggestions of an idea's author, or lift it; False when it was so already
        (2 statements)."""
        ...

    async def set_muted(self, member: int, muted: bool, at: datetime) -> bool:
        """Stop direct messages to a member, or allow them; False when it was so already."""
        ...

    async def is_muted(self, ref: AccountRef) -> bool:
        """Whether the member behind an account wants no direct messages."""
        ...

    async def set_opted_out(self, member: int, out: bool, at: datetime) -> bool:
        """Give no model a member's words, or allow it; False when it was so already."""
        ...

    async def opted_out(self, refs: Collection[AccountRef]) -> set[AccountRef]:
        """Those of these accounts whose words no model is given."""
        ...

    async def standing(self, member: int, since: datetime) -> tuple[bool, int]:
        """Whether the member is blocked, and how many ideas they suggested since then."""
        ...

    # ── one person, several accounts ──
    async def codes_shown(self, account: int, since: datetime) -> int:
        """How many codes an account was shown since then (2 statements)."""
        ...

    async def add_code(self, account: int, hashed: str, at: datetime) -> None:
        """Keep a code in place of the account's earlier one (2 statements)."""
        ...

    async def typed_code(self, hashed: str, by: int, since: datetime) -> TypedCode | None:
        """A code that was shown since then and no other account than `by` has typed."""
        ...

    async def bind_code(self, code: int, by: int) -> bool:
        """Keep a code for the account that typed it; False when another was faster."""
        ...

    async def use_code(self, code: int, by: int, since: datetime) -> Account | None:
        """Whose code it was, once, for the account that typed it (2 statements)."""
        ...

    async def drop_code(self, code: int, by: int) -> bool:
        """A code works no more; False when it was not typed by that account, or is used."""
        ...

    async def wrong_codes(self, account: int, since: datetime) -> int:
        """How many wrong codes an account typed since then (2 statements)."""
        ...

    async def add_wrong_code(self, account: int, at: datetime) -> None:
        """Note that an account typed a wrong code."""
        ...

    async def hold_links(self) -> None:
        """Nobody else links or unlinks anybody during this transaction (at most a statement)."""
        ...

    async def accounts_of(self, member: int) -> list[Account]:
        """All accounts of the person a member is, oldest first."""
        ...

    async def link(self, one: int, other: int) -> list[IdeaNumber]:
        """Two members' persons are one; the ideas that both stand behind, locked. If one opted out,
        what a model made of the other's words is forgotten (4 statements)."""
        ...

    async def unlink(self, member: int) -> list[IdeaNumber]:
        """A member is a person alone again, and the others stay one; the ideas that both stand
        behind, locked (3 statements)."""
        ...

    # ── ideas ──
    async def add_idea(self, new: NewIdea, at: datetime) -> Idea:
        """Store an idea as `new`, with its search text (2 statements)."""
        ...

    async def idea(self, number: int, *, lock: bool = False) -> Idea | None:
        """An idea; `lock` holds it for this transaction (lowest number first, please)."""
        ...

    async def idea_at(self, message: MessageRef, *, lock: bool = False) -> Idea | None:
        """The idea captured from this message or shown by it; `lock` as for `idea`."""
        ...

    async def recent_origins(
        self, connection: str, since: datetime, limit: int
    ) -> list[MessageRef]:
        """The messages that a connection's ideas came from, of ideas made `since` that are neither
        decided nor merged, latest first; without those known to be gone."""
        ...

    async def knows_message(self, message: MessageRef) -> bool:
        """Whether anything was made of a message, shows, quotes or marks it."""
        ...

    async def shelf(self, viewer: Viewer, shelf: Shelf, limit: int, offset: int) -> list[Idea]:
        """Ideas the viewer may see, unmerged: most wanted, newest, their own, longest waiting; and
        those they follow, merged or not."""
        ...

    async def search(
        self, wording: Wording, viewer: Viewer, limit: int, least: float = 0.0
    ) -> list[Match]:
        """Ideas that the viewer may see, at least so much like `wording`, most alike first; a
        merged one stands for what it counts for (2 statements, seldom a few more)."""
        ...

    async def set_status(self, number: int, status: IdeaStatus, public: IdeaStatus) -> None:
        """Set what the team sees and what customers see."""
        ...

    async def set_wording(
        self, number: int, wording: Wording, worded_at: datetime | None = None
    ) -> None:
        """Replace an idea's words and its search text, and offer no title for the old ones
        (3 statements); `worded_at` is when its message said so, None when the words are somebody
        else's."""
        ...

    async def lose_origin(self, number: int, at: datetime) -> bool:
        """Note that the message an idea came from is gone; False when that was known."""
        ...

    async def has_merged(self, number: int) -> bool:
        """Whether other ideas are merged into this one."""
        ...

    async def keep_place(self, number: int, channel: ChannelRef, thread: ThreadRef | None) -> None:
        """Remember where the card of a held idea will stand."""
        ...

    async def place_of(self, number: int) -> tuple[ChannelRef, ThreadRef | None] | None:
        """Where the card of an idea that was held belongs."""
        ...

    async def set_merged(self, number: int, into: int | None, by: int, at: datetime) -> None:
        """Merge, or un-merge with None; the merge itself is kept as a row (2 statements)."""
        ...

    async def asked_by(self, number: int) -> int:
        """How many distinct members, authors and voters, stand behind an idea and all merged in."""
        ...

    # ── votes ──
    async def set_vote(
        self, number: int, account: int, source: VoteSource, active: bool, at: datetime
    ) -> bool:
        """Set one account's vote by one source; False when it was so or a later change is known."""
        ...

    async def clear_votes(self, number: int, member: int, at: datetime) -> bool:
        """Take back all of a member's votes on an idea and those merged into it."""
        ...

    async def supports(self, number: int, member: int) -> bool:
        """Whether the member's vote counts for the idea, or for one merged into it."""
        ...

    async def others_voted(self, number: int, member: int) -> bool:
        """Whether anybody but the member supports it."""
        ...

    async def reaction_voters(self, number: int) -> dict[AccountRef, int]:
        """The accounts whose reaction is there as far as we heard, with their rows: a vote for this
        idea, unless it was taken back otherwise."""
        ...

    async def retally(self, number: int) -> int:
        """Count again and store; the new tally."""
        ...

    # ── moderators' reactions and escalation ──
    async def set_mark(
        self, message: MessageRef, account: int, mark: Mark, active: bool, at: datetime
    ) -> int | None:
        """Set a moderator's mark; its row, or None when it was so or a later change is known."""
        ...

    async def mark_message(self, mark: int) -> MessageRef | None:
        """The message a mark row is on."""
        ...

    async def marks(self, message: MessageRef) -> list[tuple[Mark, int]]:
        """Active marks on a message, oldest first, each with its member's row."""
        ...

    async def mark_on(self, message: MessageRef) -> int | None:
        """The row of the oldest active mark on a message."""
        ...

    async def drop_marks(self, message: MessageRef, at: datetime) -> None:
        """Take every mark off a message that went then; one that is heard of later is ignored."""
        ...

    async def escalation_marks(self, number: int) -> int:
        """Active `escalate` marks on the idea's origin and its postings."""
        ...

    async def escalate(self, number: int, inbox: ChannelRef, by: int | None, at: datetime) -> bool:
        """Enter an inbox (`by` None: the votes did it); False when it already is in one.

        2 statements."""
        ...

    async def end_escalation(self, number: int, at: datetime) -> bool:
        """End an escalation that a moderator began; False when there is none such.

        2 statements."""
        ...

    async def inbox_of(self, number: int) -> ChannelRef | None:
        """The product inbox an idea was escalated to, ended or not."""
        ...

    # ── decisions, answers, questions, follows ──
    async def add_decision(
        self,
        idea: Idea,
        status: IdeaStatus,
        reason: str,
        by: int | None,
        correction: bool,
        at: datetime,
    ) -> int:
        """Store a decision and return its row; the idea itself is not touched."""
        ...

    async def decision(self, decision: int) -> Decision | None:
        """A decision by its row."""
        ...

    async def last_decision(self, number: int, status: IdeaStatus | None = None) -> Decision | None:
        """The latest decision on an idea that was not undone; the one that gave it `status`."""
        ...

    async def last_decisions(self, statuses: Mapping[int, IdeaStatus]) -> dict[int, Decision]:
        """The latest that gave each idea its status and was not undone, by the idea's number."""
        ...

    async def team_acted(self, number: int) -> bool:
        """Whether the product team has decided, answered or asked anything about an idea; that
        moderators let it in, or hold it, is no act of theirs."""
        ...

    async def was_told(self, number: int) -> bool:
        """Whether people were told of any decision on the idea."""
        ...

    async def undo_decision(self, decision: int, at: datetime) -> bool:
        """Mark a decision undone; False when it was already."""
        ...

    async def tell(self, decision: int, at: datetime) -> list[Account]:
        """Record and return who is to hear of it now: authors and followers of the idea and all
        merged into it, less the decider, the muted and those told before (3 statements). What
        moderators do with a held idea is for no followers."""
        ...

    async def set_follow(self, number: int, member: int, active: bool, at: datetime) -> bool:
        """Follow or stop; False when it was so already."""
        ...

    async def add_question(self, number: int, text: str, by: int, at: datetime) -> int:
        """Store a question to an idea's author and return its row."""
        ...

    async def question(self, question: int) -> Question | None:
        """A question by its row."""
        ...

    async def open_questions(self, member: int) -> list[Question]:
        """Unanswered questions to a member, latest first."""
        ...

    async def set_answer(self, question: int, text: str, at: datetime) -> bool:
        """Answer a question; False when it has an answer."""
        ...

    # ── drafts ──
    async def save_draft(
        self, account: Account, kind: str, values: dict[str, str], at: datetime
    ) -> int:
        """Keep what was submitted and return its row."""
        ...

    async def draft(self, draft: int) -> Draft | None:
        """A draft by its row."""
        ...

    async def drop_draft(self, draft: int) -> bool:
        """Forget a draft; False when somebody else acted on it first."""
        ...

    # ── threads and their summaries ──
    async def hear(self, heard: Sequence[Heard]) -> None:
        """Add to what is known of threads: what makes one long."""
        ...

    async def thread(self, thread: int) -> Thread | None:
        """A thread by its row."""
        ...

    async def thread_at(self, ref: ThreadRef) -> Thread | None:
        """A thread, if we have heard of it."""
        ...

    async def offer_threads(
        self,
        connections: tuple[str, ...],
        least: int,
        quiet: tuple[datetime, datetime],
        at: datetime,
    ) -> list[Thread]:
        """Mark as offered, and return, the threads of these connections with `least` messages or
        more whose last one came between the two times. Each is returned once in its life."""
        ...

    async def keep_summary(
        self, summary: Summary, authors: Mapping[AccountRef, int], permalink: str, at: datetime
    ) -> int:
        """The thread's one live summary of that length becomes this; its row. `authors` are the
        rows of the accounts that are quoted or cited (5 statements, 2 more for a model's)."""
        ...

    async def summary(self, summary: int) -> StoredSummary | None:
        """A summary by its row, with what is left of it (2 statements, one more for a model's)."""
        ...

    async def share_summary(self, summary: int, how: Share, at: datetime) -> bool:
        """Note that it is posted in its thread or sent to the team; False when it, or one of
        another length, was before."""
        ...

    async def drop_quotes(self, message: MessageRef) -> list[int]:
        """Forget what was quoted of a message, or said of it; the summaries that changed
        (4 statements)."""
        ...

    async def drop_changed_quotes(self, message: MessageRef, text: str, at: datetime) -> list[int]:
        """Forget what was quoted of a message before `at` and is not in its new `text`, and all
        that was said of it; the summaries that changed (5 statements)."""
        ...

    async def forget_quotes(self, member: int) -> list[int]:
        """Forget what a member was quoted with, and what was said of it; the summaries that changed
        (3 statements)."""
        ...

    async def empty_summary(self, thread: ThreadRef) -> list[int]:
        """Forget all that was quoted and said of a thread, which says too little by now; its
        summaries that changed (3 statements)."""
        ...

    # ── the model ──
    async def reserve_tokens(self, day: date, tokens: int, limit: int) -> bool:
        """Set so many tokens of a day aside; False when fewer than that are left."""
        ...

    async def settle_tokens(self, day: date, difference: int) -> None:
        """Correct what was set aside by what was really used."""
        ...

    async def kept_answer(self, key: str) -> str | None:
        """What the model answered to that question, if it is kept."""
        ...

    async def keep_answer(
        self, key: str, text: str, messages: Collection[Shown], at: datetime
    ) -> None:
        """Keep an answer for as long as all these messages are there; an earlier one stays
        (2 statements)."""
        ...

    async def drop_answer(self, key: str) -> None:
        """Forget one that is of no use."""
        ...

    async def drop_answers_about(self, messages: Collection[MessageRef]) -> None:
        """Forget all for which the model was shown one of these."""
        ...

    async def offer_title(self, number: int, text: str, at: datetime) -> None:
        """Keep a title that is offered for an idea, in place of an earlier one."""
        ...

    async def offered_title(self, number: int) -> str:
        """The title that is offered for an idea, or nothing."""
        ...

    # ── digests ──
    async def unanswered(
        self, viewer: Viewer, period: Period, since: datetime, limits: tuple[int, int]
    ) -> tuple[Listed, Listed]:
        """Ideas that wait for an answer: those with votes, most wanted first, and those from before
        `since`, oldest first (3 statements)."""
        ...

    async def rising(self, viewer: Viewer, period: Period, limit: int) -> Listed:
        """Open ideas by the members they won in the period, by way of merged ones included."""
        ...

    async def arrived(self, viewer: Viewer, period: Period, limit: int) -> Listed:
        """Ideas of the period, most wanted first."""
        ...

    async def settled(self, numbers: Collection[int]) -> set[int]:
        """Those of some ideas that have an answer, or were asked about."""
        ...

    async def decided(self, viewer: Viewer, period: Period, limit: int) -> Listed:
        """Ideas that were decided in the period and stand so, shipped ones first."""
        ...

    async def merged(self, viewer: Viewer, period: Period, limit: int) -> Listed:
        """Ideas that were merged in the period and still are, where the viewer sees both."""
        ...

    async def long_threads(self, period: Period, least: int, limit: int) -> list[Thread]:
        """Threads of at least so many messages that went on in the period, longest first; whoever
        may see them."""
        ...

    async def numbers(
        self, viewer: Viewer, both: tuple[Period, Period], weeks: Sequence[datetime]
    ) -> Numbers:
        """The figures of a period and the one before, and counts by week (5 statements)."""
        ...

    async def add_digest(self, digest: Digest, destination: ChannelRef, at: datetime) -> int | None:
        """Store a digest; its row, or None when that period was prepared before (2 statements)."""
        ...

    async def digest(self, digest: int) -> Digest | None:
        """A digest by its row (2 statements)."""
        ...

    async def digests_naming(self, member: int | None, changed: Collection[int]) -> list[int]:
        """The digests that look different now, without a member's words or with changed summaries;
        before the member is erased."""
        ...

    async def digest_periods(self, destination: ChannelRef) -> list[Period]:
        """The periods that were prepared for a destination, in that order."""
        ...

    async def past_digests(self, limit: int) -> list[tuple[int, ChannelRef, Period]]:
        """The latest digests with something to say: row, destination and period."""
        ...

    async def ideas(self, numbers: Collection[int]) -> dict[int, Idea]:
        """Several ideas by their numbers."""
        ...

    async def threads_of(self, rows: Collection[int]) -> dict[int, tuple[Thread, str]]:
        """Threads by their rows, with what is left of their opening in our summary, if any."""
        ...

    # ── erasure and access ──
    async def held_data(self, member: int) -> dict[str, Any]:
        """All that is held about a member, ready for JSON."""
        ...

    async def erase(self, member: int, words: bool, at: datetime) -> list[IdeaNumber]:
        """Erase a member (with the words of their ideas, or not); the ideas that look different
        now, already counted again. Their direct messages leave the queue too. Many statements."""
        ...

    # ── queue and audit ──
    async def enqueue(self, outgoing: tuple[Outgoing, ...], at: datetime) -> None:
        """Queue what others will see (one statement, one more for each `Edit`). A pending edit of
        the same posting is kept, not stacked; it is due at most 6 times a minute."""
        ...

    async def audit(
        self, verb: str, number: int | None, member: int | None, at: datetime, detail: str = ""
    ) -> None:
        """Write down a change: verbs and ids only."""
        ...

    async def story(self, number: int) -> list[AuditEntry]:
        """Everything that happened to an idea, votes included, oldest first."""
        ...

    # ── postings ──
    async def posted(self, channel: ChannelRef, subject: Subject) -> MessageRef | None:
        """Our latest post of a subject in a channel, for as long as its queue row is kept."""
        ...

    async def is_to_be_posted(self, subject: Subject) -> bool:
        """Whether a post of a subject is queued, and not sent yet."""
        ...

    async def posting_at(self, message: MessageRef) -> Posting | None:
        """What a message of ours shows."""
        ...

    async def forget_posting(self, message: MessageRef, at: datetime) -> bool:
        """A posting is gone: it is edited no more (2 statements). False when it is none of ours."""
        ...

    async def posting(self, number: int, kind: PostingKind) -> Posting | None:
        """The latest posting of that kind."""
        ...
